"""A range of codes with letters, `A01..B99`: texts as long as its ends, in code-point order."""

from __future__ import annotations

from typing import Any

import pytest

RULE = "sex: {from: S, codes: {male: A01..A99, female: [B01..B50, 2024GQ001..2024HU999], unknown: 9}}"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("A01", "male"),
        ("A99", "male"),
        ("A50 ", "male"),
        ("B50", "female"),
        ("B51", None),
        ("A1", None),
        ("A011", None),
        ("a50", None),
        ("2024GQ001", "female"),
        ("2024HU123", "female"),
        ("2024AA000", None),
        ("2023HU123", None),
        ("9", "unknown"),
        ("", None),
        (None, None),
    ],
)
def test_a_text_is_within_when_it_is_as_long_and_between_the_ends(made: Any, cell: str | None, value: str) -> None:
    out = made.apply(RULE, {"S": [cell]})
    assert out["sex"] == [value]
    assert out["_unmapped_sex"] == [value is None]


def test_a_column_that_the_file_says_is_numeric_holds_none_of_its_texts(made: Any) -> None:
    out = made.apply("sex: {from: S, codes: {male: 1A..2Z, female: 15}}", {"S": ["15", "1"]}, numeric={"S"})
    assert out["sex"] == ["female", None]


def test_numbers_that_no_text_of_the_range_can_be_do_not_overlap_with_it(made: Any) -> None:
    assert made.findings("sex: {from: S, codes: {male: 1A..3B, female: [1..9, 100.., 010..030]}}") == []
