"""1.2.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

from dataclasses import replace

POVERTY = ("1.2.1", "national_poverty")
STATED = {"options": {"period": "month", "currency": "MXN"}}


def test_it_is_of_persons_in_private_households(sample, persons, estimate, status):
    # One of four; of one household it is not known; an institution has no household's income.
    has = sample("living_quarters", "below_national_poverty_line")
    rows = persons("""
    living_quarters   | below_national_poverty_line
    private_household | yes
    private_household | no
    private_household | no
    private_household | no
    private_household | ?
    institution       | -
    """)
    assert estimate(POVERTY, has, rows) == (25.0, 4, 1, 0)
    assert status(has, *POVERTY) == ("exact", [])


def test_by_a_line_it_is_income_a_person_and_day_under_it(sample, persons, estimate, status):
    # A line of 12 a day is 365 a month and person. 364 alone is under it, 366 is not; 1,094 of three is; 2,000 of
    # three is not: two of four. Of one the income is not known; a household of nobody is outside.
    has = replace(sample("living_quarters", "household_size", household_income=STATED), lines={"1.2.1": 12.0})
    rows = persons("""
    living_quarters   | household_income | household_size
    private_household | 364              | 1
    private_household | 366              | 1
    private_household | 1094             | 3
    private_household | 2000             | 3
    private_household | ?                | 3
    private_household | 100              | 0
    institution       | -                | -
    """)
    assert estimate(POVERTY, has, rows) == (50.0, 4, 1, 0)
    assert status(has, *POVERTY) == ("exact", [])


def test_a_line_comes_before_what_the_producer_derived_and_income_before_consumption(sample, resolved):
    every = sample(
        "living_quarters", "household_size", "below_national_poverty_line", household_income=STATED,
        household_consumption=STATED,
    )  # fmt: skip

    def read(has):
        return [need.variable for need in resolved(has, *POVERTY).needs]

    lined = replace(every, lines={"1.2.1": 12.0})
    assert read(lined) == ["household_income", "household_size"]
    assert read(every) == ["below_national_poverty_line"]
    assert read(replace(every, lines={"1.1.1": 12.0})) == ["below_national_poverty_line"]
    no_income = sample("living_quarters", "household_size", "below_national_poverty_line", household_consumption=STATED)
    assert read(replace(no_income, lines={"1.2.1": 12.0})) == ["household_consumption", "household_size"]
    nothing = sample("living_quarters", "below_national_poverty_line")
    assert read(replace(nothing, lines={"1.2.1": 12.0})) == []  # the producer's line is not the user's


def test_with_neither_it_cannot_be(sample, status):
    has = replace(sample("living_quarters"), lines={"1.2.1": 12.0})
    assert status(has, *POVERTY) == ("unavailable", ["missing_variable"])
