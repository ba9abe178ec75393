"""7.1.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

ELECTRICITY = ("7.1.1", "electricity")


def test_access_is_of_persons_in_private_households(sample, persons, estimate, status):
    # Four are counted, three of them with electricity: a share of persons by weight, not of dwellings. One in a
    # private household did not say, one of unknown quarters may live in one; the barracks are not among them.
    has = sample("electricity", "living_quarters")
    rows = persons("""
    electricity | living_quarters   | weight
    yes         | private_household | 2
    yes         | private_household | 1
    yes         | private_household | 3
    no          | private_household | 2
    ?           | private_household | 1
    yes         | ?                 | 1
    no          | institution       | 1
    """)
    assert estimate(ELECTRICITY, has, rows) == (75.0, 4, 2, 0)
    assert status(has, *ELECTRICITY) == ("exact", [])


def test_where_quarters_are_not_told_it_is_of_everybody_and_a_proxy(sample, persons, estimate, status):
    has = sample("electricity")
    rows = persons("""
    electricity
    yes
    no
    """)
    assert estimate(ELECTRICITY, has, rows) == (50.0, 2, 0, 0)
    assert status(has, *ELECTRICITY) == ("proxy", ["institutions_not_separated"])
