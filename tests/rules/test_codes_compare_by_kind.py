"""Codes compare by kind, numeric or text, never by the type a reader would infer."""

from __future__ import annotations

from typing import Any

import pytest

SEX = "sex: {from: S, codes: {male: 1, female: 2}}"
WATER = "electricity: {from: E, codes: {yes: [1..3, '07'], no: 75.., unknown: -9..-1, not_applicable: blank}}"


@pytest.mark.parametrize("cell", ["1", "01", "001", "1.0", "1.", " 1", "1 ", "+1", "1e0"])
def test_a_number_ignores_leading_zeros_point_zero_and_spaces(made: Any, cell: str) -> None:
    assert made.apply(SEX, {"S": [cell]})["sex"] == ["male"]


@pytest.mark.parametrize("cell", ["x", "1x", "1.5", "nan", "inf", "", "  ", None, "11", "-1", "9"])
def test_what_is_not_listed_is_unmapped_blank_included(made: Any, cell: str | None) -> None:
    out = made.apply(SEX, {"S": [cell]})
    assert (out["sex"], out["_unmapped_sex"]) == ([None], [True])


@pytest.mark.parametrize(("cell", "value"), [("1", "male"), ("1  ", "male"), (" 1", None), ("01", None), ("1.0", None)])
def test_a_text_ignores_only_trailing_spaces(made: Any, cell: str, value: str | None) -> None:
    rule = "sex: {from: S, kind: text, codes: {male: 1, female: 2}}"
    assert made.apply(rule, {"S": [cell]})["sex"] == [value]


def test_a_bare_csv_column_is_text_if_any_of_its_codes_is(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 1, female: [2, F]}}"
    assert made.apply(rule, {"S": ["1", "01", "F", "F ", "f"]})["sex"] == [
        "male",
        None,
        "female",
        "female",
        None,
    ]


def test_the_codes_of_all_variables_together_tell_the_kind(made: Any) -> None:
    rules = f"{SEX}\nelectricity: {{from: S, codes: {{yes: A, no: [1, 2]}}}}"
    assert made.apply(rules, {"S": ["1", "01"]})["sex"] == ["male", None]


def test_blank_does_not_make_a_column_text(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 1, female: 2, unknown: blank}}"
    assert made.apply(rule, {"S": ["01", "", " ", None]})["sex"] == ["male", "unknown", "unknown", "unknown"]


def test_the_word_blank_in_quotes_is_a_text(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 'blank', female: blank}}"
    assert made.apply(rule, {"S": ["blank", ""]})["sex"] == ["male", "female"]


def test_the_codebook_says_what_is_numeric(made: Any) -> None:
    rows = {"S": ["1", "01"]}
    assert made.apply(SEX, rows, numeric={"S"})["sex"] == ["male", "male"]
    assert made.apply(SEX, rows, numeric=set())["sex"] == ["male", None]


def test_a_missing_value_of_stata_is_a_code_of_a_numeric_column(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 1, female: 2, unknown: .a, not_applicable: .z}}"
    out = made.apply(rule, {"S": ["01", ".a", ".z", ".b"]}, numeric={"S"})
    assert out["sex"] == ["male", "unknown", "not_applicable", None]


def test_ranges_hold_whole_numbers_and_may_be_open(made: Any) -> None:
    cells = ["1", "3", "4", "2.5", "07", "75", "1e6", "74.9", "-9", "-10", ""]
    values = ["yes", "yes", None, None, "yes", "no", "no", None, "unknown", None, "not_applicable"]
    assert made.apply(WATER, {"E": cells})["electricity"] == values


def test_a_range_in_a_text_column_holds_numbers_written_plainly(made: Any) -> None:
    rule = "electricity: {from: E, codes: {yes: 1..32, no: XX}}"
    assert made.apply(rule, {"E": ["1", "32", "01", "33", "XX"]})["electricity"] == [
        "yes",
        "yes",
        None,
        None,
        "no",
    ]


def test_a_padded_range_in_a_text_column_holds_codes_of_that_width(made: Any) -> None:
    rule = "electricity: {from: E, codes: {yes: 01..32, no: XX}}"
    assert made.apply(rule, {"E": ["01", "32", "1", "001", "XX"]})["electricity"] == [
        "yes",
        "yes",
        None,
        None,
        "no",
    ]


def test_a_wide_range_holds_its_ends(made: Any) -> None:
    rule = "electricity: {from: E, codes: {yes: 0..99999999, no: 100000000..}}"
    out = made.apply(rule, {"E": ["0", "99999999", "100000000", "5.5", "-1"]})
    assert out["electricity"] == ["yes", "yes", "no", None, None]


def test_a_number_of_more_digits_than_a_float_holds_is_text(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 90071992547409921, female: 90071992547409922}}"
    assert made.apply(rule, {"S": ["90071992547409922"]})["sex"] == ["female"]


def test_missing_belongs_to_every_kind(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 1, female: 2}, missing: {unknown: [8, 9], not_applicable: blank}}"
    assert made.apply(rule, {"S": ["1", "9", ""]})["sex"] == ["male", "unknown", "not_applicable"]


def test_a_number_can_come_from_codes(made: Any) -> None:
    rule = "years_of_schooling: {from: E, codes: {0: 1, 6: [2, 3], 16.5: 4, not_applicable: 0, unknown: 9}}"
    out = made.apply(rule, {"E": ["1", "3", "4", "0", "9", "7"]})
    assert out["years_of_schooling"] == [0.0, 6.0, 16.5, None, None, None]
    assert out["years_of_schooling__na"] == [False, False, False, True, False, False]
    assert out["_unmapped_years_of_schooling"] == [False] * 5 + [True]


def test_digits_of_other_scripts_are_text_in_a_mapping_as_in_the_data(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: ١, female: ٢}}"
    assert made.apply(rule, {"S": ["١", "٢", "1"]})["sex"] == ["male", "female", None]
