"""What is wrong with codes, said where it stands."""

# ruff: noqa: E501 - a rule as a mapping writes it stays on one line

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("rule", "code", "column", "message"),
    [
        ("sax: {from: S, codes: {male: 1}}", "M010", 1, "'sax' is not a variable of the schema"),
        ("sex: {from: S}", "M011", 1, "sex: the rule has no kind"),
        ("sex: {from: S, codes: {male: 1}, value: male}", "M011", 34, "sex: codes and value do not go together"),
        ("sex: {from: S, codes: {mal: 1}}", "M012", 24, "sex: 'mal' is not a category"),
        ("age: {from: S, codes: {x: 1}}", "M012", 24, "age: 'x' is not a number"),
        ("sex: {from: S, codes: {male: [1, 2], female: 02}}", "M013", 46, "sex: the code 02 is given to 'female', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: 1..5, female: 3}}", "M013", 44, "sex: the code 3 (in 1..5) is given to 'female', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: 1..5, female: 5..}}", "M013", 44, "sex: a part of the range 5.. (1..5) is given to 'female', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: blank}, missing: {unknown: blank}}", "M013", 57, "sex: the code blank is given to 'unknown', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: 5..1}}", "M014", 30, "the range 5..1 is empty"),
        ("sex: {from: S, codes: {male: a..b}}", "M014", 30, "'a..b' is not a range of codes"),
        ("sex: {from: S, codes: {male: A1..B22}}", "M014", 30, "'A1..B22' is not a range of codes"),
        ("sex: {from: S, codes: {male: B1..A9}}", "M014", 30, "the range B1..A9 is empty"),
        ("sex: {from: S, codes: {male: A1..B9, female: A5}}", "M013", 46, "sex: the code A5 (in A1..B9) is given to 'female', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: A1..B9, female: B8..C1}}", "M013", 46, "sex: a part of the range B8..C1 (A1..B9) is given to 'female', and on line 1 to 'male'"),
        ("sex: {from: S, codes: {male: 1A..3B, female: 20..30}}", "M013", 46, "sex: a part of the range 20..30 (1A..3B) is given to 'female', and on line 1 to 'male'"),
        ("age: {from: S, number: {intervals: {1: A1..B9}}}", "M023", 40, "age: an interval is written 1939..1942"),
        ("age: {from: S, bands: {A1..B9: 1}}", "M023", 24, "age: 'A1..B9' is not a band"),
        ("sex: {from: S, codes: {male: ..}}", "M014", 30, "'..' is not a range of codes"),
        ("sex: {from: S, codes: {male: {a: 1}}}", "M014", 30, "a source code is one value"),
        ("sex: {from: S, lookup: nowhere}", "M016", 24, "no lookup named 'nowhere'"),
        ("sex: {from: S, codes: {male: 1}, optionl: true}", "M018", 34, "sex: 'optionl' is not a key of its rule"),
        ("sex: {codes: {male: 1}}", "M019", 1, "sex: `from` is missing"),
        ("sex: {from: [S, T], codes: {male: 1}}", "M019", 13, "sex: this kind of rule reads one column, `from` has 2"),
        ("sex: {from: S, kind: int, codes: {male: 1}}", "M024", 22, "sex: kind is number or text"),
        ("sex: {from: S, optional: yes, codes: {male: 1}}", "M024", 26, "sex: optional is true or false"),
        ("nativity: {from: S, concept: bith, codes: {native_born: 1}}", "M024", 30, "nativity: concept can't be 'bith'"),
        ("sex: {from: S, number: {}}", "M028", 16, "sex: number is not for a variable of kind category"),
        ("sex: {from: S, codes: {male: 1}, missing: {lost: 9}}", "M012", 44, "sex: missing has unknown and not_applicable, not 'lost'"),
        ("sex: {from: S, universe: martian, codes: {male: 1}}", "M026", 26, "sex: 'martian' is no universe"),
        ("sex: {value: mail}", "M012", 14, "sex: 'mail' is not a category"),
        ("sex: {from: S, value: male}", "M011", 7, "sex: a constant value reads no column"),
        ("nativity_mother: {through: aunt, variable: nativity}", "M025", 28, "nativity_mother: through names a pointer of keys: mother or father"),
        ("nativity_mother: {through: mother, variable: sex}", "M025", 46, "nativity_mother: sex does not have the same categories"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_finding(made: Any, rule: str, code: str, column: int, message: str) -> None:
    assert made.finding(rule) == (code, column, message)


def test_the_nearest_category_is_proposed(made: Any) -> None:
    (finding,) = made.findings("labour_force_status: {from: E, codes: {employd: [1, 2]}}")
    assert finding.help.endswith("did you mean 'employed'?")
    assert finding.help.startswith("categories: employed, unemployed, outside_labour_force, unknown")


def test_all_mistakes_are_found_at_once(made: Any) -> None:
    findings = made.findings("sex: {from: S, codes: {mal: 1, femal: 9..8}, optionl: 1}")
    assert sorted(finding.code for finding in findings) == ["M012", "M012", "M014", "M018"]


def test_codes_that_differ_as_texts_may_share_a_number(made: Any) -> None:
    assert made.findings("sex: {from: S, kind: text, codes: {male: 1, female: '01'}}") == []
    assert made.findings("sex: {from: S, codes: {male: 1, female: '01', unknown: X}}") == []
