"""4.3.1 on a few persons, the shares worked out by hand."""

from __future__ import annotations

YOUTH, ADULTS = ("4.3.1", "participation_15_24"), ("4.3.1", "participation_25_64")
YEAR = {"options": {"period": "12_months"}}

PERSONS = """
age | school_attendance | training_12_months
15  | attending         | no
24  | not_attending     | yes
20  | not_attending     | no
20  | never_attended    | -
20  | attending         | ?
20  | ?                 | yes
20  | -                 | no
25  | attending         | no
64  | not_attending     | no
40  | never_attended    | no
14  | attending         | no
65  | attending         | no
"""


def test_youth_take_part_at_school_or_in_training(sample, persons, estimate, status):
    # Four are counted, two of them take part. Of two one of the answers is not known: they are left out though
    # the other decides it. One was not asked about school.
    has = sample("age", "training_12_months", school_attendance=YEAR)
    assert estimate(YOUTH, has, persons(PERSONS)) == (50.0, 4, 2, 1)
    assert status(has, *YOUTH) == ("exact", [])


def test_adults_are_25_to_64(sample, persons, estimate):
    has = sample("age", "training_12_months", school_attendance=YEAR)
    assert estimate(ADULTS, has, persons(PERSONS)) == (100 * 1 / 3, 3, 0, 0)


def test_attendance_now_and_no_question_on_training_are_reasons_for_a_proxy(sample, status):
    has = sample("age", "school_attendance")
    assert status(has, *YOUTH) == ("proxy", ["no_training", "current_attendance"])
    assert status(has, *ADULTS) == ("proxy", ["no_training", "current_attendance"])
