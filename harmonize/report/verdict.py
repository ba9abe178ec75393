"""What the difference between migrants and non-migrants lets one say, in one of few words."""

from __future__ import annotations

from enum import Enum

from harmonize.report.numbers import Row, is_hidden, is_unreliable
from harmonize.writers.workbook.blocks import Line


class Verdict(Enum):
    """Of a difference (from 0) or a parity (from 1)."""

    ABOVE = "above"
    BELOW = "below"
    NONE = "none"  # the interval has no difference in it too
    UNRELIABLE = "unreliable"
    HIDDEN = "hidden"
    MISSING = "missing"


def compared(line: Line) -> Row | None:
    """The row that compares migrants with non-migrants."""
    return line.rows.get("difference") or line.rows.get("parity")


def verdict(line: Line) -> Verdict:
    """By the interval; a full count, which has none, by the number itself."""
    row = compared(line)
    if row is None:
        return Verdict.HIDDEN if any(is_hidden(each) for each in _groups(line)) else Verdict.MISSING
    if is_hidden(row):
        return Verdict.HIDDEN
    if row["estimate"] is None:
        return Verdict.MISSING
    if is_unreliable(row) or any(is_unreliable(each) for each in _groups(line)):
        return Verdict.UNRELIABLE
    equal = 1.0 if row["statistic"] == "parity" else 0.0
    lower, upper = row["ci_lower"], row["ci_upper"]
    if lower is None or upper is None:
        lower = upper = row["estimate"]
    return Verdict.ABOVE if lower > equal else Verdict.BELOW if upper < equal else Verdict.NONE


def _groups(line: Line) -> list[Row]:
    return [line.rows[name] for name in ("migrant", "non_migrant") if name in line.rows]
