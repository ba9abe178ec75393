"""Whom the questionnaire asked, and what everybody else is."""

from __future__ import annotations

from typing import Any

NATIVITY = "nativity: {from: N, codes: {native_born: 1, foreign_born: 2, unknown: 9}}\n"
BIRTH = "country_of_birth: {from: N, codes: {domestic: 1, USA: 2, SUN: 3, unknown: 9}}\n"
ASKED = (
    "citizenship_status: {from: C, codes: {citizen: 1, foreign_citizen: 2, not_applicable: 0}, universe: foreign_born"
)
ROWS = {"N": ["1", "2", "2", "9", "1", "2", "9"], "C": ["0", "1", "2", "0", "7", "7", "2"]}


def test_those_outside_the_universe_are_the_others_and_do_not_reach_the_rule(made: Any) -> None:
    out = made.apply(NATIVITY + ASKED + ", others: citizen}", ROWS)
    wanted = ["citizen", "citizen", "foreign_citizen", "unknown", "citizen", None, "foreign_citizen"]
    assert out["citizenship_status"] == wanted
    assert out["_unmapped_citizenship_status"] == [value is None for value in wanted]


def test_without_nativity_the_country_of_birth_tells(made: Any) -> None:
    out = made.apply(BIRTH + ASKED + ", others: citizen}", {"N": ["1", "2", "3", "9"], "C": ["0"] * 4})
    assert out["citizenship_status"] == ["citizen", "unknown", "unknown", "unknown"]


def test_a_citizenship_asked_of_the_foreign_born_alone_is_unavailable_without_others(made: Any) -> None:
    harmoniser = made.harmoniser(NATIVITY + ASKED + "}", ROWS)
    assert set(harmoniser.available) == {"nativity"}
    assert "only the foreign-born were asked" in harmoniser.unavailable["citizenship_status"]


def test_others_need_a_variable_that_tells_who_was_asked(made: Any) -> None:
    assert "citizenship_status" in made.harmoniser(ASKED + ", others: citizen}", ROWS).unavailable


def test_a_universe_of_ages_takes_others_too(made: Any) -> None:
    rule = "age: {from: A, number: {}, missing: {unknown: 99}}\n"
    rule += "literacy: {from: L, universe: {min_age: 5, max_age: 60, others: illiterate}, codes: {literate: 1}}"
    out = made.apply(rule, {"A": ["4", "5", "60", "61", "99"], "L": ["", "1", "1", "1", "1"]})
    assert out["literacy"] == ["illiterate", "literate", "literate", "illiterate", "literate"]


def test_a_universe_without_others_changes_no_value(made: Any) -> None:
    rule = "literacy: {from: L, universe: {min_age: 5}, codes: {literate: 1}}"
    harmoniser = made.harmoniser(rule, {"L": []})
    assert harmoniser.available["literacy"].universe == {"min_age": 5}
    assert made.apply(rule, {"L": ["1"]})["literacy"] == ["literate"]


def test_others_must_be_a_category_and_need_a_universe(made: Any) -> None:
    assert made.finding(ASKED + ", others: citizens}")[0] == "M012"
    assert made.finding("sex: {from: S, codes: {male: 1}, others: female}")[0] == "M026"
