"""17.8.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

USE = ("17.8.1", "internet_use")


def test_use_is_of_all_persons_whom_the_form_asked(sample, persons, estimate, status):
    # Three are counted, one of whom used it; the one in an institution is one of them. The access of the
    # household does not matter. The child was not asked, and one did not say.
    has = sample("internet_use", "internet", "living_quarters")
    rows = persons("""
    internet_use | internet | living_quarters
    yes          | no       | private_household
    no           | yes      | private_household
    no           | -        | institution
    -            | yes      | private_household
    ?            | yes      | private_household
    """)
    assert estimate(USE, has, rows) == (100 * 1 / 3, 3, 1, 1)
    assert status(has, *USE) == ("exact", [])


def test_access_of_the_household_stands_in_where_use_was_not_asked(sample, persons, estimate, resolved):
    # Two persons in private households are counted, one with access; the institution is not among them.
    has = sample("internet", "living_quarters")
    rows = persons("""
    internet | living_quarters
    yes      | private_household
    no       | private_household
    ?        | private_household
    yes      | institution
    """)
    assert estimate(USE, has, rows) == (50.0, 2, 1, 0)
    done = resolved(has, *USE)
    assert (done.status, done.proxy_reason) == ("proxy", "household_access")
    assert done.series.title == "Living in a household with internet access"


def test_each_sample_of_a_pooled_extract_has_the_best_it_asked(sample, status):
    has = sample("internet_use", "internet", "living_quarters")
    assert status(has.in_sample({"internet_use"}), *USE) == ("proxy", ["household_access"])
    assert status(has.in_sample({"internet"}), *USE) == ("exact", [])


def test_with_neither_it_is_unavailable(sample, status):
    assert status(sample("mobile_phone"), *USE) == ("unavailable", ["missing_variable"])
