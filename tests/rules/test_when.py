"""Rule kind `when`: the first branch that holds."""

# ruff: noqa: E501 - a rule as a mapping writes it stays on one line

from __future__ import annotations

from typing import Any

import pytest

LABOUR = """\
labour_force_status:
  from: [EMPSTAT, LABFORCE]
  when:
    - {if: "EMPSTAT = 1", then: employed}
    - {if: "EMPSTAT = 2 AND LABFORCE = 2", then: unemployed}
    - {else: {from: EMPSTAT, codes: {outside_labour_force: 3, unknown: 9, not_applicable: [0, blank]}}}
"""


def test_the_first_branch_that_holds_wins_and_else_is_a_rule(made: Any) -> None:
    rows = {"EMPSTAT": ["1", "2", "3", "09", "", "2", "7"], "LABFORCE": ["1", "2", "1", "1", None, "1", "2"]}
    out = made.apply(LABOUR, rows)
    wanted = ["employed", "unemployed", "outside_labour_force", "unknown", "not_applicable", None, None]
    assert out["labour_force_status"] == wanted
    assert out["_unmapped_labour_force_status"] == [value is None for value in wanted]


def test_where_no_branch_holds_the_row_is_unmapped(made: Any) -> None:
    out = made.apply('sex: {from: S, when: [{if: "S = 1", then: male}]}', {"S": ["1", "2"]})
    assert (out["sex"], out["_unmapped_sex"]) == (["male", None], [False, True])


def test_a_bare_else_takes_only_codes_that_something_mentions(made: Any) -> None:
    rule = 'sex: {from: S, when: [{if: "S = 1", then: male}, {if: "S IN (2, 3) AND S <> 3", then: female}, {else: unknown}]}'
    out = made.apply(rule, {"S": ["1", "2", "3", "4", ""]})
    assert out["sex"] == ["male", "female", "unknown", None, None]
    assert out["_unmapped_sex"] == [False, False, False, True, True]


def test_a_bare_else_takes_blank_if_a_condition_asks_about_it(made: Any) -> None:
    rule = 'sex: {from: S, when: [{if: "S = 1 AND S IS NOT NULL", then: male}, {else: unknown}]}'
    assert made.apply(rule, {"S": ["1", "", "2"]})["_unmapped_sex"] == [False, False, True]


def test_an_ordered_comparison_is_about_every_number(made: Any) -> None:
    rule = 'school_attendance: {from: [A, S], when: [{if: "A < 5", then: not_applicable}, {if: "S = 1", then: attending}, {else: not_attending}]}'
    out = made.apply(rule, {"A": ["4", "30", "7", "7.5", "8"], "S": ["", "1", "1", "1", "2"]})
    assert out["school_attendance"] == ["not_applicable", "attending", "attending", "attending", None]


def test_codes_that_a_branch_lists_are_mentioned(made: Any) -> None:
    rule = """\
sex:
  from: [S, R]
  when:
    - {if: "R = 1", then: {from: S, codes: {male: [1, 3], female: 2}}}
    - {else: unknown}
"""
    out = made.apply(rule, {"S": ["3", "4", "3", "4"], "R": ["1", "1", "2", "1"]})
    assert out["sex"] == ["male", None, None, None]
    assert out["_unmapped_sex"] == [False, True, True, True]


def test_missing_goes_before_the_branches(made: Any) -> None:
    rule = 'sex: {from: S, missing: {unknown: 9}, when: [{if: "S > 1", then: female}, {if: "S = 1", then: male}]}'
    assert made.apply(rule, {"S": ["9", "2", "1"]})["sex"] == ["unknown", "female", "male"]


def test_a_number_may_come_from_branches(made: Any) -> None:
    rule = """\
age:
  from: [A, U]
  when:
    - {if: "U = 1", then: 0}
    - {if: "U = 2", then: {from: A, number: {}, missing: {unknown: 99}}}
    - {if: "U = 3", then: not_applicable}
    - {else: {from: A, bands: {0..4: 1, 85..: 2}}}
"""
    out = made.apply(rule, {"A": ["5", "5", "99", "5", "2", "9"], "U": ["1", "2", "2", "3", "4", "4"]})
    assert out["age"] == [0.0, 5.0, None, None, 85.0, None]
    assert out["age__na"] == [False, False, False, True, False, False]
    assert out["age__low"] == [0.0, 5.0, None, None, 85.0, None]
    assert out["age__high"] == [0.0, 5.0, None, None, float("inf"), None]
    assert out["_unmapped_age"] == [False] * 5 + [True]


def test_a_first_list_may_be_named_by_any_of_its_columns(made: Any) -> None:
    rule = 'sex: {from: {first: [S, SEX]}, when: [{if: "S = 1", then: male}, {if: "SEX = 2", then: female}]}'
    assert made.apply(rule, {"SEX": ["1", "2"]})["sex"] == ["male", "female"]


@pytest.mark.parametrize(
    ("rule", "code", "column", "message"),
    [
        ("sex: {from: S, when: 5}", "M027", 22, "sex: when is a list of branches"),
        ('sex: {from: S, when: [{if: "S = 1"}]}', "M027", 23, "sex: a branch is {if:, then:}, or {else:} at the end"),
        ('sex: {from: S, when: [{else: male}, {if: "S = 1", then: male}]}', "M027", 23, "sex: else is not the last branch"),
        ('sex: {from: S, when: [{if: "S = 1", then: mule}]}', "M012", 43, "sex: 'mule' is not a category"),
        ('sex: {from: S, when: [{if: "S = 1", then: {from: S, codes: {mule: 1}}}]}', "M012", 61, "sex: 'mule' is not a category"),
        ('sex: {from: S, when: [{if: "S = 1", then: {from: S}}]}', "M011", 44, "sex: the rule has no kind"),
        ('sex: {from: [S, R], when: [{if: "S = 1", then: male}]}', "M030", 7, "sex: no condition or branch reads R"),
        ('sex: {from: [S, R], missing: {unknown: 9}, when: [{if: "S = R", then: male}]}', "M019", 21, "sex: missing needs one column, `from` has several"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(made: Any, rule: str, code: str, column: int, message: str) -> None:
    assert made.finding(rule) == (code, column, message)


def test_the_kind_of_a_column_holds_in_the_branches_too(made: Any) -> None:
    rule = """\
sex:
  from: [S, R]
  kind: KIND
  when:
    - {if: "R = '1'", then: {from: S, codes: {male: 01, female: 02}}}
    - {else: {from: S, kind: number, codes: {male: 1, female: 2}}}
"""
    rows = {"S": ["1", "01", "01"], "R": ["1", "1", "2"]}
    assert made.apply(rule.replace("KIND", "text"), rows)["sex"] == [None, "male", "male"]
