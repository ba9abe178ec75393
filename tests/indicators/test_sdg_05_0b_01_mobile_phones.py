"""5.b.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

PHONE = ("5.b.1", "mobile_phone")


def test_it_is_of_all_persons_whom_the_form_asked(sample, persons, estimate, status):
    # One of three owns one, the household's does not matter; one did not say, the child was not asked.
    has = sample("mobile_phone_own", "mobile_phone", "living_quarters")
    rows = persons("""
    mobile_phone_own | mobile_phone | living_quarters
    yes              | no           | private_household
    no               | yes          | private_household
    no               | -            | institution
    ?                | yes          | private_household
    -                | yes          | private_household
    """)
    assert estimate(PHONE, has, rows) == (100 / 3, 3, 1, 1)
    assert status(has, *PHONE) == ("exact", [])


def test_a_phone_of_the_household_stands_in_where_its_owner_was_not_asked(sample, persons, estimate, resolved):
    # One of two in private households; of one it is unknown, and the institution is not among them.
    has = sample("mobile_phone", "living_quarters")
    rows = persons("""
    mobile_phone | living_quarters
    yes          | private_household
    no           | private_household
    ?            | private_household
    yes          | institution
    """)
    assert estimate(PHONE, has, rows) == (50.0, 2, 1, 0)
    done = resolved(has, *PHONE)
    assert (done.status, done.proxy_reason) == ("proxy", "phone_of_household")
    assert done.series.title == "Living in a household with a mobile phone"
    assert done.series.sdmx_series == ()


def test_each_sample_of_a_pooled_extract_has_the_best_it_asked(sample, status):
    has = sample("mobile_phone_own", "mobile_phone", "living_quarters")
    assert status(has.in_sample({"mobile_phone_own"}), *PHONE) == ("proxy", ["phone_of_household"])
    assert status(has.in_sample({"mobile_phone"}), *PHONE) == ("exact", [])


def test_with_neither_it_is_unavailable(sample, status):
    assert status(sample("internet"), *PHONE) == ("unavailable", ["missing_variable"])
