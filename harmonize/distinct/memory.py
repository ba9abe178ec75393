"""What was met in the batches so far: values, their combinations, and what expressions make of them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from harmonize.distinct.combinations import Combinations, Named, Part
from harmonize.distinct.group import Group, Outcomes
from harmonize.distinct.values import Values, WrittenNumbers, values_of


class Memory:
    """Of one run. What is told apart by its identity is kept here, so that nothing else takes its place.

    too_many: columns whose combinations are too many to be remembered.
    """

    def __init__(self) -> None:
        self.too_many: set[tuple[str, ...]] = set()
        self._values: dict[tuple[str, pl.DataType], Values] = {}
        self._written: dict[tuple[str, pl.DataType], WrittenNumbers] = {}
        self._named: dict[tuple[str, int], Named] = {}
        self._combinations: dict[tuple[int, ...], Combinations] = {}
        self._outcomes: dict[tuple[int, int], tuple[Group, Outcomes]] = {}

    def values(self, column: pl.Series) -> Values:
        """The values of a column of the batches."""
        key = (column.name, column.dtype)
        if key not in self._values:
            self._values[key] = values_of(column.dtype)
        return self._values[key]

    def written(self, column: pl.Series) -> WrittenNumbers:
        """The texts of a column of numbers that stand for them."""
        key = (column.name, column.dtype)
        if key not in self._written:
            self._written[key] = WrittenNumbers(column.dtype)
        return self._written[key]

    def named(self, name: str, values: Values) -> Named:
        """A column as a part of combinations."""
        key = (name, id(values))
        if key not in self._named:
            self._named[key] = Named(name, values)
        return self._named[key]

    def combinations(self, parts: Sequence[Part]) -> Combinations:
        """Of these parts."""
        key = tuple(id(part) for part in parts)
        if key not in self._combinations:
            self._combinations[key] = Combinations(parts)
        return self._combinations[key]

    def outcomes(self, group: Group, of: Named | Combinations | None) -> Outcomes:
        """What a group makes of them."""
        key = (id(group), id(of))
        if key not in self._outcomes:
            self._outcomes[key] = group, Outcomes(group, of)
        return self._outcomes[key][1]
