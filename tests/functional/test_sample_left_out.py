"""A sample of a pooled extract of which nobody is counted: all others have their numbers, and a run says so of it."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.options import Options
from tests import unprotected

MAPPING = """\
mapping: made/pool
version: 1.0.0
title: Two samples, of the second of which all are visitors
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
include: {if: "HERE = 1", reason: residents}
sample: {id: {from: SAMPLE}, country: {from: COUNTRY}, year: {from: YEAR}}
keys: {household: HH}
design: {weight_kind: none}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  births_12_months: {from: BIRTHS, number: {}}
  children_ever_born: {from: CEB, number: {}}
  children_surviving: {from: CS, number: {}}
  household_income: {from: INC, number: {}}
"""


@pytest.fixture
def pool(tmp_path):
    """(mapping, extract): women of 15 to 49 with children, ten a household."""
    (tmp_path / "made.yaml").write_text(MAPPING)
    rows = [
        {
            "SAMPLE": sample, "COUNTRY": "MWI", "YEAR": year, "HH": i // 10, "HERE": here, "SEX": 2,
            "AGE": 15 + i % 35, "NAT": 1 + i % 4 // 3, "BIRTHS": int(i % 7 == 0), "CEB": 1 + i % 35 // 5,
            "CS": 1 + i % 35 // 5 - int(i % 9 == 0), "INC": 100 + i % 13,
        }
        for sample, year, here in (("one", 2008, 1), ("two", 2018, 2))
        for i in range(2_000)
    ]  # fmt: skip
    pl.DataFrame(rows).write_csv(tmp_path / "made.csv")
    return str(tmp_path / "made.yaml"), [tmp_path / "made.csv"]


def test_the_other_sample_has_its_numbers(pool, tmp_path):
    mapping, extract = pool
    run = unprotected.run(mapping, extract, tmp_path / "out", options=Options(standardise=("age",)))
    with_numbers = run.estimates.filter(pl.col("estimate").is_not_null())
    assert with_numbers["sample"].unique().to_list() == ["one"]
    assert {"3.2.1", "3.7.2"} <= set(with_numbers["indicator"].unique())


def test_so_it_has_where_tables_are_protected(pool, tmp_path):
    mapping, extract = pool
    run = pipeline.run(mapping, extract, tmp_path / "out")
    assert run.estimates.filter(pl.col("estimate").is_not_null())["sample"].unique().to_list() == ["one"]
