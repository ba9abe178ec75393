"""16.9.1 and 2.2.1 by the migratory status of the child's mother, beside the child's own."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from tests import unprotected

MAPPING = """\
mapping: made/children
version: 1.0.0
title: Children and their mothers
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: HH, person: P, mother: {from: MOM, none: 0}}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  country_of_birth: {from: BPL, codes: {domestic: 1, foreign_unspecified: 2}}
  country_of_birth_mother: {through: mother, variable: country_of_birth}
  birth_registered: {from: REG, codes: {"yes": 1, "no": 2, not_applicable: blank}}
  height_for_age_z: {from: HAZ, number: {}, missing: {not_applicable: blank}}
"""


@pytest.fixture
def table(tmp_path):
    """100 native-born children of mothers born abroad, 60 registered; 100 of native-born mothers, 90 registered;
    10 without their mother, none registered. Of the first 40 are stunted, of the second 20."""
    (tmp_path / "made.yaml").write_text(MAPPING)
    with (tmp_path / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["HH", "P", "MOM", "SEX", "AGE", "BPL", "REG", "HAZ"])
        for household in range(200):
            abroad, number = household < 100, household % 100
            writer.writerow([household, 1, 0, 2, 30, 2 if abroad else 1, "", ""])
            registered = number < (60 if abroad else 90)
            stunted = number < (40 if abroad else 20)
            writer.writerow([household, 2, 1, 1 + number % 2, 3, 1, 1 if registered else 2, -3 if stunted else 0])
        for household in range(200, 210):
            writer.writerow([household, 1, 0, 1, 4, 1, 2, 0])
    run = unprotected.run(
        str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["16.9.1", "2.2.1"]
    )
    return run.estimates


def of(table: pl.DataFrame, series: str, whose: str, status: str, statistic: str = "level") -> dict[str, object]:
    (row,) = table.filter(
        series=series, status_of=whose, migratory_status=status, statistic=statistic, disaggregation="migratory_status"
    ).to_dicts()
    return row


@pytest.mark.parametrize(
    ("series", "migrants", "others"), [("birth_registration_under_5", 60, 90), ("stunting", 40, 20)]
)
def test_children_of_mothers_born_abroad_stand_beside_those_of_native_born_ones(table, series, migrants, others):
    assert of(table, series, "mother", "migrant")["estimate"] == pytest.approx(migrants)
    assert of(table, series, "mother", "non_migrant")["estimate"] == pytest.approx(others)
    assert of(table, series, "mother", "_T", "difference")["estimate"] == pytest.approx(migrants - others)


def test_a_child_whose_mother_is_not_there_is_of_unknown_status(table):
    row = of(table, "birth_registration_under_5", "mother", "unknown")
    assert (row["n"], row["estimate"]) == (10, 0.0)


def test_by_their_own_status_all_these_children_are_non_migrants(table):
    own = table.filter(
        series="birth_registration_under_5", status_of="self", statistic="level", disaggregation="migratory_status"
    )
    assert own["migratory_status"].to_list() == ["non_migrant"]
    assert own["estimate"].to_list() == pytest.approx([100 * 150 / 210])


def test_where_status_is_by_citizenship_that_of_the_mother_is_by_nativity_all_the_same(tmp_path):
    """The schema has no citizenship of the mother: column `basis` says on what each of the rows rests."""
    mapping = MAPPING.replace("country_of_birth: {from: BPL, codes: {domestic: 1, foreign_unspecified: 2}}",
                              "citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2}}")  # fmt: skip
    mapping = mapping.replace("country_of_birth_mother: {through: mother, variable: country_of_birth}",
                              "nativity_mother: {from: MBPL, codes: {native_born: 1, foreign_born: 2}}")  # fmt: skip
    (tmp_path / "made.yaml").write_text(mapping)
    with (tmp_path / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["HH", "P", "MOM", "SEX", "AGE", "CIT", "MBPL", "REG", "HAZ"])
        writer.writerows([i, 1, 0, 1, 3, 1 if i < 70 else 2, 2 if i < 40 else 1, 1 + i % 2, 0] for i in range(100))
    found = unprotected.run(
        str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["16.9.1"]
    ).estimates.filter(statistic="level", disaggregation="migratory_status")
    counts = {(row["status_of"], row["basis"], row["migratory_status"]): row["n"] for row in found.to_dicts()}
    assert counts == {
        ("mother", "nativity", "migrant"): 40, ("mother", "nativity", "non_migrant"): 60,
        ("self", "citizenship", "migrant"): 30, ("self", "citizenship", "non_migrant"): 70,
    }  # fmt: skip
