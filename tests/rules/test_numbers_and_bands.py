"""Rule kinds `number` and `bands`."""

# ruff: noqa: E501 - a rule as a mapping writes it stays on one line

from __future__ import annotations

from math import inf
from typing import Any

import pytest


def test_a_number_is_read_and_missing_codes_are_null(made: Any) -> None:
    rule = "age: {from: A, number: {top_code: 110}, missing: {unknown: 999, not_applicable: [blank, N]}}"
    out = made.apply(rule, {"A": ["034", "0", "110", "999", "0999", "", "N"]})
    assert out["age"] == [34.0, 0.0, 110.0, None, None, None, None]
    assert out["age__na"] == [False] * 5 + [True, True]
    assert not any(out["_unmapped_age"])


@pytest.mark.parametrize("cell", ["x", "", None, "-1", "121", "nan", "inf", "12a"])
def test_no_number_or_one_outside_the_variable_is_unmapped(made: Any, cell: str | None) -> None:
    out = made.apply("age: {from: A, number: {}}", {"A": [cell]})
    assert (out["age"], out["_unmapped_age"]) == ([None], [True])


def test_min_and_max_bound_the_source_and_are_within(made: Any) -> None:
    out = made.apply("age: {from: A, number: {min: 10, max: 98}}", {"A": ["10", "98", "9", "99"]})
    assert out["_unmapped_age"] == [False, False, True, True]


def test_a_missing_code_inside_the_bounds_is_missing(made: Any) -> None:
    out = made.apply("age: {from: A, number: {}, missing: {unknown: 99, not_applicable: -9..-1}}", {"A": ["99", "-3"]})
    assert (out["age"], out["_unmapped_age"]) == ([None, None], [False, False])


def test_scale_multiplies(made: Any) -> None:
    out = made.apply("hours_worked_week: {from: H, number: {scale: 0.1, max: 990}}", {"H": ["405", "991"]})
    assert out["hours_worked_week"] == [40.5, None]


def test_a_decimal_comma_is_read_where_the_mapping_says_so(made: Any) -> None:
    rest = "read: {decimal: ',', separator: ';'}\nsample: {country: MEX, year: 2020}\ndesign: {weight_kind: none}\n"
    assert made.apply("hours_worked_week: {from: H, number: {}}", {"H": ["40,5"]}, rest)["hours_worked_week"] == [40.5]


def test_an_interval_has_its_ends_beside_the_value(made: Any) -> None:
    rule = "year_of_arrival: {from: Y, number: {intervals: {1939: 1939..1942, 3: 1960..1964}}}"
    out = made.apply(rule, {"Y": ["1939", "1950", "3", "4"]})
    assert out["year_of_arrival"] == [1939.0, 1950.0, 1960.0, None]
    assert out["year_of_arrival__low"] == [1939.0, 1950.0, 1960.0, None]
    assert out["year_of_arrival__high"] == [1942.0, 1950.0, 1964.0, None]
    assert out["_unmapped_year_of_arrival"] == [False, False, False, True]


def test_bands_give_both_ends(made: Any) -> None:
    rule = "age: {from: A, bands: {0..4: 1, 5..9: [2, 3], 85..: 18}, missing: {unknown: 99}}"
    out = made.apply(rule, {"A": ["01", "3", "18", "99", "4"]})
    assert out["age"] == [0.0, 5.0, 85.0, None, None]
    assert out["age__low"] == [0.0, 5.0, 85.0, None, None]
    assert out["age__high"] == [4.0, 9.0, inf, None, None]
    assert out["_unmapped_age"] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("rule", "code", "message"),
    [
        ("age: {from: A, number: 5}", "M023", "age: number is a block"),
        ("age: {from: A, number: {topcode: 5}}", "M018", "age: 'topcode' is not a key of number"),
        ("age: {from: A, number: {min: a}}", "M023", "age: min can't be read"),
        ("age: {from: A, number: {min: 9, max: 1}}", "M023", "age: min is above max"),
        ("age: {from: A, kind: text, number: {}}", "M023", "age: a number can't be of kind: text"),
        ("age: {from: A, number: {intervals: {1: 5}}}", "M023", "age: an interval is written 1939..1942"),
        ("age: {from: A, bands: {0..4: 1, 3..9: 2}}", "M023", "age: the bands 0..4 and 3..9 overlap"),
        ("age: {from: A, bands: {x: 1}}", "M023", "age: 'x' is not a band"),
        ("age: {from: A, bands: {0..4: 1, 5..9: 1}}", "M013", "age: the code 1 is given to '5..9', and on line 1 to '0..4'"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(made: Any, rule: str, code: str, message: str) -> None:
    found, _, said = made.finding(rule)
    assert (found, said) == (code, message)
