"""4.1.2 on a few young persons, the shares worked out by hand."""

from __future__ import annotations

import pytest

PRIMARY, LOWER, UPPER = (
    ("4.1.2", f"completion_{level}") for level in ("primary", "lower_secondary", "upper_secondary")
)
SPLIT = {
    *("less_than_primary", "primary", "lower_secondary", "upper_secondary", "post_secondary", "tertiary"),
    *("unknown", "not_applicable"),
}

PERSONS = """
age | educational_attainment
13  | less_than_primary
14  | less_than_primary
15  | primary
16  | lower_secondary
16  | ?
16  | -
17  | primary
18  | lower_secondary
19  | upper_secondary
20  | lower_secondary
21  | upper_secondary
22  | post_secondary
22  | tertiary
23  | less_than_primary
?   | primary
"""


@pytest.fixture
def has(sample):
    return sample("age", educational_attainment={"reaches": frozenset(SPLIT)})


@pytest.mark.parametrize(
    ("series", "share", "counted", "left_out", "not_asked"),
    [
        # Intended ages for the last grades are 11, 14 and 17; 3 to 5 years above them are
        (PRIMARY, 100 * 2 / 3, 3, 1, 1),  # 14 to 16: two of three completed it;
        (LOWER, 100 * 2 / 3, 3, 0, 0),  # 17 to 19: lower or more, not primary alone;
        (UPPER, 100 * 3 / 4, 4, 0, 0),  # 20 to 22: all but the one with lower secondary.
    ],
)
def test_each_level_is_of_persons_3_to_5_years_above_the_age_of_its_last_grade(
    has, persons, estimate, series, share, counted, left_out, not_asked
):
    assert estimate(series, has, persons(PERSONS)) == (share, counted, left_out, not_asked)


def test_the_ages_are_assumed_unless_the_mapping_states_them(has, sample, status):
    stated = {"reaches": frozenset(SPLIT), "options": {"school_years": "from_6_6_3_3"}}
    for series in (PRIMARY, LOWER, UPPER):
        assert status(has, *series) == ("proxy", ["school_ages_assumed"])
        assert status(sample("age", educational_attainment=stated), *series) == ("exact", [])


def test_secondary_that_is_not_split_tells_primary_alone(sample, persons, estimate, status):
    # One who completed secondary completed primary: two of two.
    has = sample("age", educational_attainment={"reaches": frozenset({"less_than_primary", "primary", "secondary"})})
    rows = persons("""
    age | educational_attainment
    15  | secondary
    15  | primary
    """)
    assert estimate(PRIMARY, has, rows) == (100.0, 2, 0, 0)
    for series in (LOWER, UPPER):
        assert status(has, *series) == ("unavailable", ["undecidable_categories"])


def test_it_takes_single_years_of_age(sample, status):
    bands = tuple((low, low + 4.0) for low in range(0, 85, 5))
    has = sample(age={"bands": bands}, educational_attainment={"reaches": frozenset(SPLIT)})
    assert status(has, *PRIMARY) == ("unavailable", ["undecidable_ages"])


def test_attainment_asked_from_15_narrows_primary(sample, status):
    asked = {"reaches": frozenset(SPLIT), "min_age": 15}
    reasons = ["school_ages_assumed", "not_asked_under_15"]
    assert status(sample("age", educational_attainment=asked), *PRIMARY) == ("proxy", reasons)
