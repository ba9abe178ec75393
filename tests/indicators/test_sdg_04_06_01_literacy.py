"""4.6.1 on a few persons, the shares worked out by hand."""

from __future__ import annotations

ALL, YOUTH, NUMERACY = ("4.6.1", "literacy_15_plus"), ("4.6.1", "literacy_15_24"), ("4.6.1", "numeracy")

PERSONS = """
age | literacy   | numeracy
15  | literate   | yes
24  | illiterate | no
25  | literate   | no
80  | literate   | no
30  | ?          | ?
16  | -          | -
14  | literate   | yes
?   | literate   | yes
"""


def test_literacy_is_of_persons_aged_15_and_over(sample, persons, estimate, status):
    # Three of four are literate; one did not say, one was not asked and leaves the base.
    has = sample("age", "literacy")
    rows = [{name: row[name] for name in ("age", "literacy")} for row in persons(PERSONS)]
    assert estimate(ALL, has, rows) == (75.0, 4, 1, 1)
    assert status(has, *ALL) == ("proxy", ["reported_literacy"])


def test_of_the_young_one_of_two_is_literate(sample, persons, estimate, status):
    has = sample("age", "literacy", "numeracy")
    assert estimate(YOUTH, has, persons(PERSONS)) == (50.0, 2, 0, 1)
    assert status(has, *YOUTH) == ("proxy", ["reported_literacy"])


def test_numeracy_is_exact_where_it_was_assessed(sample, persons, estimate, status):
    has = sample("age", "literacy", "numeracy")
    assert estimate(NUMERACY, has, persons(PERSONS)) == (25.0, 4, 1, 1)
    assert status(has, *NUMERACY) == ("exact", [])
    assert status(sample("age", "literacy"), *NUMERACY) == ("unavailable", ["missing_variable"])
