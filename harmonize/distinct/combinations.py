"""The combinations of some columns' values, numbered as they are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import polars as pl

from harmonize.distinct.kernels import known_places, number_new, pack
from harmonize.distinct.values import Codes, Values, take

ROOM = 22
"""Bits of the codes of a combination together: its table of places takes 4 bytes << ROOM at most."""
MOST_MET = 1 << 18
"""Combinations that are remembered; columns that have more are read row by row."""


class Part(Protocol):
    """One side of a combination: a column, or several that are combined already."""

    @property
    def bits(self) -> int:
        """Bits that its largest code takes."""

    def at(self, codes: Codes) -> list[pl.Series]:
        """The columns' values of these codes."""


class Named:
    """A column with its values, each of which is a combination of its own. count: how many were met so far."""

    def __init__(self, name: str, values: Values) -> None:
        self._name, self.values = name, values

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self.values.cells)

    @property
    def bits(self) -> int:
        """Of the values met so far."""
        return _bits(self.count)

    def at(self, codes: Codes) -> list[pl.Series]:
        """One column."""
        return [take(self.values.cells, codes).alias(self._name)]

    def from_on(self, first: int) -> pl.DataFrame:
        """The values from this number on."""
        return pl.DataFrame([self.values.cells[first:].alias(self._name)])


class Combinations:
    """Of several parts. count: how many were met so far."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._met = np.zeros((0, len(parts)), np.int32)
        self._bits: list[int] = []
        self._place = np.zeros(0, np.int32)

    @property
    def count(self) -> int:
        """How many were met."""
        return len(self._met)

    @property
    def bits(self) -> int:
        """Of the combinations met so far."""
        return _bits(self.count)

    def find(self, codes: Sequence[Codes]) -> Codes | None:
        """The number of each row's combination, (rows). codes: of each part. None where there are too many."""
        bits = [part.bits for part in self._parts]
        if sum(bits) > ROOM:
            return None
        if bits != self._bits:
            self._bits, self._place = bits, np.full(1 << sum(bits), -1, np.int32)
            self._place[self._packed(list(np.ascontiguousarray(self._met.T)))] = np.arange(self.count, dtype=np.int32)
        *firsts, last = codes
        before = self._packed(firsts)
        found = np.empty(len(last), np.int32)
        if not known_places(before, last, bits[-1], self._place, found):
            rows = np.empty(min(MOST_MET - self.count, len(last)), np.int32)
            new = number_new(before, last, bits[-1], self._place, found, self.count, rows)
            if new < 0:
                return None
            self._met = np.vstack([self._met, np.column_stack([each[rows[:new]] for each in codes])])
        return found

    def _packed(self, codes: Sequence[Codes]) -> Codes:
        packed = codes[0]
        for each, bits in zip(codes[1:], self._bits[1:], strict=False):
            together = np.empty(len(each), np.int32)
            pack(packed, each, bits, together)
            packed = together
        return packed

    def at(self, codes: Codes) -> list[pl.Series]:
        """The columns of these combinations."""
        return [column for i, part in enumerate(self._parts) for column in part.at(self._met[codes, i])]

    def from_on(self, first: int) -> pl.DataFrame:
        """The values of all combinations from this number on."""
        return pl.DataFrame(self.at(np.arange(first, self.count, dtype=np.int32)))


def _bits(count: int) -> int:
    return max(count - 1, 0).bit_length()
