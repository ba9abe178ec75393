"""16.9.1 on a few children, the share worked out by hand."""

from __future__ import annotations

REGISTRATION = ("16.9.1", "birth_registration_under_5")


def test_registration_is_of_children_under_five(sample, persons, estimate, status):
    # Four children are counted, three of them registered. One is unknown, one was not asked; five years
    # is too old, and a child of unknown age may be.
    has = sample("age", "birth_registered")
    rows = persons("""
    age | birth_registered
    0   | yes
    1   | yes
    4   | yes
    3   | no
    2   | ?
    2   | -
    5   | no
    ?   | no
    """)
    assert estimate(REGISTRATION, has, rows) == (75.0, 4, 1, 1)
    assert status(has, *REGISTRATION) == ("exact", [])


def test_registration_asked_only_up_to_two_years_narrows_the_children(sample, resolved):
    done = resolved(sample("age", birth_registered={"max_age": 2}), *REGISTRATION)
    assert (done.proxy_reason, done.universe) == ("not_asked_over_2", "aged 2 and under")
