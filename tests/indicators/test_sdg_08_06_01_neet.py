"""8.6.1 on a few young persons, the share worked out by hand."""

from __future__ import annotations

NEET = ("8.6.1", "neet")


def test_neet_is_neither_employed_nor_in_school_nor_in_training(sample, persons, estimate, status):
    # Five are counted: one is employed, one at school, one in training, two are none of it. One is left out,
    # as the attendance is not known, though work would decide; one was not asked about work and leaves the base.
    has = sample("age", "labour_force_status", "school_attendance", "training_12_months")
    rows = persons("""
    age | labour_force_status  | school_attendance | training_12_months
    15  | employed             | not_attending     | no
    18  | outside_labour_force | attending         | no
    20  | unemployed           | not_attending     | yes
    24  | unemployed           | not_attending     | no
    22  | outside_labour_force | never_attended    | -
    20  | employed             | ?                 | no
    15  | -                    | not_attending     | no
    14  | unemployed           | not_attending     | no
    25  | unemployed           | not_attending     | no
    """)
    assert estimate(NEET, has, rows) == (40.0, 5, 1, 1)
    assert status(has, *NEET) == ("exact", [])


def test_without_the_question_on_training_who_may_be_in_one_is_neet(sample, persons, estimate, status):
    has = sample("age", "labour_force_status", "school_attendance")
    rows = persons("""
    age | labour_force_status | school_attendance
    20  | unemployed          | not_attending
    20  | employed            | attending
    """)
    assert estimate(NEET, has, rows) == (50.0, 2, 0, 0)
    assert status(has, *NEET) == ("proxy", ["no_training"])


def test_where_full_time_students_alone_attend_it_is_a_proxy(sample, status):
    attendance = {"options": {"students": "full_time"}}
    has = sample("age", "labour_force_status", "training_12_months", school_attendance=attendance)
    assert status(has, *NEET) == ("proxy", ["full_time_students"])
