"""How many persons of a run, and of how much weight, hold what expressions say: by parts of the rows.

The rows of a batch are gone through to count combinations of columns alone. What expressions make of those is worked
out when all rows are counted, of each combination once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.combinations import Combinations, Named
from harmonize.distinct.combining import Combined
from harmonize.distinct.group import Group, whole
from harmonize.distinct.kernels import add_counts, tally_both
from harmonize.distinct.lookup import WAYS, Lookup
from harmonize.distinct.rows import Rows
from harmonize.distinct.values import Codes

Ints = npt.NDArray[np.int64]
Part = TypeVar("Part", bound=Hashable)

PERSONS, WEIGHT = 0, 1
MOST = 1 << 22
"""Counts that are kept, 64 MB, by all tallies of a run together; what would be more is told before, or at once."""
_FEW = 1 << 10
"""Combinations that are counted in several ways, see tally_both; of more, rows of one seldom follow each other."""


class Told(NamedTuple, Generic[Part]):
    """What was counted of expressions of one group, by parts.

    outcomes: (combinations, expressions), Booleans as 0 and 1, null as 0. counts: (parts, combinations, 2), persons and
    weight.
    """

    group: Group
    names: Sequence[str]
    outcomes: Ints
    parts: Sequence[Part]
    counts: Ints

    def sums(self) -> Ints:
        """Outcomes times persons and weight, (parts, 2, expressions)."""
        return self.counts.transpose(0, 2, 1) @ self.outcomes


class Tallies(Generic[Part]):
    """Of rows that have the columns of the groups, whose outcomes are not below 0.

    tell: is called with what was counted, of each group any number of times. Groups whose columns are counted together
    with others need no count of their own.
    """

    def __init__(self, groups: Sequence[Group], tell: Callable[[Told[Part]], None]) -> None:
        self._groups = sorted(groups, key=lambda group: -len(group.columns))
        self._tell = tell
        self._covers: list[_Cover] = []
        self._by_row: list[Group] = []
        self._places: dict[Part, int] = {}

    def add(self, rows: Rows, parts: Sequence[Part], part: Codes, persons: Ints, weight: Ints) -> None:
        """Count rows. part: of each row, its place in `parts`. persons, weight: what each counts for, (rows)."""
        if not self._goes_on(rows, len(self._places) + len(parts)):
            self.tell_all()
            self._cover(rows)
        at = np.array([self._places.setdefault(each, len(self._places)) for each in parts])
        kept = self._size(len(self._places)) <= MOST
        by_index: dict[int, list[_Cover]] = {}
        for cover in self._covers:
            by_index.setdefault(id(cover.lookup(rows).index), []).append(cover)
        for covers in by_index.values():
            lookup = covers[0].lookup(rows)
            counts = _counted(lookup.index, lookup.reach, part, len(parts), persons, weight)
            for cover in covers:
                cover.add(counts, cover.lookup(rows), at, len(self._places))
                if not kept:
                    self._tell_of(cover)
        for group in self._by_row:
            for name, column in zip(group.names, whole(rows.by_row(group)).T, strict=True):
                values = np.arange(int(column.max()) + 1)
                counts = _counted(column.astype(np.int32), len(values), part, len(parts), persons, weight)
                self._tell(Told(group, [name], values[:, None], parts, counts))

    @property
    def kept(self) -> int:
        """Counts of persons and weight that are not yet told."""
        return sum(cover.kept for cover in self._covers)

    def tell_all(self) -> None:
        """Tell all that is counted so far, and count anew."""
        for cover in self._covers:
            self._tell_of(cover)
        self._places.clear()

    def _size(self, parts: int) -> int:
        """Counts of so many parts together."""
        return parts * sum(cover.count for cover in self._covers)

    def _goes_on(self, rows: Rows, parts: int) -> bool:
        """Whether rows are counted by the same combinations as those before, and so many parts of them are kept."""
        return bool(self._places) and self._size(parts) <= MOST and all(cover.covers(rows) for cover in self._covers)

    def _tell_of(self, cover: _Cover) -> None:
        codes, counts = cover.taken()
        if parts := list(self._places)[: len(counts)]:  # of whom nobody counts too: there is such a part
            for group, outcomes in cover.outcomes(codes):
                self._tell(Told(group, group.names, outcomes, parts, counts))

    def _cover(self, rows: Rows) -> None:
        """Decide of which combinations each group is told; those of most columns come first."""
        self._covers, self._by_row = [], []
        for group in self._groups:
            few = set(group.columns)
            cover = next((each for each in self._covers if few.issubset(each.columns)), None) if group.by_row else None
            if cover is None and group.by_row and few and (found := rows.combined(group.columns)) is not None:
                self._covers.append(cover := _Cover(group.columns, found))
            (self._by_row if cover is None else cover.groups).append(group)


class _Cover:
    """Counts of the combinations of some columns, and the groups that are told of them."""

    def __init__(self, columns: tuple[str, ...], combined: Combined) -> None:
        self.columns = columns
        self.groups: list[Group] = []
        self._combinations: Named | Combinations = combined[0]
        self._counts = np.zeros((0, 0, 2), np.int64)

    @property
    def kept(self) -> int:
        """Counts of persons and weight."""
        return self._counts.size // 2

    @property
    def count(self) -> int:
        """Combinations."""
        return self._combinations.count

    def covers(self, rows: Rows) -> bool:
        """Whether rows, which are numbered for that, have the same combinations."""
        found = rows.combined(self.columns)
        return found is not None and found[0] is self._combinations

    def lookup(self, rows: Rows) -> Lookup:
        """Which of the combinations each row has."""
        found = rows.combined(self.columns)
        assert found is not None
        return found[1]

    def add(self, counts: Ints, lookup: Lookup, at: npt.NDArray[np.int64], parts: int) -> None:
        """Add counts by the index of the lookup, (parts of the rows, index, 2). at: those parts among all."""
        before, count = self._counts.shape[:2], self.count
        if parts > before[0] or count > before[1]:
            grown = np.zeros((max(parts, before[0]), max(count + count // 4, before[1]), 2), np.int64)
            grown[: before[0], : before[1]] = self._counts
            self._counts = grown
        table = np.arange(lookup.reach, dtype=np.int32) if lookup.table is None else lookup.table
        add_counts(counts, table, at, self._counts)

    def taken(self) -> tuple[Codes, Ints]:
        """The combinations that occur, and the counts of each, which are forgotten."""
        counts, self._counts = self._counts, np.zeros((0, 0, 2), np.int64)
        codes = np.flatnonzero(counts.any(axis=(0, 2)))
        return codes.astype(np.int32), counts[:, codes]

    def outcomes(self, codes: Codes) -> list[tuple[Group, Ints]]:
        """What each group makes of these combinations, (combinations, expressions)."""
        expressions = [expr for group in self.groups for expr in group.expressions]
        named = [expr.alias(f"_told_{i}") for i, expr in enumerate(expressions)]
        made = pl.DataFrame(self._combinations.at(codes)).with_columns_seq(named)
        found, first = [], 0
        for group in self.groups:
            last = first + len(group.names)
            found.append((group, whole([made.get_column(f"_told_{i}") for i in range(first, last)])))
            first = last
        return found


def _counted(index: Codes, reach: int, part: Codes, parts: int, persons: Ints, weight: Ints) -> Ints:
    """Persons and weight by part and index, (parts, reach, 2)."""
    counts = np.zeros((WAYS if reach <= _FEW else 1, parts, reach, 2), np.int64)
    tally_both(index, part, persons, weight, counts)
    total: Ints = counts.sum(axis=0) if len(counts) > 1 else counts[0]
    return total
