"""By migratory status and what else a sample asks: education, occupation, disability, forced displacement."""

from __future__ import annotations

import pytest

from tests import unprotected

MAPPING = """\
mapping: made/traits
version: 1.0.0
title: Traits of persons
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: HH}
variables:
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  labour_force_status: {from: WORK, codes: {employed: 1, unemployed: 2}}
  educational_attainment: {from: EDUC, codes: {primary: 1, tertiary: 2}}
  occupation: {from: OCC, codes: {isco_2: 1, isco_9: 2, not_applicable: 0}}
  disability: {from: DIS, codes: {with_disability: 1, without_disability: 2}}
  forced_displacement: {from: FLED, codes: {refugee: 1, asylum_seeker: 2, idp: 3, none: 0}}
"""


@pytest.mark.parametrize("trait", ["educational_attainment", "occupation", "disability", "forced_displacement"])
def test_unemployment_of_migrants_by_another_trait_adds_up_to_that_of_all_migrants(tmp_path, trait):
    (tmp_path / "made.yaml").write_text(MAPPING)
    rows = [
        f"{i},30,{1 + i % 3 // 2},{1 + (i % 5 == 0)},{1 + i % 2},{0 if i % 5 == 0 else 1 + i % 2},"
        f"{1 + i % 7 // 6},{i % 4}"
        for i in range(840)
    ]
    (tmp_path / "made.csv").write_text("HH,AGE,NAT,WORK,EDUC,OCC,DIS,FLED\n" + "\n".join(rows) + "\n")
    table = unprotected.run(
        str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["8.5.2"],
        by=[f"migratory_status*{trait}"],
    ).estimates.filter(statistic="level", migratory_status="migrant")  # fmt: skip
    (everyone,) = table.filter(disaggregation="migratory_status").iter_rows(named=True)
    each = table.filter(disaggregation=f"migratory_status*{trait}")
    assert each.height >= 2
    assert each["n"].sum() == everyone["n"] == 280
    assert each["n_numerator"].sum() == everyone["n_numerator"] == 56
    assert len(set(each[trait])) == each.height
