"""2.2.1 on a few children, the share worked out by hand."""

from __future__ import annotations

STUNTING = ("2.2.1", "stunting")


def test_it_is_of_children_under_five_who_were_measured(sample, persons, estimate, status):
    # Of three measured one is under -2; exactly -2 is not. Two were not measured; one is five.
    has = sample("age", "height_for_age_z")
    rows = persons("""
    age | height_for_age_z
    0   | -2.1
    4   | -2
    2   | 0.5
    3   | ?
    3   | -
    5   | -4
    """)
    assert estimate(STUNTING, has, rows) == (100 / 3, 3, 2, 0)
    assert status(has, *STUNTING) == ("exact", [])


def test_a_child_measured_wrongly_does_not_count(sample, persons, estimate):
    # -6 and 6 are the last that may be right: one of two is stunted. Beyond them nobody is counted, nor left out.
    has = sample("age", "height_for_age_z")
    rows = persons("""
    age | height_for_age_z
    1   | -6
    1   | 6
    1   | -6.1
    1   | 7
    """)
    assert estimate(STUNTING, has, rows) == (50.0, 2, 0, 0)


def test_a_census_has_no_heights(sample, status):
    assert status(sample("age"), *STUNTING) == ("unavailable", ["missing_variable"])
