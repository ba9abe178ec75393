"""4.1.1 on a few children, the shares worked out by hand."""

from __future__ import annotations

READING, MATHEMATICS = ("4.1.1", "reading"), ("4.1.1", "mathematics")


def test_reading_and_mathematics_are_of_those_assessed_in_each(sample, persons, estimate, status):
    # Reading: one of two, one result is lost. Mathematics: two of two. One child was not assessed.
    has = sample("reading_proficiency", "mathematics_proficiency")
    rows = persons("""
    reading_proficiency | mathematics_proficiency
    yes                 | yes
    no                  | yes
    ?                   | -
    -                   | -
    """)
    assert estimate(READING, has, rows) == (50.0, 2, 1, 0)
    assert estimate(MATHEMATICS, has, rows) == (100.0, 2, 0, 0)
    assert status(has, *READING) == ("proxy", ["grades_not_told"])
