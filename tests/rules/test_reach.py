"""A branch that no row gets to is told; whatever may hold of somebody is not."""

from __future__ import annotations

import pytest

from harmonize.mapping.located import Text
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.reach import Reach, reach


def of(text: str) -> Reach:
    condition, findings = parse_condition(Text(text), "")
    assert condition is not None, findings
    return reach(condition.root)


@pytest.mark.parametrize(
    "text",
    [
        "A > 10 AND A < 5",
        "A = 1 AND A = 2",
        "A IN (1, 2) AND B = 1 AND A >= 3",
        "A < 5 AND A > 5",
        "5 < A AND A <= 5",
        "5 <= A AND A < 5",
        "A BETWEEN 1 AND 3 AND A = 4",
        "A = 1 AND (A = 2 AND B IS NULL)",
    ],
)
def test_no_number_meets_two_comparisons_that_exclude_each_other(text: str) -> None:
    assert of(text).nobody == "A"


@pytest.mark.parametrize(
    "text",
    [
        "A > 10 AND A < 11",  # a number may have decimals
        "A >= 5 AND A <= 5",
        "A = 1 OR A = 2",
        "A = 1 AND NOT A = 2",
        "A = 1 AND A <> 2",
        "A = '1' AND A = '01'",
        "A = 1 AND A = 01",  # the same number, or two texts
        "A = 1 AND B = 2",
        "A + 1 = 5 AND A = 1",
        "A > B AND A < 5 AND B > 10",
        "A IS NULL AND A = 1 AND B = 1",
    ],
)
def test_what_may_hold_of_somebody_is_not_told(text: str) -> None:
    assert of(text).nobody is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A >= 15", "A >= 65"),
        ("A IN (1, 2)", "A = 2 AND B = 1"),
        ("A > 5", "A = 6 AND B IS NULL"),
        ("A BETWEEN 1 AND 9", "A IN (3, 4) AND NOT B = 1"),
    ],
)
def test_a_wider_condition_takes_every_row_of_a_narrower_one(first: str, second: str) -> None:
    assert of(first).takes(of(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A >= 65", "A >= 15"),
        ("A = 1 AND B = 1", "A = 1"),
        ("A = 1 AND B IS NULL", "A = 1"),
        ("A = 1", "A = 1 OR B = 1"),
        ("A < 5", "A <= 5"),
        ("A IN (1, 2)", "A IN (2, 3)"),
        ("NOT A = 2", "A = 1"),
        ("A = 1", "B = 1"),
        ("A = 1", "A BETWEEN 1 AND 1"),  # of texts, 01 too
    ],
)
def test_a_condition_that_leaves_rows_to_the_next_is_not_told(first: str, second: str) -> None:
    assert not of(first).takes(of(second))
