"""16.1.4 on a few adults, the share worked out by hand."""

from __future__ import annotations

SAFE = ("16.1.4", "feels_safe")


def test_it_is_of_adults_who_were_asked(sample, persons, estimate, status):
    # Two of four feel safe; one does not know, one was not chosen, one is 17.
    has = sample("age", "feels_safe_walking_alone")
    rows = persons("""
    age | feels_safe_walking_alone
    18  | yes
    70  | yes
    40  | no
    40  | no
    40  | ?
    40  | -
    17  | no
    """)
    assert estimate(SAFE, has, rows) == (50.0, 4, 1, 0)
    assert status(has, *SAFE) == ("exact", [])


def test_a_question_not_about_the_dark_is_a_proxy(sample, status):
    def asked(time):
        return sample("age", feels_safe_walking_alone={"options": {"time": time}})

    assert status(asked("after_dark"), *SAFE) == ("exact", [])
    assert status(asked("any_time"), *SAFE) == ("proxy", ["not_after_dark"])


def test_without_the_question_it_is_unavailable(sample, status):
    assert status(sample("age", "violence_physical_12_months"), *SAFE) == ("unavailable", ["missing_variable"])
