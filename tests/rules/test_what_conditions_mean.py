"""Two ways of writing one condition have one meaning, and two conditions never have."""

from __future__ import annotations

import pytest

from harmonize.mapping.located import Text
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.conditions import meaning


def means(condition: str) -> str:
    parsed, findings = parse_condition(Text(condition), "made.yaml")
    assert parsed is not None, findings
    return meaning(parsed.root)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A = 1 AND B = 2", "B = 2 AND A = 1"),
        ("A = 1 AND (B = 2 AND C = 3)", "C = 3 AND B = 2 AND A = 1"),
        ("A = 1 OR B = 2 OR A = 1", "B = 2 OR A = 1"),
        ("1 = A", "A = 1"),
        ("3 > A", "A < 3"),
        ("A = B", "B = A"),
        ("A IN (2, 1)", "A IN (1, 2)"),
        ("A IN (1)", "A = 1"),
        ("A BETWEEN 1 AND 3", "A <= 3 AND A >= 1"),
        ("A NOT BETWEEN 1 AND 3", "A > 3 OR A < 1"),
        ("A != 1", "A <> 1"),
    ],
)
def test_one_meaning_in_two_ways(one: str, other: str) -> None:
    assert means(one) == means(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A = 1 AND B = 2", "A = 1 OR B = 2"),
        ("A = 1 OR B = 2 AND C = 3", "(A = 1 OR B = 2) AND C = 3"),
        ("A < B", "B < A"),
        ("A < 3", "3 < A"),
        ("A - B = 1", "B - A = 1"),
        ("A = '1'", "A = 1"),
        ("A = 01", "A = 1"),
        ("NOT A = 1 AND B = 2", "NOT (A = 1 AND B = 2)"),
        ("A IS NULL", "A IS NOT NULL"),
        ('"A = 1" = 2', "A = 1"),
    ],
)
def test_two_meanings_stay_two(one: str, other: str) -> None:
    assert means(one) != means(other)
