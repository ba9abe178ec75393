"""5.2.2 on a few women, the share worked out by hand."""

from __future__ import annotations

NONPARTNER = ("5.2.2", "nonpartner_sexual_violence")


def test_it_is_of_women_of_15_and_over_who_were_asked(sample, persons, estimate, status):
    # One of three, whether they ever had a partner or not. One did not answer; one was not chosen.
    has = sample("sex", "age", "nonpartner_sexual_violence_12_months")
    rows = persons("""
    sex    | age | nonpartner_sexual_violence_12_months
    female | 15  | yes
    female | 40  | no
    female | 80  | no
    female | 40  | ?
    female | 40  | -
    female | 14  | yes
    male   | 40  | yes
    """)
    assert estimate(NONPARTNER, has, rows) == (100 / 3, 3, 1, 0)
    assert status(has, *NONPARTNER) == ("exact", [])


def test_a_survey_of_women_up_to_49_says_so(sample, status):
    has = sample("sex", "age", nonpartner_sexual_violence_12_months={"max_age": 49})
    assert status(has, *NONPARTNER) == ("proxy", ["not_asked_over_49"])


def test_violence_by_a_partner_does_not_tell(sample, status):
    has = sample("sex", "age", "partner_violence_12_months", "violence_sexual_12_months")
    assert status(has, *NONPARTNER) == ("unavailable", ["missing_variable"])
