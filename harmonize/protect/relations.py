"""The cells of a release under one name each, and every linear relation between their counts.

A cell is what its persons have in common: pairs of a column and a category. Of the tables shown, all margins are
cells too, shown or not (then *latent*). Relations hold of every count of persons:

- the categories of a variable add up to the margin without it;
- where two variables go together (see tabulate/support.py), the groups of categories that never mix have the same
  persons: `foreign_born` is `migrant`, the kinds of second generation and of no known one are `native_born`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from harmonize.tabulate.support import Seen
from harmonize.tabulate.table import Table

Ints = npt.NDArray[np.int64]
Pair = tuple[str, str]
Cell = tuple[Pair, ...]  # (column, category), by column
Dims = tuple[str, ...]


@dataclass(frozen=True)
class Relation:
    """Sum of sign times the count of a cell = 0. cells: their numbers."""

    cells: Ints
    signs: Ints


@dataclass
class Cells:
    """Numbers of cells. of_code: of each cell code of the state that some shown table has."""

    index: dict[Cell, int] = field(default_factory=dict)
    of_code: dict[int, int] = field(default_factory=dict)

    def number(self, cell: Cell) -> int:
        """The number of a cell, a new one if it is new."""
        return self.index.setdefault(cell, len(self.index))

    @property
    def names(self) -> list[Cell]:
        """The cells in the order of their numbers."""
        return list(self.index)


def cell_of(table: Table, code: int) -> Cell:
    """What the persons of a cell code have in common."""
    code -= table.offset
    found = []
    for column, values in zip(reversed(table.columns), reversed(table.categories), strict=True):
        code, at = divmod(code, len(values))
        found.append((column, values[at]))
    return tuple(sorted(found))


@dataclass(frozen=True)
class Family:
    """Series with the same tables. cells: all of theirs, with the margins. every: the same by columns.

    margin_of: of a cell that no table shows, the cells of one that add up to it.
    """

    series: tuple[int, ...]
    cells: Ints
    margin_of: dict[int, Ints]
    every: dict[Dims, dict[Cell, None]]


def families(tables: Sequence[Table], series: Iterable[int], cells: Ints) -> tuple[Cells, list[Family]]:
    """All series by the tables they are in. cells: the codes that somebody is in."""
    by_tables: dict[tuple[int, ...], list[int]] = {}
    for s in series:
        by_tables.setdefault(tuple(t for t, table in enumerate(tables) if table.has(s)), []).append(s)
    numbers = Cells()
    shown: dict[int, dict[Cell, int]] = {}
    for t, table in enumerate(tables):
        own = cells[(cells >= table.offset) & (cells < table.offset + table.size)]
        shown[t] = {cell_of(table, int(code)): int(code) for code in own}
        for cell, code in shown[t].items():
            numbers.of_code[code] = numbers.number(cell)
    return numbers, [
        _family(numbers, tuple(own), {tuple(sorted(tables[t].columns)): list(shown[t]) for t in which})
        for which, own in by_tables.items()
        if which
    ]


def _family(numbers: Cells, series: tuple[int, ...], shown: Mapping[Dims, list[Cell]]) -> Family:
    """shown: by columns, the cells of the tables of these series."""
    every: dict[Dims, dict[Cell, None]] = {}  # no sets: their order is another in every process
    margin_of: dict[int, Ints] = {}
    for dims, own in sorted(shown.items(), key=lambda each: len(each[0])):
        for size in range(len(dims) + 1):
            for kept in combinations(dims, size):
                if kept in every:
                    continue
                parts: dict[Cell, list[int]] = {}
                for cell in own:
                    parts.setdefault(_margin(cell, kept), []).append(numbers.number(cell))
                every[kept] = dict.fromkeys(parts)
                if kept not in shown:
                    margin_of |= {numbers.number(cell): np.array(part) for cell, part in parts.items()}
    cells = np.array(sorted(numbers.number(cell) for own in every.values() for cell in own), np.int64)
    return Family(series, cells, margin_of, every)


def relations_of(
    family: Family, numbers: Cells, seen: Seen, categories: Mapping[str, Sequence[str]], series: Sequence[int]
) -> list[Relation]:
    """The relations of the counts of some series of a family, which count the same persons or nearly so."""
    made = _Maker(numbers, seen, categories, series)
    return [*made.margins(family.every), *made.same_persons(family.every)]


class _Maker:
    def __init__(
        self, numbers: Cells, seen: Seen, categories: Mapping[str, Sequence[str]], series: Sequence[int]
    ) -> None:
        self.numbers, self.seen, self.categories, self.series = numbers, seen, categories, series
        self._groups: dict[tuple[str, str], list[tuple[set[str], set[str]]]] = {}

    def margins(self, every: Mapping[Dims, Mapping[Cell, None]]) -> Iterator[Relation]:
        for dims, own in every.items():
            for left_out in dims:
                kept = tuple(name for name in dims if name != left_out)
                parts: dict[Cell, list[int]] = {}
                for cell in own:
                    parts.setdefault(_margin(cell, kept), []).append(self.numbers.number(cell))
                for whole, part in parts.items():
                    yield _relation(part, [self.numbers.number(whole)])

    def same_persons(self, every: Mapping[Dims, Mapping[Cell, None]]) -> Iterator[Relation]:
        for first, second in combinations(sorted(every), 2):
            if len(first) != len(second):
                continue
            common = tuple(name for name in first if name in second)
            if len(common) != len(first) - 1:
                continue
            a, b = next(n for n in first if n not in common), next(n for n in second if n not in common)
            groups = self._groups_of(a, b)
            if len(groups) < 2:
                continue
            for context in sorted({_margin(cell, common) for cell in every[first]}):
                for mine, others in groups:
                    left = [_with(context, a, value) for value in mine]
                    right = [_with(context, b, value) for value in others]
                    left = [cell for cell in left if cell in every[first]]
                    right = [cell for cell in right if cell in every[second]]
                    if left and right:
                        yield _relation(map(self.numbers.number, left), map(self.numbers.number, right))

    def _groups_of(self, a: str, b: str) -> list[tuple[set[str], set[str]]]:
        """The categories of two variables in groups that never mix."""
        if (a, b) not in self._groups:
            together = self.seen.of(a, b, self.series)
            rows, columns = self.categories[a], self.categories[b]
            found: list[tuple[set[int], set[int]]] = []
            for i in np.flatnonzero(together.any(axis=1)):
                mine: tuple[set[int], set[int]] = ({int(i)}, set(np.flatnonzero(together[i]).tolist()))
                apart = []
                for group in found:
                    if group[1] & mine[1]:
                        mine = (mine[0] | group[0], mine[1] | group[1])
                    else:
                        apart.append(group)
                found = [*apart, mine]
            self._groups[a, b] = [({rows[i] for i in mine}, {columns[j] for j in others}) for mine, others in found]
        return self._groups[a, b]


def _margin(cell: Cell, kept: Dims) -> Cell:
    return tuple(pair for pair in cell if pair[0] in kept)


def _with(cell: Cell, column: str, value: str) -> Cell:
    return tuple(sorted((*cell, (column, value))))


def _relation(left: Iterable[int], right: Iterable[int]) -> Relation:
    left, right = sorted(left), sorted(right)
    return Relation(np.array([*left, *right], np.int64), np.array([1] * len(left) + [-1] * len(right), np.int64))
