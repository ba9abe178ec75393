"""16.2.1 on a few children, the shares worked out by hand."""

from __future__ import annotations

UP_TO_17, UP_TO_14 = ("16.2.1", "violent_discipline"), ("16.2.1", "violent_discipline_1_14")

CHILDREN = """
age | violent_discipline_1_month
1   | yes
14  | yes
5   | no
15  | no
17  | no
9   | ?
9   | -
0   | yes
18  | yes
"""


def test_it_is_of_the_children_of_1_to_17_asked_about(sample, persons, estimate, status):
    # Two of five. Of one it is unknown; one is not the child chosen; under a year and 18 are outside.
    has = sample("age", "violent_discipline_1_month")
    assert estimate(UP_TO_17, has, persons(CHILDREN)) == (40.0, 5, 1, 0)
    assert status(has, *UP_TO_17) == ("exact", [])


def test_the_global_series_is_of_children_up_to_14(sample, persons, estimate, status):
    # Two of three.
    has = sample("age", "violent_discipline_1_month")
    assert estimate(UP_TO_14, has, persons(CHILDREN)) == (100 * 2 / 3, 3, 1, 0)
    assert status(has, *UP_TO_14) == ("exact", [])


def test_a_survey_of_children_up_to_14_has_the_global_series_and_a_proxy_of_the_indicator(sample, status):
    has = sample("age", violent_discipline_1_month={"min_age": 1, "max_age": 14})
    assert status(has, *UP_TO_14) == ("exact", [])
    assert status(has, *UP_TO_17) == ("proxy", ["not_asked_over_14"])


def test_without_the_module_it_is_unavailable(sample, status):
    assert status(sample("age"), *UP_TO_17) == ("unavailable", ["missing_variable"])
