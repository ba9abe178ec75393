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


SHIFTED = ("3.7.2", "births_15_19_age_shift")

# a woman of 15 now was 14 for half of the year, one of 20 was 19
BY_SINGLE_YEARS = """
weight | sex    | age | births_12_months
1      | female | 14  | 1
1      | female | 15  | 1
1      | female | 16  | 0
1      | female | 19  | 1
1      | female | 20  | 1
1      | female | 21  | 1
"""


def test_shifted_by_half_a_year_the_first_age_and_the_one_after_the_last_count_by_half(sample, persons, mean):
    # Births: half of the one at 15, the one at 19, half of the one at 20: 2. Women: 1/2 + 1 + 1 + 1/2 = 3.
    has = sample("sex", "age", "births_12_months")
    assert mean(SHIFTED, has, persons(BY_SINGLE_YEARS)) == (2 / 3, 4, 0, 0)


def test_the_shifted_rate_is_no_longer_by_age_at_the_census_and_is_named_by_its_adjustment(sample, status, resolved):
    has = sample("sex", "age", "births_12_months")
    assert status(has, *SHIFTED) == ("exact", [])
    series = resolved(has, *SHIFTED).series
    assert (series.shown_as, series.adjustment) == ("births_15_19", "age_shift")


def test_where_mothers_were_counted_and_not_births_the_rate_is_a_proxy(sample, status):
    has = sample("sex", "age", births_12_months={"options": {"counted": "mothers"}})
    assert status(has, *SHIFTED) == ("proxy", ["mothers_not_births"])
    assert status(has, *WOMEN) == ("proxy", ["age_at_census", "mothers_not_births"])
    births = sample("sex", "age", births_12_months={"options": {"counted": "births"}})
    assert status(births, *SHIFTED) == ("exact", [])


def test_ages_in_classes_cannot_be_shifted(sample, status):
    bands = ((10.0, 14.0), (15.0, 19.0), (20.0, 24.0))
    has = sample("sex", "births_12_months", age={"bands": bands})
    assert status(has, *WOMEN)[0] == "proxy"
    assert status(has, *SHIFTED)[0] == "unavailable"


def test_asked_from_12_there_is_no_rate_of_girls_of_10_to_14(sample, status):
    has = sample("sex", "age", births_12_months={"min_age": 12, "max_age": 49})
    assert status(has, *GIRLS) == ("unavailable", ["not_asked_of_these_ages"])
    assert status(has, "3.7.2", "births_10_14_age_shift") == ("unavailable", ["not_asked_of_these_ages"])
    assert status(has, *SHIFTED) == ("exact", [])


def test_girls_of_10_to_14_when_they_gave_birth_are_from_10_to_15_now(sample, persons, mean):
    # Half of the birth at 15 and the one at 14, over a half and one girl.
    has = sample("sex", "age", "births_12_months")
    assert mean(("3.7.2", "births_10_14_age_shift"), has, persons(BY_SINGLE_YEARS)) == (1.5 / 1.5, 2, 0, 0)


def test_raised_by_p_over_f_there_is_one_number_of_everybody(sample, resolved):
    series = resolved(sample("sex", "age", "births_12_months", "children_ever_born"), "3.7.2", "births_15_19_pf").series
    assert series.of_everybody
    assert (series.shown_as, series.adjustment, series.contrasts) == ("births_15_19", "pf", ())
