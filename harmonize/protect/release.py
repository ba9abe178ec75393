"""All cells of the tables of a sample under one name each, with their counts by series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.estimate.taylor import Ratios
from harmonize.protect.relations import Cell, Family, Pair, Relation, families, relations_of
from harmonize.tabulate.support import Seen
from harmonize.tabulate.table import Table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]


class Release:
    """names: of the cells, those of margins that no table shows among them. n, weight: (cells, series) persons
    counted and their weighted number. families: series with the same tables, with the relations of their cells.
    """

    def __init__(self, found: Ratios, tables: Sequence[Table], series: Sequence[int], seen: Seen) -> None:
        """tables: those shown; series: the numbers of those with rows."""
        self.found, self.series, self.seen = found, list(series), seen
        self.categories = {
            name: values for table in tables for name, values in zip(table.columns, table.categories, strict=True)
        }
        there = found.cells[(found.n[:, self.series] > 0).any(axis=1)]
        self._numbers, self.families = families(tables, self.series, there)
        numbers = self._numbers
        self.names: list[Cell] = numbers.names
        self.number: Mapping[Cell, int] = numbers.index
        codes = np.array(list(numbers.of_code), np.int64)
        self._at, self._cell = np.searchsorted(found.cells, codes), np.array(list(numbers.of_code.values()), np.int64)
        self.n = self.counts(found.n)
        self.weight = self.counts(found.weight).astype(np.float64)

    def counts(self, values: Ints) -> Ints:
        """(cells, series) of (codes, series); of a margin that no table shows, the sum of what makes it up."""
        wide = np.zeros((len(self.names), values.shape[1]), np.int64)
        np.maximum.at(wide, self._cell, values[self._at])  # a table without the series has nothing
        for family in self.families:
            for latent, parts in family.margin_of.items():
                wide[latent, family.series] = wide[np.ix_(parts, np.array(family.series))].sum(axis=0)
        return wide

    def largest(self, values: Floats, s: int) -> Floats:
        """(cells) of a series, of what is largest in each code (codes); of a margin that no table shows, in it all."""
        wide = np.zeros(len(self.names))
        np.maximum.at(wide, self._cell, values[self._at])
        for family in self.families:
            if s in family.series:
                for latent, parts in family.margin_of.items():
                    wide[latent] = wide[parts].max()
        return wide

    def rules(self, by_code: Codes) -> Codes:
        """(cells, ...) of rules (codes, ...): that of any code of the cell."""
        wide = np.zeros((len(self.names), *by_code.shape[1:]), np.uint8)
        np.maximum.at(wide, self._cell, by_code[self._at])
        return wide

    def by_code(self, of_cells: Codes) -> Codes:
        """(codes) of (cells); 0 where no table shows the code."""
        wide = np.zeros(len(self.found.cells), np.uint8)
        wide[self._at] = of_cells[self._cell]
        return wide

    def relations_of(self, family: Family, series: Sequence[int]) -> list[Relation]:
        """The relations of the cells of a family, of what some of its series count."""
        return relations_of(family, self._numbers, self.seen, self.categories, series)

    def within(self, smaller: Pair, larger: Pair) -> bool:
        """Whether everybody of one (column, category) is of another."""
        (a, value), (b, other) = smaller, larger
        others = self.seen.of(a, b, self.series)[self.categories[a].index(value)]
        return {self.categories[b][i] for i in np.flatnonzero(others)} <= {other}

    def mean_weight(self, s: int) -> float:
        """The mean weight of the persons whom a series counts; 1 where there are none, or none with a weight."""
        total = self.number.get((), -1)
        if total < 0 or not (self.n[total, s] and self.weight[total, s]):
            return 1.0
        return float(self.weight[total, s] / self.n[total, s])

    def containing(self, columns: Iterable[str]) -> dict[int, Ints]:
        """Cells of one category of these columns, with the cells that lie within."""
        wanted = set(columns)
        return {
            number: np.array([c for c, name in enumerate(self.names) if cell[0] in name], np.int64)
            for number, cell in enumerate(self.names)
            if len(cell) == 1 and cell[0][0] in wanted
        }
