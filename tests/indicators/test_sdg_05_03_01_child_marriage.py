"""5.3.1 on a few women, the share worked out by hand."""

from __future__ import annotations

import pytest

BEFORE_15, BEFORE_18 = ("5.3.1", "union_before_15"), ("5.3.1", "union_before_18")
GIRLS = ("5.3.1", "ever_in_union_15_17")

WOMEN = """
sex    | age | marital_status     | age_at_first_union
female | 20  | married            | 14
female | 24  | in_union           | 15
female | 22  | widowed            | 17
female | 23  | separated_divorced | 18
female | 21  | never_married      | -
female | 21  | never_married      | ?
female | 22  | married            | ?
female | 22  | in_union           | -
female | 22  | ?                  | 16
female | 19  | married            | 14
female | 25  | married            | 14
female | ?   | married            | 14
male   | 22  | married            | 14
"""


def test_before_18_is_of_all_women_aged_20_to_24_those_never_married_included(sample, persons, estimate):
    # Six women are counted: unions at 14, 15 and 17 of them are before 18, that at 18 is not, and two
    # never married, so they need no age. Of three the union or its age is unknown: they are left out,
    # also the one whose age of 16 would decide it.
    has = sample("sex", "age", "marital_status", "age_at_first_union")
    assert estimate(BEFORE_18, has, persons(WOMEN)) == (50.0, 6, 3, 0)


def test_before_15_counts_the_union_at_14_and_not_the_one_at_15(sample, persons, estimate):
    # One of the same six.
    has = sample("sex", "age", "marital_status", "age_at_first_union")
    percent, *counts = estimate(BEFORE_15, has, persons(WOMEN))
    assert percent == pytest.approx(100 / 6)
    assert counts == [6, 3, 0]


def test_without_marital_status_an_age_that_was_not_asked_means_never_in_a_union(sample, persons, estimate):
    # Four are counted: unions at 14 and 17 are before 18, that at 20 is not, and the woman who was not
    # asked was never in one. Two of four; the unknown age is left out.
    has = sample("sex", "age", "age_at_first_union")
    rows = persons("""
    sex    | age | age_at_first_union
    female | 22  | 14
    female | 22  | 17
    female | 22  | 20
    female | 22  | -
    female | 22  | ?
    """)
    assert estimate(BEFORE_18, has, rows) == (50.0, 4, 1, 0)


def test_a_woman_single_by_law_who_gives_the_age_at_her_first_union_was_in_one(sample, persons, estimate):
    # Where marital status is that of the law, the age at first union is the answer to the question: 1 of 2.
    has = sample("sex", "age", "marital_status", "age_at_first_union")
    rows = persons("""
    sex    | age | marital_status | age_at_first_union
    female | 22  | never_married  | 16
    female | 22  | never_married  | -
    """)
    assert estimate(BEFORE_18, has, rows) == (50.0, 2, 0, 0)


def test_weights_count(sample, persons, estimate):
    # Three of the four weighted women were in a union before 18.
    has = sample("sex", "age", "marital_status", "age_at_first_union")
    rows = persons("""
    sex    | age | marital_status | age_at_first_union | weight
    female | 22  | married        | 16                 | 3
    female | 22  | never_married  | -                  | 1
    """)
    assert estimate(BEFORE_18, has, rows) == (75.0, 2, 0, 0)


def test_girls_of_15_to_17_ever_in_a_union_are_counted_where_no_age_was_asked(sample, persons, estimate):
    # Of 15, 16 and 17 two were ever in a union and two not; the unknown one is left out, the one whom the
    # form did not ask leaves the base; 14 and 18 are no girls of these ages.
    has = sample("sex", "age", "marital_status")
    rows = persons("""
    sex    | age | marital_status
    female | 15  | in_union
    female | 16  | separated_divorced
    female | 17  | never_married
    female | 15  | never_married
    female | 16  | ?
    female | 16  | -
    female | 14  | married
    female | 18  | married
    male   | 16  | married
    """)
    assert estimate(GIRLS, has, rows) == (50.0, 4, 1, 1)


def test_the_series_on_unions_before_18_is_exact_and_the_girls_stand_in_for_it(sample, status):
    has = sample("sex", "age", "marital_status", "age_at_first_union")
    assert status(has, *BEFORE_18) == ("exact", [])
    assert status(has, *GIRLS) == ("proxy", ["girls_15_17"])
    without = sample("sex", "age", "marital_status")
    assert status(without, *BEFORE_18) == ("unavailable", ["missing_variable"])
    assert status(without, *GIRLS) == ("proxy", ["girls_15_17"])


def test_where_only_marriages_were_asked_the_series_is_a_proxy(sample, status):
    event = {"options": {"event": "first_marriage"}}
    assert status(sample("sex", "age", age_at_first_union=event), *BEFORE_18) == ("proxy", ["first_marriage"])
    assert status(sample("sex", "age", "marital_status", age_at_first_union=event), *BEFORE_15)[0] == "proxy"


def test_where_samples_differ_in_which_unions_count_the_series_is_a_proxy(sample, status):
    event = {"options": {"event": "differs"}}
    has = sample("sex", "age", "marital_status", age_at_first_union=event)
    assert status(has, *BEFORE_18) == ("proxy", ["unions_differ"])


def test_classes_of_the_age_at_first_union_serve_if_they_part_at_the_limit(sample, status):
    # under 15, 15 to 19, 20 and over: told for 15, not for 18.
    bands = ((0.0, 14.0), (15.0, 19.0), (20.0, float("inf")))
    has = sample("sex", "age", age_at_first_union={"bands": bands})
    assert status(has, *BEFORE_15) == ("exact", [])
    assert status(has, *BEFORE_18) == ("unavailable", ["undecidable_classes"])


def test_classes_that_part_at_the_limit_serve_beside_the_marital_status_too(sample, resolved):
    bands = ((0.0, 14.0), (15.0, 17.0), (18.0, float("inf")))
    has = sample("sex", "age", "marital_status", age_at_first_union={"bands": bands})
    for series in (BEFORE_15, BEFORE_18):
        done = resolved(has, *series)
        assert done.status == "exact"
        assert [need.variable for need in done.needs] == ["marital_status", "age_at_first_union"]
