"""How a number of the tables is told: `37.1`, `37.1 (u)`, `..` or `-`, and its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmonize.words import Words

Row = Mapping[str, Any]
SUPPRESSED, MISSING = "..", "-"
#: Of what compares two groups, what it is where they are equal.
EQUAL = {"difference": 0.0, "gap": 0.0, "parity": 1.0, "ratio": 1.0}
MOST_DECIMALS = 5
ONE_DECIMAL = ("percent", "percentage_points", "years")


def is_hidden(row: Row) -> bool:
    """Whether the number is not given, to protect persons. Such a row has no number at all."""
    return bool(row["conf_status"] != "F")


def is_told(row: Row | None) -> bool:
    """Whether there is a number to show."""
    return row is not None and not is_hidden(row) and row["estimate"] is not None


def is_unreliable(row: Row) -> bool:
    """Whether the number is flagged."""
    return bool(row["obs_status"] == "U")


def number(words: Words, value: float, unit: str) -> str:
    """A value of that unit: percentages with one decimal, persons with none, all others with two."""
    return words.decimal(value, _decimals(unit))


def _decimals(unit: str) -> int:
    return 0 if unit == "count" else 1 if unit in ONE_DECIMAL else 2


def shown(words: Words, row: Row, name: str) -> str:
    """`estimate`, `ci_lower` or `ci_upper` of a row that has it.

    Where the interval of a difference has no 0 in it, or that of a parity no 1, with the decimals that show it.
    """
    value, lower, upper = row[name], row["ci_lower"], row["ci_upper"]
    decimals, equal = _decimals(row["unit"]), EQUAL.get(row["statistic"])
    if equal is not None and lower is not None and upper is not None and (lower > equal or upper < equal):
        while round(value, decimals) == equal and decimals < MOST_DECIMALS:
            decimals += 1
    return words.decimal(value, decimals)


def estimate(words: Words, row: Row) -> str:
    """The number without its flag, or the sign in its place."""
    if is_hidden(row):
        return SUPPRESSED
    return MISSING if row["estimate"] is None else shown(words, row, "estimate")


def flagged(words: Words, row: Row) -> str:
    """The number with its flag: `37.1 (u)`."""
    text = estimate(words, row)
    return f"{text} (u)" if is_told(row) and is_unreliable(row) else text


def interval(words: Words, row: Row) -> str:
    """`[23.7, 52.9]`; empty where there is none."""
    if not is_told(row) or row["ci_lower"] is None or row["ci_upper"] is None:
        return ""
    lower, upper = shown(words, row, "ci_lower"), shown(words, row, "ci_upper")
    return f"[{words.listed((lower, upper))}]" if "," in lower + upper else f"[{lower}, {upper}]"
