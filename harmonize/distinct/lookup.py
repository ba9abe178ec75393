"""A number for each row, of which others may follow without going through the rows again."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.distinct.kernels import look_up, tally
from harmonize.distinct.values import Codes, Values

WAYS = 4
"""Counts that are kept apart and added up, where a code has that many rows and more."""
_NONE = np.zeros(0, np.int32)
_ONCE = np.zeros(0, np.int64)


class Lookup:
    """index[row], or table[index[row]] where there is a table, a small one.

    Of numbers that follow from others only the table is made anew: the rows are gone through once, if ever.
    """

    def __init__(self, index: Codes, table: Codes | None = None, count: int = 0) -> None:
        self.index, self.table, self._count = index, table, count
        self._numbers: Codes | None = index if table is None else None

    @property
    def reach(self) -> int:
        """One more than `index` can be."""
        return self._count if self.table is None else len(self.table)

    @property
    def numbers(self) -> Codes:
        """Of each row."""
        if self._numbers is None:
            assert self.table is not None
            self._numbers = looked_up(self.index, self.table)
        return self._numbers

    def of(self, made: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What is made of each number, (numbers, ...), by `index`."""
        return made if self.table is None else made[self.table]

    def then(self, made: Codes) -> Lookup:
        """What is made of each number is a number itself: that of each row."""
        return Lookup(self.index, self.of(made))

    def by(self, index: Codes) -> Lookup:
        """The same for other rows, of which this is the index."""
        return Lookup(index, self.table, self._count)


def looked_up(index: Codes, table: Codes) -> Codes:
    """Of each row."""
    found = np.empty(len(index), np.int32)
    look_up(index, table, found)
    return found


def counted(
    index: Codes, reach: int, part: Codes = _NONE, parts: int = 1, times: npt.NDArray[np.int64] = _ONCE
) -> npt.NDArray[np.int64]:
    """How many rows of each part have each index below `reach`, (parts, reach).

    part: of each row, where there are several. times: how often each row counts, else once.
    """
    ways = WAYS if WAYS * reach <= len(index) else 1
    counts = np.zeros((ways, parts, reach), np.int64)
    tally(index, part if parts > 1 else _NONE, times, counts)
    total: npt.NDArray[np.int64] = counts.sum(axis=0)
    return total


def nothing(height: int) -> Lookup:
    """0 for each of so many rows."""
    return Lookup(np.zeros(height, np.int32), count=1)


class Column(NamedTuple):
    """A column as codes of its values."""

    values: Values
    lookup: Lookup
