"""1.3.1 on a few persons, the shares worked out by hand."""

from __future__ import annotations

ANY, PENSION, CONTRIBUTORS = (("1.3.1", name) for name in ("social_protection", "pension", "contributors"))


def test_coverage_is_of_everybody_who_was_asked(sample, persons, estimate, status):
    # One of three; one did not say, one was not asked.
    has = sample("social_protection_any")
    rows = persons("social_protection_any\nyes\nno\nno\n?\n-")
    assert estimate(ANY, has, rows) == (100 / 3, 3, 1, 1)
    assert status(has, *ANY) == ("exact", [])


def test_a_pension_is_looked_for_from_65_on(sample, persons, estimate, status):
    # Of two aged 65 and 80 one has a pension; the pension of the person of 64 is not looked at.
    has = sample("age", "receives_pension")
    rows = persons("""
    age | receives_pension
    65  | yes
    80  | no
    64  | yes
    70  | ?
    """)
    assert estimate(PENSION, has, rows) == (50.0, 2, 1, 0)
    assert status(has, *PENSION) == ("proxy", ["pension_age_65"])


def test_contributors_are_a_share_of_the_employed(sample, persons, estimate, status):
    # One of two employed; the unemployed are not of them.
    has = sample("age", "labour_force_status", "contributes_to_social_security")
    rows = persons("""
    age | labour_force_status | contributes_to_social_security
    30  | employed            | yes
    30  | employed            | no
    30  | employed            | -
    30  | unemployed          | -
    """)
    assert estimate(CONTRIBUTORS, has, rows) == (50.0, 2, 1, 0)
    assert status(has, *CONTRIBUTORS) == ("proxy", ["part_of_social_protection"])


def test_without_the_question_it_is_said_what_is_missing(sample, status):
    assert status(sample("age"), *ANY) == ("unavailable", ["missing_variable"])
