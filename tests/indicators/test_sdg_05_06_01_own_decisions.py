"""5.6.1 on a few women, the shares worked out by hand."""

from __future__ import annotations

OWN = ("5.6.1", "own_decisions")
QUESTIONS = ("decides_health_care", "decides_contraception", "can_refuse_sex")

WOMEN = """
sex    | age | marital_status | decides_health_care | decides_contraception | can_refuse_sex
female | 15  | married        | yes                 | yes                   | yes
female | 49  | in_union       | yes                 | yes                   | no
female | 30  | married        | no                  | no                    | no
female | 30  | married        | no                  | yes                   | yes
female | 30  | married        | no                  | yes                   | ?
female | 30  | ?              | yes                 | yes                   | yes
female | 30  | never_married  | -                   | -                     | -
female | 30  | widowed        | -                   | -                     | -
female | 15  | -              | -                   | -                     | -
female | 14  | married        | yes                 | yes                   | yes
female | 50  | married        | yes                 | yes                   | yes
male   | 30  | married        | yes                 | yes                   | yes
"""


def test_only_who_decides_on_all_three_counts(sample, persons, estimate, status):
    # One of four women in a union. Left out: the one who said no to one question and nothing to another,
    # and the one of whom it is not known whether she is in a union. The girl was not asked about marriage.
    has = sample("sex", "age", "marital_status", *QUESTIONS)
    assert estimate(OWN, has, persons(WOMEN)) == (25.0, 4, 2, 1)
    assert status(has, *OWN) == ("exact", [])


def test_each_decision_has_a_series_that_needs_its_own_answer_alone(sample, persons, estimate, status):
    # Of five women in a union two decide on health care, four on contraception; of four two can refuse.
    has = sample("sex", "age", "marital_status", *QUESTIONS)
    shares = [estimate(("5.6.1", name), has, persons(WOMEN)) for name in QUESTIONS]
    assert shares == [(40.0, 5, 1, 1), (80.0, 5, 1, 1), (50.0, 4, 2, 1)]
    assert status(has, "5.6.1", "can_refuse_sex") == ("exact", [])


def test_with_two_of_the_three_questions_it_says_so(sample, persons, estimate, resolved):
    # By the first two: two of five.
    has = sample("sex", "age", "marital_status", *QUESTIONS[:2])
    assert estimate(OWN, has, persons(WOMEN)) == (40.0, 5, 1, 1)
    done = resolved(has, *OWN)
    assert done.proxy_reason == "2_of_3"
    assert done.universe == "women, aged 15–49, married or in a union"


def test_without_marital_status_it_is_unavailable(sample, status):
    assert status(sample("sex", "age", *QUESTIONS), *OWN) == ("unavailable", ["no_components"])
