"""10.2.1 on a few persons: who counts, and through a run the share, worked out by hand."""

from __future__ import annotations

import pytest

from tests import unprotected

HALF = ("10.2.1", "below_half_median")
YEAR = {"options": {"period": "year", "currency": "MXN"}}


def test_who_counts_is_in_a_private_household_whose_income_and_size_are_known(sample, persons, masked, status):
    has = sample("living_quarters", "household_size", household_income=YEAR)
    rows = persons("""
    living_quarters   | household_income | household_size
    private_household | 3650             | 2
    private_household | -10              | 2
    private_household | ?                | 2
    private_household | 3650             | ?
    private_household | 3650             | 0
    institution       | -                | -
    ?                 | 3650             | 2
    """)
    # Whom half the median is more than is decided when all were seen: all who count have the numerator's mark.
    counted, left_out = {"base", "universe", "numerator"}, {"base", "left_out"}
    assert masked(HALF, has, rows) == [counted, counted, left_out, left_out, set(), set(), left_out]
    assert status(has, *HALF) == ("exact", [])


def test_the_measure_is_a_person_and_day_and_not_equivalised(sample, persons, mean):
    # 3,650 a year of two persons are 5 a day, 7,300 of one are 20.
    has = sample("living_quarters", "household_size", household_income=YEAR)
    rows = persons("""
    living_quarters   | household_income | household_size
    private_household | 3650             | 2
    private_household | 7300             | 1
    """)
    assert mean(HALF, has, rows) == (12.5, 2, 0, 0)


def test_consumption_stands_in_where_income_was_not_asked(sample, status, resolved):
    has = sample("living_quarters", "household_size", household_consumption=YEAR)
    assert status(has, *HALF) == ("proxy", ["consumption_not_income"])
    both = sample("living_quarters", "household_size", household_consumption=YEAR, household_income=YEAR)
    assert status(both, *HALF) == ("exact", [])
    assert [need.variable for need in resolved(both, *HALF).needs] == ["household_income", "household_size"]


def test_without_the_size_or_the_period_or_in_classes_it_cannot_be(sample, status):
    classes = YEAR | {"bands": ((0, 999), (1000, 4999), (5000, float("inf")))}
    for has in (
        sample("living_quarters", household_income=YEAR),
        sample("living_quarters", "household_size", "household_income"),
        sample("living_quarters", "household_size", household_income=classes),
        sample("living_quarters", "household_size"),
    ):
        assert status(has, *HALF)[0] == "unavailable"


MAPPING = """\
mapping: made
version: 1.0.0
title: A few persons
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 0}
variables:
  nativity: {from: NAT, codes: {native_born: n, foreign_born: f}, concept: birthplace}
  living_quarters: {from: LQ, codes: {private_household: p, institution: i}}
  household_size: {from: SIZE, number: {}, missing: {unknown: "?"}}
  household_income: {from: INC, number: {}, missing: {unknown: "?", not_applicable: blank}, period: year, currency: MXN}
"""


@pytest.fixture
def shares(tmp_path):
    """`shares(text)`: (per cent below half the median, persons below) of everybody and by migratory status."""

    def call(text):
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        (tmp_path / "made.yaml").write_text(MAPPING, encoding="utf-8")
        (tmp_path / "made.csv").write_text("".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
        table = unprotected.run(str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out").estimates
        rows = table.filter(series="below_half_median", statistic="level")
        named = ("migratory_status", "estimate", "n_numerator")
        rows = rows.filter(rows["disaggregation"].is_in(["total", "migratory_status"]))
        return {status: (share, poor) for status, share, poor in rows.select(named).iter_rows()}

    return call


def test_the_line_is_half_the_median_of_everybody_who_counts(shares):
    # A person has 10, 20, 40, 60, 80 and 100 thousand, in order of income; the second counts for two. Of seven by
    # weight the fourth has 40, so the line is 20: less than that has the first alone, who is a migrant. The poor
    # ones in an institution, or of unknown size, do not move it.
    assert shares("""
    NAT | LQ | SIZE | INC    | W
    f   | p  | 1    | 10000  | 1
    f   | p  | 2    | 40000  | 2
    n   | p  | 1    | 40000  | 1
    n   | p  | 5    | 300000 | 1
    n   | p  | 1    | 80000  | 1
    f   | p  | 1    | 100000 | 1
    n   | i  | 1    |        | 50
    n   | p  | ?    | 1      | 1
    """) == {
        "_T": (pytest.approx(100 / 7), 1),
        "migrant": (pytest.approx(25), 1),
        "non_migrant": (0.0, 0),
    }


def test_the_line_of_a_group_is_that_of_everybody(shares):
    # By their own median, 10, no migrant is under 5; by that of everybody, 40, all of them are under 20.
    assert shares("""
    NAT | LQ | SIZE | INC | W
    f   | p  | 1    | 9   | 1
    f   | p  | 1    | 10  | 1
    f   | p  | 1    | 11  | 1
    n   | p  | 1    | 40  | 1
    n   | p  | 1    | 41  | 1
    n   | p  | 1    | 42  | 1
    n   | p  | 1    | 43  | 1
    """) == {"_T": (pytest.approx(300 / 7), 3), "migrant": (100.0, 3), "non_migrant": (0.0, 0)}


def test_a_loss_is_below(shares):
    assert shares("""
    NAT | LQ | SIZE | INC  | W
    f   | p  | 2    | -100 | 1
    n   | p  | 1    | 40   | 1
    n   | p  | 1    | 40   | 2
    """) == {"_T": (pytest.approx(25), 1), "migrant": (100.0, 1), "non_migrant": (0.0, 0)}
