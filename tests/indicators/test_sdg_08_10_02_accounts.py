"""8.10.2 on a few adults, the share worked out by hand."""

from __future__ import annotations

ACCOUNT = ("8.10.2", "account_ownership")


def test_it_is_of_persons_of_15_and_over_who_were_asked(sample, persons, estimate, status):
    # Three of four. One does not know; one was not chosen; one is too young, one perhaps.
    has = sample("age", "account_ownership")
    rows = persons("""
    age | account_ownership
    15  | yes
    40  | yes
    80  | yes
    40  | no
    40  | ?
    40  | -
    14  | no
    ?   | no
    """)
    assert estimate(ACCOUNT, has, rows) == (75.0, 4, 1, 0)
    assert status(has, *ACCOUNT) == ("exact", [])


def test_asked_from_18_it_says_so(sample, resolved):
    done = resolved(sample("age", account_ownership={"min_age": 18}), *ACCOUNT)
    assert (done.proxy_reason, done.universe) == ("not_asked_under_18", "aged 18 and over, asked about it")


def test_without_the_question_it_is_unavailable(sample, status):
    assert status(sample("age", "earnings"), *ACCOUNT) == ("unavailable", ["missing_variable"])
