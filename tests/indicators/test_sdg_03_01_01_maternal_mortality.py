"""3.1.1 on a few households, the ratio worked out by hand; by the status of the head, through a run."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from tests import unprotected

RATIO = ("3.1.1", "pregnancy_related_mortality")

PEOPLE = """
weight | sex    | age | living_quarters   | relationship_to_head | pregnancy_related_deaths_12_months | births_12_months | _tells_of_deaths
2      | male   | 40  | private_household | head                 | 1                                  | -                | 1
2      | female | 30  | private_household | spouse               | 1                                  | 1                | 0
1      | female | 25  | private_household | head                 | 0                                  | 2                | 1
1      | female | 20  | private_household | child                | 0                                  | -                | 0
1      | female | 55  | private_household | head                 | ?                                  | -                | 1
1      | female | 20  | private_household | child                | ?                                  | ?                | 0
1      | male   | 5   | private_household | child                | ?                                  | -                | 0
1      | female | 30  | institution       | head                 | 1                                  | 1                | 1
"""  # noqa: E501


@pytest.fixture
def has(sample):
    return sample(
        "sex", "age", "living_quarters", "relationship_to_head", "pregnancy_related_deaths_12_months",
        "births_12_months",
    )  # fmt: skip


def test_deaths_are_counted_once_a_household_and_births_by_mother(has, persons, mean):
    # Two deaths, on the head's row with a weight of two: what other rows of the household repeat does not count.
    # Births: twice 1, and 2. Two persons are left out: a head who does not say, a woman whose births are not known.
    assert mean(RATIO, has, persons(PEOPLE)) == (2 / 4, 4, 2, 0)


def test_it_is_of_whatever_cause_and_by_the_head(has, status):
    assert status(has, *RATIO) == ("proxy", ["pregnancy_related", "status_of_head"])


def test_without_deaths_of_the_household_there_is_none(sample, resolved):
    done = resolved(sample("sex", "age", "relationship_to_head", "births_12_months"), *RATIO)
    assert (done.status, done.missing) == ("unavailable", ("pregnancy_related_deaths_12_months",))


MAPPING = """\
mapping: made/deaths
version: 1.0.0
title: Deaths of households
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: HH, person: P}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  relationship_to_head: {from: REL, codes: {head: 1, spouse: 2}}
  births_12_months: {from: BIRTHS, number: {}, missing: {not_applicable: blank}}
  pregnancy_related_deaths_12_months: {from: DEATHS, number: {}}
"""


@pytest.fixture
def table(tmp_path):
    """100 households: a woman lives with a head born elsewhere than she. 30 of foreign-born heads lost a woman, and
    10 of native-born ones."""
    (tmp_path / "made.yaml").write_text(MAPPING)
    with (tmp_path / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["HH", "P", "SEX", "AGE", "NAT", "REL", "BIRTHS", "DEATHS"])
        for household in range(100):
            foreign = household < 50
            lost = int(household < 30 or household >= 90)
            writer.writerow([household, 1, 1, 40, 2 if foreign else 1, 1, "", lost])
            writer.writerow([household, 2, 2, 30, 1 if foreign else 2, 2, 1, lost])
    run = unprotected.run(str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["3.1.1"])
    return run.estimates.filter(pl.col("statistic") == "level")


def test_both_deaths_and_births_go_by_the_status_of_the_head(table):
    # Of foreign-born heads 30 deaths to 50 births, in households where every mother is native-born.
    by_head = {row["migratory_status"]: row for row in table.filter(disaggregation="migratory_status").to_dicts()}
    assert by_head["migrant"]["estimate"] == pytest.approx(100_000 * 30 / 50)
    assert by_head["migrant"]["status_of"] == "head"
    assert set(table["disaggregation"]) == {"total", "migratory_status"}


def test_of_fewer_than_twenty_deaths_there_is_no_number_but_how_many(table):
    (row,) = table.filter(disaggregation="migratory_status", migratory_status="non_migrant").to_dicts()
    assert (row["estimate"], row["se"], row["obs_status"]) == (None, None, "M")
    assert row["n_numerator"] == 10


def test_everybody_has_one_number(table):
    (row,) = table.filter(disaggregation="total").to_dicts()
    assert row["estimate"] == pytest.approx(100_000 * 40 / 100)
    assert row["n_numerator"] == 40
