"""3.2.1: which women and children count in each share that the method takes, worked out by hand.

The method itself: tests/demography; through a whole run: tests/functional/test_under_five_mortality.py.
"""

from __future__ import annotations

import pytest

OF_25_TO_29 = ("3.2.1", "under_five_mortality_25_29")
HEADLINE = ("3.2.1", "under_five_mortality")

PEOPLE = """
weight | sex    | age | children_ever_born | children_surviving
2      | female | 25  | 3                  | 2
1      | female | 29  | 1                  | 1
1      | female | 27  | 0                  | -
1      | female | 28  | -                  | -
1      | female | 26  | 2                  | ?
1      | female | 25  | ?                  | ?
1      | female | 26  | 1                  | 2
1      | female | 30  | 1                  | 0
1      | female | 24  | 1                  | 0
1      | male   | 27  | 1                  | 0
"""


@pytest.fixture
def has(sample):
    return sample("sex", "age", "children_ever_born", "children_surviving")


def test_the_share_of_children_dead_is_of_all_children_born_to_the_women_of_an_age(has, persons, mean):
    # Born: twice 3, and 1; dead: twice 1. Two women without children have none, asked or not. Of two it is not
    # known how many died or were born; who has more living than she bore does not count.
    assert mean(OF_25_TO_29, has, persons(PEOPLE)) == (2 / 7, 4, 2, 0)


def test_the_headline_is_of_women_aged_25_to_34(has, persons, mean):
    # The woman of 30 lost her child too: 3 dead of 8.
    assert mean(HEADLINE, has, persons(PEOPLE)) == (3 / 8, 5, 2, 0)


@pytest.mark.parametrize("ages", ["20_24", "25_29", "30_34", "35_39", "40_44", "45_49"])
def test_each_age_of_mothers_from_20_has_its_number(resolved, has, ages):
    series = resolved(has, "3.2.1", f"under_five_mortality_{ages}").series
    assert (series.status_of, series.unit) == ("mother", "per_1000")


def test_it_is_indirect_and_partly_of_abroad(has, status):
    assert status(has, *HEADLINE) == ("proxy", ["indirect_estimate", "exposure_abroad"])


def test_without_the_children_that_live_there_is_none(sample, resolved):
    done = resolved(sample("sex", "age", "children_ever_born"), *HEADLINE)
    assert (done.status, done.missing) == ("unavailable", ("children_surviving",))


def test_the_parity_is_of_all_women_who_say(has, persons, mean):
    # Twice 3, and 1, 0, 0, 2 and 1 again: 10 children of women of a weight of 7; one does not say.
    assert mean(("3.2.1", "mean_parity_25_29"), has, persons(PEOPLE)) == (10 / 7, 6, 1, 0)


def test_children_in_classes_are_no_number_of_children(sample, status):
    has = sample("sex", "age", "children_surviving", children_ever_born={"bands": ((0.0, 0.0), (1.0, 3.0))})
    assert status(has, *HEADLINE) == ("unavailable", ["undecidable_classes"])
