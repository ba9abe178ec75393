"""3.7.2 on a few women, the rate worked out by hand."""

from __future__ import annotations

import pytest

GIRLS, WOMEN = ("3.7.2", "births_10_14"), ("3.7.2", "births_15_19")

PEOPLE = """
weight | sex    | age | births_12_months
2      | female | 15  | 0
1      | female | 19  | 1
1      | female | 17  | 2
1      | female | 16  | -
1      | female | 18  | ?
1      | female | 20  | 1
1      | female | 14  | 0
1      | female | 10  | 1
1      | male   | 17  | -
1      | ?      | 17  | 0
"""


@pytest.fixture
def has(sample):
    return sample("sex", "age", "births_12_months")


def test_the_rate_is_of_children_to_women_of_the_age(has, persons, mean):
    # Four women of 15 to 19 are counted, with a weight of five: three children, of a mother of one and one of
    # two. Whom the form did not ask had none. Of one the births are unknown, of another the sex.
    assert mean(WOMEN, has, persons(PEOPLE)) == (3 / 5, 4, 2, 0)


def test_girls_of_10_to_14_have_a_rate_of_their_own(has, persons, mean):
    # One child to two girls.
    assert mean(GIRLS, has, persons(PEOPLE)) == (1 / 2, 2, 0, 0)


def test_it_is_by_the_age_at_the_census(has, status):
    assert status(has, *WOMEN) == ("proxy", ["age_at_census"])


def test_asked_from_15_there_is_no_rate_of_girls(sample, status):
    has = sample("sex", "age", births_12_months={"min_age": 15, "max_age": 49})
    assert status(has, *WOMEN) == ("proxy", ["age_at_census"])
    assert status(has, *GIRLS) == ("unavailable", ["not_asked_of_these_ages"])


def test_births_in_classes_are_no_number_of_children(sample, status):
    bands = ((0.0, 0.0), (1.0, 3.0))
    has = sample("sex", "age", births_12_months={"bands": bands})
    assert status(has, *WOMEN) == ("unavailable", ["undecidable_classes"])
