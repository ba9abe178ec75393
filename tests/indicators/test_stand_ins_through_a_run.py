"""What stands in for a series, through a whole run: each sample of an extract has the best that it asked."""

from __future__ import annotations

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main

MAPPING = """
mapping: made
version: 1.0.0
title: A census of 2010 and one of 2020
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: {from: S}, country: {from: C}, year: {from: Y}, population_base: de_jure, kind: census}
design: {weight_kind: none}
keys: {household: H, person: P}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: N, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status: {from: L, codes: {employed: 1, outside_labour_force: 3}}
  status_in_employment: {from: SE, codes: {employee: 1, own_account: 2, not_applicable: blank}}
  registered_enterprise: {from: RE, codes: {"yes": 1, "no": 2, not_applicable: blank}}
  age_at_first_union: {from: U, number: {}, missing: {not_applicable: blank, unknown: 99}, event: first_marriage}
  internet_use: {from: IU, codes: {"yes": 1, "no": 2, not_applicable: blank}}
  internet: {from: IN, codes: {"yes": 1, "no": 2}}
"""
# In 2010 the census asked for access alone and nobody for the registration of the enterprise.
EXTRACT = """
S,C,Y,H,P,SEX,AGE,N,L,SE,RE,U,IU,IN
A_2010,MEX,2010,1,1,2,22,1,1,2,,17,,1
A_2010,MEX,2010,1,2,1,40,1,1,1,,,,1
A_2010,MEX,2010,2,1,2,23,2,3,,,,,2
A_2010,MEX,2010,2,2,2,24,2,3,,,99,,2
A_2020,MEX,2020,3,1,2,21,1,1,2,1,18,1,1
A_2020,MEX,2020,3,2,1,40,1,1,2,2,,1,1
A_2020,MEX,2020,4,1,2,20,2,3,,,,1,2
A_2020,MEX,2020,4,2,1,10,2,3,,,,2,2
"""


@pytest.fixture(scope="module")
def totals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stand_ins")
    (folder / "made.yaml").write_text(MAPPING.lstrip())
    (folder / "made.csv").write_text(EXTRACT.lstrip())
    files = [str(folder / "made.yaml"), str(folder / "made.csv")]
    result = CliRunner().invoke(main, ["run", *files, "-o", str(folder / "out"), "--protect", "none"])
    assert result.exit_code == 0, result.output
    rows = pl.read_csv(folder / "out" / "estimates.csv", infer_schema_length=None)
    return {
        (row["sample"], row["indicator"], row["series"]): (row["estimate"], row["n"], row["proxy_reason"])
        for row in rows.filter(pl.col("disaggregation") == "total").iter_rows(named=True)
    }


def test_internet_is_use_in_the_sample_that_asked_for_it_and_access_in_the_other(totals):
    # 2010: two of four live in a household with access. 2020: three of four used the internet.
    reasons = "institutions_not_separated;household_access"
    assert totals["A_2010", "17.8.1", "internet_use"] == (50.0, 4, reasons)
    assert totals["A_2020", "17.8.1", "internet_use"] == (75.0, 4, None)


def test_informal_employment_is_by_registration_in_the_sample_that_asked_for_it_and_by_status_in_the_other(totals):
    # 2010: the own-account worker and not the employee, one of two. 2020: of two own-account workers the
    # one whose enterprise is not registered.
    about_employees = "no_social_security;no_paid_leave"
    by_status = f"no_registration;no_occupation;{about_employees}"
    assert totals["A_2010", "8.3.1", "informal_employment"] == (50.0, 2, by_status)
    assert totals["A_2020", "8.3.1", "informal_employment"] == (50.0, 2, about_employees)


def test_a_blank_age_at_first_union_is_of_a_woman_never_in_one(totals):
    # 2010: union at 17, never, and unknown: one of two is before 18. 2020: at 18, and never: none of two.
    assert totals["A_2010", "5.3.1", "union_before_18"] == (50.0, 2, "first_marriage")
    assert totals["A_2020", "5.3.1", "union_before_18"] == (0.0, 2, "first_marriage")
