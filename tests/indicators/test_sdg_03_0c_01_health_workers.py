"""3.c.1 on a few persons, the densities worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from tests import unprotected

DOCTORS, NURSES = ("3.c.1", "doctors"), ("3.c.1", "nurses_and_midwives")
DENTISTS, PHARMACISTS = ("3.c.1", "dentists"), ("3.c.1", "pharmacists")
CODES = frozenset(
    {"2211", "2212", "2221", "2222", "2240", "2250", "2261", "2262", "3221", "3222", "3258", "5321", "9999"}
)
PEOPLE = """
weight | age | labour_force_status  | occupation_detail
1      | 50  | employed             | 2211
1      | 50  | employed             | 2212
2      | 30  | employed             | 2221
1      | 30  | employed             | 3222
1      | 30  | employed             | 2261
1      | 30  | employed             | 2262
1      | 30  | employed             | 2240
1      | 30  | employed             | 2250
1      | 30  | employed             | 5321
1      | 30  | unemployed           | 2211
1      | 60  | outside_labour_force | 2211
3      | 8   | -                    | -
1      | 30  | employed             | ?
1      | 30  | employed             | -
1      | 30  | ?                    | 9999
1      | ?   | employed             | 9999
"""

MAPPING = """\
mapping: occupations
version: 1.0.0
title: A made census
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none, weight_factor: 1}
variables:
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status:
    from: LF
    universe: {min_age: 15}
    codes: {employed: 1, outside_labour_force: 3, not_applicable: blank}
  occupation_detail:
    from: OCC
    codes: {"2211": 2211, "2221": 2221, other: [1111..2166, 2310..9629], not_applicable: blank}
    classification: isco_08
"""


def asked(sample, **more):
    facts = {"reaches": CODES | {"unknown", "not_applicable"}, "options": {"classification": "isco_08"}, **more}
    return sample("age", "labour_force_status", occupation_detail=facts)


@pytest.mark.parametrize(
    ("series", "counted"),
    [(DOCTORS, 2), (NURSES, 3), (DENTISTS, 1), (PHARMACISTS, 1)],
)
def test_it_is_of_the_whole_population_children_too(sample, persons, estimate, series, counted):
    # Of nineteen persons three are not told: an occupation unknown, one that was not asked, and whether one works. Who
    # was a doctor and does not work now is none; veterinarians (2250) and paramedics (2240) are not counted.
    assert estimate(series, asked(sample), persons(PEOPLE)) == (100 * counted / 16, 13, 3, 0)


def test_a_minor_group_is_enough_for_doctors_and_for_nurses(sample, persons, estimate):
    has = asked(sample, reaches=frozenset({"221", "222", "322", "999"}))
    rows = persons("""
    age | labour_force_status | occupation_detail
    30  | employed            | 221
    30  | employed            | 222
    30  | employed            | 322
    30  | employed            | 999
    """)
    assert estimate(DOCTORS, has, rows) == (25.0, 4, 0, 0)
    assert estimate(NURSES, has, rows) == (50.0, 4, 0, 0)


def test_a_code_that_holds_dentists_pharmacists_and_others_measures_neither(sample, status):
    has = asked(sample, reaches=frozenset({"2211", "226", "999"}))
    assert status(has, *DENTISTS) == ("unavailable", ["undecidable_categories"])
    assert status(has, *PHARMACISTS) == ("unavailable", ["undecidable_categories"])
    assert status(has, *DOCTORS) == ("exact", [])


def test_codes_of_a_classification_that_is_not_stated_are_not_read(sample, status):
    assert status(asked(sample, options={}), *DOCTORS) == ("unavailable", ["option_not_stated"])


def test_ages_that_were_not_asked_about_work_stay_in_the_population(sample, status):
    has = sample(
        "age",
        labour_force_status={"min_age": 15},
        occupation_detail={"reaches": CODES, "options": {"classification": "isco_08"}, "min_age": 15},
    )
    assert status(has, *DOCTORS) == ("exact", [])


def test_the_tables_have_it_per_10_000_and_tell_the_share_of_migrants(tmp_path):
    # Of 60 natives 3 are doctors, of 40 migrants 4; 20 are children. Migrants are 4 of 7 doctors.
    (tmp_path / "m.yaml").write_text(MAPPING)
    rows = [f"{8 if n % 5 == 0 else 40},{1 if n < 60 else 2},{_work(n)}" for n in range(100)]
    (tmp_path / "p.csv").write_text("\n".join(["AGE,NAT,LF,OCC", *rows]) + "\n")
    table = unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out").estimates
    doctors = table.filter(pl.col("series") == "doctors", pl.col("statistic") == "level")
    total = doctors.filter(pl.col("disaggregation") == "total").row(0, named=True)
    assert total["estimate"] == pytest.approx(700)
    assert (total["unit"], total["n"], total["n_numerator"]) == ("per_10000", 100, 7)
    assert (total["measurement"], total["proxy_reason"]) == ("exact", "")
    assert 0 < total["ci_lower"] < 700 < total["ci_upper"] < 10_000
    by_status = doctors.filter(pl.col("disaggregation") == "migratory_status")
    workers = {row["migratory_status"]: row["estimate"] * row["population"] / 10_000 for row in by_status.to_dicts()}
    assert workers["migrant"] == pytest.approx(4)
    assert workers["migrant"] / (workers["migrant"] + workers["non_migrant"]) == pytest.approx(4 / 7)


def _work(number: int) -> str:
    if number % 5 == 0:
        return ","
    return "1,2211" if number in (1, 2, 3, 61, 62, 63, 64) else "1,5321" if number % 2 else "3,"
