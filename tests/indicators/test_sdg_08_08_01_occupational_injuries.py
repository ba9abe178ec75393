"""8.8.1 on a few workers, the rate worked out by hand."""

from __future__ import annotations

import polars as pl

from tests import unprotected

INJURIES = ("8.8.1", "occupational_injuries")

MAPPING = """\
mapping: injuries
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none, weight_factor: 1}
variables:
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status: {from: LF, codes: {employed: 1, outside_labour_force: 3}}
  occupational_injury_12_months: {from: INJ, codes: {"yes": 1, "no": 2, not_applicable: blank}}
"""


def test_it_is_of_the_employed(sample, persons, estimate, status):
    # One of three workers; one did not say; who does not work is of no concern.
    has = sample("age", "labour_force_status", "occupational_injury_12_months")
    rows = persons("""
    age | labour_force_status  | occupational_injury_12_months
    30  | employed             | yes
    30  | employed             | no
    30  | employed             | no
    30  | employed             | ?
    30  | outside_labour_force | -
    """)
    assert estimate(INJURIES, has, rows) == (100 / 3, 3, 1, 0)
    assert status(has, *INJURIES) == ("proxy", ["persons_injured"])


def test_the_tables_have_it_per_100_000(tmp_path):
    # Two of forty workers: 5,000 per 100,000, with an interval of a proportion, in the same unit.
    (tmp_path / "m.yaml").write_text(MAPPING)
    rows = [f"30,{1 + number % 2},1,{1 if number in (3, 4) else 2}" for number in range(40)]
    (tmp_path / "p.csv").write_text("\n".join(["AGE,NAT,LF,INJ", *rows]) + "\n")
    table = unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out").estimates
    of_it = table.filter(pl.col("indicator") == "8.8.1")
    total = of_it.filter(pl.col("disaggregation") == "total").row(0, named=True)
    assert (total["estimate"], total["unit"], total["n"], total["n_numerator"]) == (5000.0, "per_100000", 40, 2)
    assert 0 < total["ci_lower"] < 5000 < total["ci_upper"] < 100_000
    assert set(of_it.filter(pl.col("statistic") == "difference")["unit"]) == {"per_100000"}
