"""Conditions: a whitelisted part of SQL over cells that are read as text."""

from __future__ import annotations

from typing import Any

import pytest

from harmonize.mapping.located import Text
from harmonize.rules.condition_parser import parse_condition

REST = "sample: {{country: MEX, year: 2020}}\ndesign: {{weight_kind: none}}\ninclude: {{if: '{}', reason: a test}}\n"
ROWS = {
    "A": ["1", "02", "3", "", None, "x"],
    "B": ["3", "2", "1", "1", "2", ""],
    "T": ["a", "b ", "", "A", "01", "1"],
}


def holding(made: Any, condition: str) -> list[int]:
    rest = REST.format(condition.replace("'", "''"))
    rows = {name: list(cells) for name, cells in ROWS.items()}
    out = made.apply("sex: {value: male}", rows, rest)["_include"]
    assert all(value is not None for value in out)
    return [i for i, value in enumerate(out) if value]


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("A = 1", [0]),
        ("A = 01", [0]),
        ("1 = A", [0]),
        ("A <> 1", [1, 2, 5]),
        ("A != 1", [1, 2, 5]),
        ("NOT A = 1", [1, 2, 5]),
        ("A < 3", [0, 1]),
        ("3 > A", [0, 1]),
        ("A >= 2", [1, 2]),
        ("A < -1", []),
        ("A > -1.5", [0, 1, 2]),
        ("A BETWEEN 2 AND 3", [1, 2]),
        ("A NOT BETWEEN 2 AND 3", [0]),
        ("A IN (1, 3)", [0, 2]),
        ("A NOT IN (1, 3)", [1, 5]),
        ("A IN (-1, 2.0)", [1]),
        ("A IS NULL", [3, 4]),
        ("A IS NOT NULL", [0, 1, 2, 5]),
        ("A = 1 OR B = 1", [0, 2, 3]),
        ("A = 1 OR B = 2 AND A = 2", [0, 1]),
        ("(A = 1 OR B = 2) AND A = 2", [1]),
        ("NOT (A = 1 OR B = 2)", [2]),
        ("NOT (A IS NULL OR A = 1)", [1, 2, 5]),
        ("A = B", [1]),
        ("A < B", [0]),
        ("A + B = 4", [0, 1, 2]),
        ("A - B > 0", [2]),
        ("A * 2 >= 4", [1, 2]),
        ("A + B * 2 = 7", [0]),
        ("-A = -1", [0]),
        ("A + B IN (4)", [0, 1, 2]),
        ("T = 'a'", [0]),
        ("T = 'b'", [1]),
        ("T IN ('a', 'A')", [0, 3]),
        ("T <> 'a'", [1, 3, 4, 5]),
        ("T = '01'", [4]),
        ("\"T\" = 'a'", [0]),
        ("a = 1 OR A = 1", [0]),
    ],
)
def test_a_condition_holds_for_these_rows_and_never_where_a_blank_leaves_it_open(
    made: Any, condition: str, rows: list[int]
) -> None:
    assert holding(made, condition) == rows


@pytest.mark.parametrize(
    ("condition", "code", "start", "message"),
    [
        ("1 < A < 3", "M021", 1, "a chained comparison"),
        ("A = 1 AND 1 < A <= 3", "M021", 11, "a chained comparison"),
        ("(A = 1) = (B = 2)", "M021", 2, "a comparison inside a comparison"),
        ("EMPSTAT = 1", "M022", 1, "the condition names EMPSTAT, which is not in `from`"),
        ("A = NULL", "M020", 5, "nothing equals NULL"),
        ("A IN (1, NULL)", "M020", 10, "NULL in a list"),
        ("A IN (SELECT 1)", "M020", 7, "SELECT is not allowed in a condition"),
        ("A IN (1, B)", "M020", 10, "B in a list"),
        ("A LIKE 'x%'", "M020", 3, "LIKE is not allowed in a condition"),
        ("A = 1 OR upper(B) = 'X'", "M020", 10, "upper(...): functions are not allowed in a condition"),
        ("SUM(A) = 1", "M020", 1, "SUM(...): functions are not allowed in a condition"),
        ("A / 2 = 1", "M020", 3, "'/' is not allowed in a condition"),
        ("A % 2 = 1", "M020", 3, "'%' is not allowed in a condition"),
        ("A || B = 'x'", "M020", 3, "'||' is not allowed in a condition"),
        ("A::INT = 1", "M020", 2, "'::' is not allowed in a condition"),
        ("A = 1 -- so", "M020", 7, "'--' is not allowed in a condition"),
        ("A == 1", "M020", 3, "'==' is not allowed in a condition"),
        ("A = 1; B", "M020", 6, "';' is not allowed in a condition"),
        ("`A` = 1", "M020", 1, "'`' is not allowed in a condition"),
        ("CASE WHEN A = 1 THEN 1 END = 1", "M020", 1, "CASE is not allowed in a condition"),
        ("A", "M020", 1, "this is not a comparison"),
        ("A = 1 OR B", "M020", 10, "this is not a comparison"),
        ("NOT A", "M020", 5, "this is not a comparison"),
        ("A + 1", "M020", 1, "this is not a comparison"),
        ("1 = 1", "M020", 1, "the condition names no column"),
        ("A = 1 OR 1 = 1", "M020", 10, "a comparison that names no column"),
        ("A + 'x' = 1", "M020", 1, "a sum of texts"),
        ("-'x' = A", "M020", 1, "a sum of texts"),
        ("A + 1 IS NULL", "M020", 1, "IS NULL asks about a column"),
        ("A = 1 AND", "M020", 7, "something is missing after AND"),
        ("(A = 1", "M020", 1, "a parenthesis that is not closed"),
        ("(A = 1 B", "M020", 8, "B can't stand here"),
        ("A = 1 A", "M020", 7, "A can't stand here"),
        ("A NOT = 1", "M020", 7, "= can't stand here"),
        ("A = 1 IS NULL", "M021", 5, "a comparison inside a comparison"),
        ("A IN (1) = 2", "M021", 1, "a comparison inside a comparison"),
        ("A = (1, 2)", "M020", 7, ", can't stand here"),
        ("A IS DISTINCT FROM 1", "M020", 6, "DISTINCT is not allowed in a condition"),
        ("A <=> 1", "M020", 5, "> can't stand here"),
        ("current_date > '2020'", "M022", 1, "the condition names current_date, which is not in `from`"),
        ("", "M020", 1, "an empty condition"),
    ],
)
def test_everything_else_is_refused_where_it_stands(condition: str, code: str, start: int, message: str) -> None:
    parsed, findings = parse_condition(Text(condition), "made.yaml", ["A", "B", "T"])
    assert parsed is None
    assert [(f.code, f.column, f.message) for f in findings] == [(code, start, message)]


def test_a_chained_comparison_is_told_what_to_write() -> None:
    _, (finding,) = parse_condition(Text("1 < X <= 3"), "made.yaml", ["X"])
    assert finding.help == "write X > 1 AND X <= 3"


def test_the_place_counts_from_inside_the_quotes_of_the_file(made: Any) -> None:
    (finding,) = made.findings('sex: {from: S, when: [{if: "S = 1 OR R = 2", then: male}]}')
    assert (finding.code, finding.line, finding.column, finding.end_column) == ("M022", 1, 38, 39)


def test_a_column_may_have_any_name_in_double_quotes(made: Any) -> None:
    rest = REST.format('"household.A b" = 1')
    assert made.apply("sex: {value: male}", {"household.A b": ["1", "2"]}, rest)["_include"] == [True, False]


def test_a_long_list_is_read(made: Any) -> None:
    listed = ", ".join(str(i) for i in range(2, 5000))
    assert holding(made, f"A IN ({listed})") == [1, 2]


@pytest.mark.parametrize(
    "condition", [" OR ".join(["A = 1"] * 1000), "NOT " * 500 + "A = 1", "(" * 500 + "A = 1" + ")" * 500]
)
def test_a_condition_without_end_is_refused_before_it_exhausts_anything(condition: str) -> None:
    _, (finding,) = parse_condition(Text(condition), "made.yaml", ["A"])
    assert (finding.code, "more than" in finding.message) == ("M020", True)


def test_digits_of_other_scripts_are_no_numbers() -> None:
    _, (finding,) = parse_condition(Text("A = ١"), "made.yaml", ["A"])
    assert (finding.code, finding.column) == ("M020", 5)


def test_a_sum_beyond_all_numbers_is_open_as_a_blank_is(made: Any) -> None:
    test = "A * B - A * B = 0 OR NOT A * B > 0"
    rule = f'sex: {{from: [A, B], when: [{{if: "{test}", then: male}}, {{if: "A > 0", then: female}}]}}'
    assert made.apply(rule, {"A": ["1e300", "1"], "B": ["1e300", "1"]})["sex"] == ["female", "male"]
