"""Options that add nothing to a run: it goes on, and says so."""

from __future__ import annotations

import pytest

from harmonize.errors import UsageError
from harmonize.options import Options
from harmonize.pipeline import check_formats
from tests import unprotected
from tests.functional.example import CENSUS

MAPPING = """\
mapping: made/small
version: 1.0.0
title: Sex and work
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  labour_force_status: {from: WORK, codes: {employed: 1, unemployed: 2, outside: 3}}
"""


@pytest.fixture
def notices(tmp_path):
    (tmp_path / "made.yaml").write_text(MAPPING.replace("outside: 3", "outside_labour_force: 3"))
    rows = [f"{h},{1 + h % 2},{20 + h % 40},{1 + h % 3}" for h in range(60)]
    (tmp_path / "made.csv").write_text("HH,SEX,AGE,WORK\n" + "\n".join(rows) + "\n")

    def run(**given):
        made = unprotected.run(
            str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["8.5.2"],
            options=Options(**given),
        )  # fmt: skip
        return [notice for notice in made.run["notices"] if notice.startswith("--")]

    return run


def test_without_options_nothing_is_said(notices):
    assert notices() == []


def test_a_line_of_an_indicator_that_was_not_asked_for(notices):
    assert notices(lines=(("1.1.1", 3.0),)) == ["--poverty-line 1.1.1=...: 1.1.1 is not among the indicators asked for"]


def test_own_parities_without_child_mortality(notices):
    assert notices(own_parities=True) == ["--own-parities is of 3.2.1 alone, which is not measured here"]


def test_definitions_of_a_migrant_that_nothing_tells(notices):
    (notice,) = notices(definitions=True)
    assert "citizenship needs citizenship_status" in notice
    assert "recent needs nativity, duration_of_stay" in notice


def test_rates_standardised_for_nobody(notices):
    (notice,) = notices(standardise=("age",))
    assert notice == "--standardise: this extract and mapping lack any migratory status"


def test_nothing_of_dwellings_is_told_as_households_may_have_a_file_of_their_own(tmp_path):
    with_tenure = (
        MAPPING.replace("outside: 3", "outside_labour_force: 3")
        + "  tenure: {from: TEN, codes: {owned: 1}, optional: true}\n"
    )
    (tmp_path / "made.yaml").write_text(with_tenure)
    (tmp_path / "made.csv").write_text("HH,SEX,AGE,WORK\n1,1,30,1\n2,2,40,2\n")
    (tmp_path / "homes.csv").write_text("HH,TEN\n1,1\n2,1\n")
    told = []
    for households in (None, tmp_path / "homes.csv"):
        made = unprotected.run(
            str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", households=households,
            indicators=["8.5.2"],
        )  # fmt: skip
        told.append([notice for notice in made.run["notices"] if "--households" in notice])
    assert told == [
        ["nothing of dwellings is in this extract; run and apply take a file of households: --households FILE"],
        [],
    ]


@pytest.mark.parametrize(
    ("name", "instead"),
    [("excel", "a workbook is xlsx"), ("pdf", "html, which"), ("dta", ".*apply -o FILE.dta"), ("x", "formats: csv,")],
)
def test_a_format_that_tables_do_not_have_is_told_what_to_ask_for(name, instead):
    with pytest.raises(UsageError, match=f"--format {name}: there is no such format\n  {instead}") as told:
        check_formats(["csv", name])
    assert told.value.exit_code == 2


def test_formats_that_are_asked_for_one_by_one_are_all_written(tmp_path, as_typed):
    typed = ("run", "ipums/international", CENSUS, "-o", tmp_path, "--indicator", "7.1.1", "-q")
    assert as_typed(*typed, "--format", "parquet", "--format", "csv, xlsx").exit_code == 0
    assert {each.suffix for each in tmp_path.glob("estimates.*")} == {".parquet", ".csv", ".xlsx"}
