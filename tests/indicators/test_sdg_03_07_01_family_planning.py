"""3.7.1 on a few women, the shares worked out by hand."""

from __future__ import annotations

ALL, IN_UNION = ("3.7.1", "family_planning"), ("3.7.1", "family_planning_in_union")

WOMEN = """
sex    | age | marital_status     | family_planning_modern
female | 15  | married            | yes
female | 49  | in_union           | no
female | 30  | married            | yes
female | 20  | never_married      | yes
female | 20  | separated_divorced | no
female | 30  | married            | -
female | 30  | married            | ?
female | 30  | ?                  | yes
female | 14  | married            | yes
female | 50  | married            | yes
male   | 30  | married            | yes
"""


def test_it_is_of_women_of_15_to_49_with_a_need(sample, persons, estimate, status):
    # Six women have a need: four by a modern method. One has none and does not count, of one it is unknown.
    has = sample("sex", "age", "family_planning_modern")
    assert estimate(ALL, has, persons(WOMEN)) == (100 * 4 / 6, 6, 1, 0)
    assert status(has, *ALL) == ("exact", [])


def test_the_global_series_is_of_women_in_a_union(sample, persons, estimate, status):
    # Three of them have a need, two by a modern method. Left out: of one the need, of one the union is unknown.
    has = sample("sex", "age", "marital_status", "family_planning_modern")
    assert estimate(IN_UNION, has, persons(WOMEN)) == (100 * 2 / 3, 3, 2, 0)
    assert status(has, *IN_UNION) == ("exact", [])


def test_a_woman_without_a_need_is_of_no_concern_whatever_her_union(sample, persons, estimate):
    # One counted. Unknown union and no need: not left out. Not asked about marriage: narrowed.
    has = sample("sex", "age", "marital_status", "family_planning_modern")
    rows = persons("""
    sex    | age | marital_status | family_planning_modern
    female | 30  | in_union       | yes
    female | 30  | ?              | -
    female | 15  | -              | -
    """)
    assert estimate(IN_UNION, has, rows) == (100.0, 1, 0, 1)


def test_women_asked_from_18_narrow_the_ages(sample, status):
    has = sample("sex", "age", family_planning_modern={"min_age": 18})
    assert status(has, *ALL) == ("proxy", ["not_asked_under_18"])


def test_without_marital_status_there_is_the_series_of_all_women_alone(sample, status):
    has = sample("sex", "age", "family_planning_modern")
    assert status(has, *IN_UNION) == ("unavailable", ["missing_variable"])
