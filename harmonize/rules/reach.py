"""Which conditions no row can meet: `A > 10 AND A < 5`, and one after another that takes all its rows.

Only what is certain is told. Of a condition the parts that AND joins are looked at, each a column against numbers; what
else it says is left aside, which only makes it hold of more rows than it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harmonize.rules.conditions import TURNED, Both, Column, Comparison, Literal_, Node

PLAIN = re.compile(r"0|-?[1-9]\d*")
"""A number that a column of numbers and one of text hold alike."""
Point = tuple[float, int]
"""A place on the line of numbers: the number, and -1 before it, 1 after it; 0 is what `=` finds, in a column of text
that one way to write it, where >= and <= find `01` for 1 too."""
Interval = tuple[Point, Point]
"""All places from the first to the last."""
LOWEST, HIGHEST = (float("-inf"), 0), (float("inf"), 0)


@dataclass(frozen=True)
class Reach:
    """The numbers of each column of which a condition can hold. exact: it says nothing else."""

    columns: dict[str, tuple[Interval, ...]]
    exact: bool

    @property
    def nobody(self) -> str | None:
        """A column of which no number is left, so that it never holds."""
        return next((name for name, numbers in self.columns.items() if not numbers), None)

    def takes(self, other: Reach) -> bool:
        """Whether it holds of every row of which `other` does."""
        return self.exact and all(
            name in other.columns
            and all(any(_within(part, whole) for whole in numbers) for part in other.columns[name])
            for name, numbers in self.columns.items()
        )


def reach(node: Node) -> Reach:
    """What a condition leaves of each column that it compares with numbers."""
    columns: dict[str, tuple[Interval, ...]] = {}
    exact = True
    for part in _joined(node):
        told = _numbers(part)
        if told is None:
            exact = False
            continue
        name, numbers = told
        columns[name] = _both(columns[name], numbers) if name in columns else numbers
    return Reach(columns, exact)


def _joined(node: Node) -> Iterator[Node]:
    if isinstance(node, Both) and not node.either:
        yield from _joined(node.left)
        yield from _joined(node.right)
    else:
        yield node


def _numbers(part: Node) -> tuple[str, tuple[Interval, ...]] | None:
    """The column of a comparison with numbers, and the numbers of which it holds; None for any other."""
    if not isinstance(part, Comparison):
        return None
    left, sign, right = part.left, part.sign, part.right
    if isinstance(left, Literal_):
        left, sign, right = right, TURNED.get(sign, sign), left
    if not isinstance(left, Column) or not isinstance(right, Literal_) or sign == "<>":
        return None
    codes = right.codes
    if right.is_text or any(code.as_text or code.low is None or not PLAIN.fullmatch(code.text) for code in codes):
        return None
    values = sorted({code.low for code in codes if code.low is not None})
    if sign == "=":
        return left.name, tuple(((value, 0), (value, 0)) for value in values)
    value = values[0]
    intervals: dict[str, Interval] = {
        "<": (LOWEST, (value, -1)),
        "<=": (LOWEST, (value, 1)),
        ">": ((value, 1), HIGHEST),
        ">=": ((value, -1), HIGHEST),
    }
    return left.name, (intervals[sign],)


def _both(some: Sequence[Interval], others: Sequence[Interval]) -> tuple[Interval, ...]:
    shared = [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others]
    return tuple((low, high) for low, high in shared if low < high or (low == high and low[1] == 0))


def _within(part: Interval, whole: Interval) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1]
