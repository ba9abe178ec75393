"""3.3.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

HIV = ("3.3.1", "hiv_prevalence")


def test_it_is_of_those_tested_or_asked_and_never_the_official_number(sample, persons, estimate, status):
    # Two of four. One did not answer; two were not tested, and are of no concern.
    has = sample("hiv_positive")
    rows = persons("hiv_positive\nyes\nyes\nno\nno\n?\n-\n-")
    assert estimate(HIV, has, rows) == (50.0, 4, 1, 0)
    assert status(has, *HIV) == ("proxy", ["prevalence_not_incidence"])


def test_without_a_test_or_question_it_is_unavailable(sample, status):
    assert status(sample("age", "health_insurance"), *HIV) == ("unavailable", ["missing_variable"])
