"""The combinations of some columns' values, numbered as they are met."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import polars as pl

from harmonize.distinct.kernels import give_places, known_places, number_new, pack
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

    def columns(self, codes: Codes) -> dict[str, tuple[Named, Codes]]:
        """Each column by its name, and its own code of each of these codes."""


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

    def columns(self, codes: Codes) -> dict[str, tuple[Named, Codes]]:
        """This one."""
        return {self._name: (self, codes)}

    def from_on(self, first: int) -> pl.DataFrame:
        """The values from this number on."""
        return pl.DataFrame([self.values.cells[first:].alias(self._name)])


class Combinations:
    """Of several parts. count: how many were met so far.

    Threads may look for theirs at once: what was met is found without waiting, what is new is numbered by one.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._met = np.zeros((0, len(parts)), np.int32)
        self._places: tuple[list[int], Codes] = [], np.zeros(0, np.int32)
        self._numbering = threading.Lock()

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
        found = np.empty(len(codes[0]), np.int32)
        bits, place = self._places
        if bits == self._bits_of_parts():  # else codes may be beyond the places
            before = _packed(codes[:-1], bits)
            if known_places(before, codes[-1], bits[-1], place, found):
                return found
        with self._numbering:
            return self._number(codes, found)

    def _number(self, codes: Sequence[Codes], found: Codes) -> Codes | None:
        bits = self._bits_of_parts()
        if sum(bits) > ROOM:
            return None
        if bits != self._places[0]:
            place = np.full(1 << sum(bits), -1, np.int32)
            place[_packed(list(np.ascontiguousarray(self._met.T)), bits)] = np.arange(self.count, dtype=np.int32)
            self._places = bits, place
        place, before, last = self._places[1], _packed(codes[:-1], bits), codes[-1]
        if not known_places(before, last, bits[-1], place, found):
            rows = np.empty(min(MOST_MET - self.count, len(last)), np.int32)
            count = self.count
            new = number_new(before, last, bits[-1], place, found, count, rows)
            if new < 0:
                return None
            try:
                self._met = np.vstack([self._met, np.column_stack([each[rows[:new]] for each in codes])])
            except BaseException:
                give_places(before, last, bits[-1], place, rows[:new], -1, 0)
                raise
            give_places(before, last, bits[-1], place, rows[:new], count, 1)  # what they stand for is there
        return found

    def _bits_of_parts(self) -> list[int]:
        return [part.bits for part in self._parts]

    def at(self, codes: Codes) -> list[pl.Series]:
        """The columns of these combinations."""
        return [column for i, part in enumerate(self._parts) for column in part.at(self._met[codes, i])]

    def columns(self, codes: Codes) -> dict[str, tuple[Named, Codes]]:
        """Each column by its name, and its codes in these combinations."""
        found: dict[str, tuple[Named, Codes]] = {}
        for i, part in enumerate(self._parts):
            found |= part.columns(self._met[codes, i])
        return found

    def from_on(self, first: int) -> pl.DataFrame:
        """The values of all combinations from this number on."""
        return pl.DataFrame(self.at(np.arange(first, self.count, dtype=np.int32)))


class Narrow:
    """Which combination of some columns each combination of more columns has.

    wide: those of more. combinations: of the columns `names` alone, the values of one.
    """

    def __init__(self, wide: Combinations, combinations: Named | Combinations, names: Sequence[str]) -> None:
        self.combinations = combinations
        self._wide, self._names = wide, names
        self._codes = np.zeros(0, np.int32)
        self._looking = threading.Lock()

    @property
    def codes(self) -> Codes | None:
        """(wide combinations); None where those of the few columns are too many."""
        if len(self._codes) < self._wide.count:
            with self._looking:
                columns = self._wide.columns(np.arange(len(self._codes), self._wide.count, dtype=np.int32))
                codes = [columns[name][1] for name in self._names]
                more = self.combinations.find(codes) if isinstance(self.combinations, Combinations) else codes[0]
                if more is None:
                    return None
                self._codes = np.append(self._codes, more)
        return self._codes


def _packed(codes: Sequence[Codes], bits: Sequence[int]) -> Codes:
    packed = codes[0]
    for each, of_each in zip(codes[1:], bits[1:], strict=False):
        together = np.empty(len(each), np.int32)
        pack(packed, each, of_each, together)
        packed = together
    return packed


def _bits(count: int) -> int:
    return max(count - 1, 0).bit_length()
