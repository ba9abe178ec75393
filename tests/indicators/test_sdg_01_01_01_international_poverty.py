"""1.1.1 on a few persons, the shares worked out by hand. The line is given in the currency of the data."""

from __future__ import annotations

from dataclasses import replace

import pytest

POVERTY = ("1.1.1", "international_poverty")
WORKING = ("1.1.1", "working_poor")
SIZE = "household_size"


def lined(has, amount=3.0):
    """The sample, with a line of this amount a person and day."""
    return replace(has, lines={"1.1.1": amount})


def measured(sample, *names, period="year", of="household_consumption"):
    facts = {of: {"options": {"period": period, "currency": "MXN"}}}
    return lined(sample("living_quarters", SIZE, *names, **facts))


PEOPLE = """
living_quarters   | household_consumption | household_size
private_household | 1094                  | 1
private_household | 1095                  | 1
private_household | 4379                  | 4
private_household | 4381                  | 4
private_household | 9999                  | 1
private_household | ?                     | 2
private_household | 500                   | ?
private_household | 500                   | 0
institution       | -                     | -
"""


def test_it_is_consumption_a_person_and_day_under_the_line(sample, persons, estimate, status):
    # A line of 3 a day is 1,095 a year and person. 1,094 alone is under it, 1,095 is not; 4,379 of four is, 4,381 of
    # four is not; 9,999 is not: two of five. Of one household the consumption is not known, of one how many they are;
    # a household of nobody and an institution are outside.
    has = measured(sample)
    assert estimate(POVERTY, has, persons(PEOPLE)) == (40.0, 5, 2, 0)
    assert status(has, *POVERTY) == ("exact", [])


@pytest.mark.parametrize(("period", "days"), [("week", 7), ("month", 365 / 12), ("year", 365)])
def test_a_period_has_its_days(sample, persons, estimate, period, days):
    has = measured(sample, period=period)
    rows = persons("""
    living_quarters   | household_consumption | household_size
    private_household | 1                     | 2
    private_household | 1                     | 2
    """)
    rows[0]["household_consumption"], rows[1]["household_consumption"] = 6 * days - 0.01, 6 * days + 0.01
    assert estimate(POVERTY, has, rows) == (50.0, 2, 0, 0)


def test_without_a_line_there_is_no_series(sample, status):
    stated = {"options": {"period": "year", "currency": "MXN"}}
    has = sample("living_quarters", SIZE, household_income=stated, household_consumption=stated)
    assert status(has, *POVERTY) == ("unavailable", ["no_poverty_line"])
    assert status(replace(has, lines={"1.2.1": 3.0}), *POVERTY) == ("unavailable", ["no_poverty_line"])
    assert status(lined(has), *POVERTY) == ("exact", [])


@pytest.mark.parametrize("period", ["week", "month", "year"])
def test_who_has_just_the_line_is_not_under_it(sample, persons, estimate, period):
    # As many pesos a period as the line has, whatever the number.
    days = {"week": 7.0, "month": 365 / 12, "year": 365.0}[period]
    for amount in (3.0, 11.0, 365.0, 950.0, 1234.0):
        rows = persons("""
        living_quarters   | household_consumption | household_size
        private_household | 1                     | 1
        private_household | 1                     | 3
        """)
        rows[0]["household_consumption"], rows[1]["household_consumption"] = amount, 3 * amount
        has = lined(measured(sample, period=period), amount / days)
        assert estimate(POVERTY, has, rows) == (0.0, 2, 0, 0), amount


def test_income_stands_in_where_consumption_was_not_asked(sample, persons, estimate, status):
    # A loss is under any line.
    has = measured(sample, of="household_income", period="month")
    rows = persons("""
    living_quarters   | household_income | household_size
    private_household | 91               | 1
    private_household | 92               | 1
    private_household | -300             | 3
    private_household | ?                | 1
    """)
    assert estimate(POVERTY, has, rows) == (pytest.approx(200 / 3), 3, 1, 0)
    assert status(has, *POVERTY) == ("proxy", ["income_not_consumption"])


def test_consumption_comes_before_income(sample, resolved):
    stated = {"options": {"period": "year", "currency": "MXN"}}
    has = lined(sample("living_quarters", SIZE, household_income=stated, household_consumption=stated))
    done = resolved(has, *POVERTY)
    assert done.status == "exact"
    assert [need.variable for need in done.needs] == ["household_consumption", SIZE]


def test_without_the_size_or_the_period_or_in_classes_it_cannot_be(sample, status):
    stated = {"options": {"period": "year", "currency": "MXN"}}
    classes = stated | {"bands": ((0, 999), (1000, 4999), (5000, float("inf")))}
    for has in (
        sample("living_quarters", household_consumption=stated),
        sample("living_quarters", SIZE, "household_consumption"),
        sample("living_quarters", SIZE, household_consumption=classes),
        sample("living_quarters", SIZE),
    ):
        assert status(lined(has), *POVERTY)[0] == "unavailable"


def test_where_institutions_are_not_known_all_residents_count(sample, status):
    has = lined(sample(SIZE, household_consumption={"options": {"period": "year"}}))
    assert status(has, *POVERTY) == ("proxy", ["institutions_not_separated"])


def test_the_working_poor_are_employed_persons_of_15_and_over_under_the_line(sample, persons, estimate, status):
    # Of three employed with known consumption one is poor. Of one it is not known, of one whether they work; of one
    # nobody asked. Those of 14, without work, or in a household of nobody are outside.
    has = measured(sample, "age", "labour_force_status")
    rows = persons("""
    living_quarters   | age | labour_force_status  | household_consumption | household_size
    private_household | 15  | employed             | 1000                  | 1
    private_household | 30  | employed             | 1100                  | 1
    private_household | 70  | employed             | 9000                  | 8
    private_household | 40  | employed             | ?                     | 1
    private_household | 40  | ?                    | 1000                  | 1
    private_household | 40  | -                    | 1000                  | 1
    private_household | 14  | employed             | 1000                  | 1
    private_household | 40  | unemployed           | 1000                  | 1
    private_household | 40  | outside_labour_force | 1000                  | 1
    private_household | 40  | employed             | 1000                  | 0
    institution       | 40  | employed             | -                     | -
    """)
    rows[2]["household_consumption"] = 9001.0  # 3.08 a day
    assert estimate(WORKING, has, rows) == (pytest.approx(100 / 3), 3, 2, 1)
    assert status(has, *WORKING) == ("exact", [])
    assert status(measured(sample, "age"), *WORKING)[0] == "unavailable"


def test_the_line_is_what_the_user_says(sample, persons, estimate):
    has = lined(measured(sample), 27.5)
    # All but 9,999 a year, 27.4 a day, are far under 27.5, and that is too.
    assert estimate(POVERTY, has, persons(PEOPLE)) == (100.0, 5, 2, 0)
    assert estimate(POVERTY, lined(has, 0.5), persons(PEOPLE)) == (0.0, 5, 2, 0)
