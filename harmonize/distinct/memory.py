"""What was met in the batches so far: values, their combinations, and what expressions make of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import polars as pl

from harmonize.distinct.combinations import Combinations, Named, Narrow, Part
from harmonize.distinct.group import Group, Outcomes
from harmonize.distinct.values import Codes, Values, WrittenNumbers, values_of

MOST_WIDE = 1 << 13
"""Combinations of which others are told: what is made of those is looked up for each of these in every batch."""
Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Memory:
    """Of one run. What is told apart by its identity is kept here, so that nothing else takes its place.

    Batches that are prepared at once have one memory. too_many: columns whose combinations are too many to be
    remembered.
    """

    def __init__(self) -> None:
        self.too_many: set[tuple[str, ...]] = set()
        self._values: dict[tuple[str, pl.DataType], Values] = {}
        self._written: dict[tuple[str, pl.DataType], WrittenNumbers] = {}
        self._named: dict[tuple[str, int], Named] = {}
        self._combinations: dict[tuple[int, ...], Combinations] = {}
        self._outcomes: dict[tuple[int, int], tuple[Group, Outcomes]] = {}
        self._narrow: dict[tuple[int, tuple[str, ...]], Narrow] = {}
        self._keys: dict[tuple[int, tuple[str, ...]], tuple[bytes, list[tuple[Any, ...]]]] = {}
        self._asked: tuple[tuple[str, ...], ...] = ()
        self._beginning = threading.Lock()

    def values(self, column: pl.Series) -> Values:
        """The values of a column of the batches."""
        return self._kept(self._values, (column.name, column.dtype), lambda: values_of(column.dtype))

    def written(self, column: pl.Series) -> WrittenNumbers:
        """The texts of a column of numbers that stand for them."""
        return self._kept(self._written, (column.name, column.dtype), lambda: WrittenNumbers(column.dtype))

    def named(self, name: str, values: Values) -> Named:
        """A column as a part of combinations."""
        return self._kept(self._named, (name, id(values)), lambda: Named(name, values))

    def combinations(self, parts: Sequence[Part]) -> Combinations:
        """Of these parts."""
        return self._kept(self._combinations, tuple(map(id, parts)), lambda: Combinations(parts))

    def narrow(self, wide: Combinations, names: tuple[str, ...]) -> Narrow | None:
        """Some columns of combinations of more; None where those are too many to be gone through for each batch."""
        if wide.count > MOST_WIDE:
            return None
        parts = [wide.columns(np.zeros(0, np.int32))[name][0] for name in names]
        combinations = self.combinations(parts) if len(parts) > 1 else parts[0]
        return self._kept(self._narrow, (id(wide), names), lambda: Narrow(wide, combinations, names))

    def ask(self, names: tuple[str, ...]) -> None:
        """Columns whose combinations a batch needs, as the next will."""
        if names not in self._asked:
            with self._beginning:
                self._asked = (*self._asked, names)

    def wider(self, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Of those, the ones that hold these columns and others."""
        few = set(names)
        return [each for each in self._asked if len(each) > len(names) > 1 and few.issubset(each)]

    def keys(self, of: Named | Combinations, names: tuple[str, ...], which: Codes) -> list[tuple[Any, ...]]:
        """The values of these columns in some combinations: most batches have those of the one before, kept alone."""
        key, now = (id(of), names), which.tobytes()
        before, found = self._keys.get(key, (b"", []))
        if before != now:
            found = pl.DataFrame(of.at(which)).select(names).rows()
            self._keys[key] = now, found
        return found

    def outcomes(self, group: Group, of: Named | Combinations | None) -> Outcomes:
        """What a group makes of them."""
        return self._kept(self._outcomes, (id(group), id(of)), lambda: (group, Outcomes(group, of)))[1]

    def _kept(self, there: dict[Key, Kept], key: Key, make: Callable[[], Kept]) -> Kept:
        if key not in there:
            with self._beginning:
                if key not in there:
                    there[key] = make()
        return there[key]
