"""16.2.3 on a few young persons, the share worked out by hand."""

from __future__ import annotations

BY_18 = ("16.2.3", "sexual_violence_by_18")


def test_it_is_of_women_and_men_of_18_to_29_who_were_asked(sample, persons, estimate, status):
    # One of four; one did not answer, one was not chosen, 17 and 30 are outside.
    has = sample("sex", "age", "sexual_violence_by_18")
    rows = persons("""
    sex    | age | sexual_violence_by_18
    female | 18  | yes
    male   | 29  | no
    female | 25  | no
    male   | 25  | no
    female | 25  | ?
    male   | 25  | -
    female | 17  | yes
    female | 30  | yes
    """)
    assert estimate(BY_18, has, rows) == (25.0, 4, 1, 0)
    assert status(has, *BY_18) == ("exact", [])


def test_violence_of_the_last_year_does_not_tell(sample, status):
    has = sample("sex", "age", "violence_sexual_12_months")
    assert status(has, *BY_18) == ("unavailable", ["missing_variable"])
