"""Sums of persons by migratory status on each basis at once, sex and single year of age, and of who is unknown.

All are whole numbers (weights in fixed-point units), so that parts add up to the same whatever the order. Which basis
decides is known when all rows were seen: sums are by the status on every basis together, and added up then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from harmonize.distinct.group import Group, whole
from harmonize.distinct.rows import Rows
from harmonize.distinct.tallies import PERSONS, WEIGHT, Told
from harmonize.quality.ages import AGES, ALL_SPANS, SIZE, SPAN_OF
from harmonize.quality.households_of import HouseholdsOf
from harmonize.quality.squares import Whole, squares
from harmonize.tabulate.statuses import BASES, STATUS, status_column

Ints = npt.NDArray[np.int64]
Statuses = tuple[str, ...]
Key = tuple[str, Statuses]  # sample, status on each of BASES, empty on one that the mapping does not have

CELLS = SIZE // AGES * ALL_SPANS  # of households: sex times span of ages
CELL_OF = np.arange(SIZE) // AGES * ALL_SPANS + SPAN_OF[np.arange(SIZE) % AGES]
MOST_HOUSEHOLDS = 40
"""Households of a cell that are told apart; of more it is known that there are as many."""
AT_ONCE = 4096
"""Rows whose households are looked at before it is seen again which cells have enough."""


@dataclass
class OneStatus:
    """Persons, weight and Σw²: (SIZE) by CODE. answers: name -> persons, weight. households: CELLS sets of hashes."""

    persons: Ints = field(default_factory=lambda: np.zeros(SIZE, np.int64))
    weight: Ints = field(default_factory=lambda: np.zeros(SIZE, np.int64))
    square: Whole = field(default_factory=lambda: np.zeros(SIZE, object))
    answers: Counter[str] = field(default_factory=Counter)
    weights: Counter[str] = field(default_factory=Counter)
    households: list[set[int]] = field(default_factory=lambda: [set() for _ in range(CELLS)])

    def join(self, other: OneStatus) -> None:
        """Add the sums of other persons."""
        self.persons += other.persons
        self.weight += other.weight
        self.square += other.square
        self.answers.update(other.answers)
        self.weights.update(other.weights)
        for mine, theirs in zip(self.households, other.households, strict=True):
            _fill(mine, theirs)


class QualitySums:
    """Of all samples of a run: `of` maps (sample, statuses) to OneStatus."""

    def __init__(self) -> None:
        self.of: dict[Key, OneStatus] = {}

    def add(
        self,
        rows: Rows,
        coded: Group,
        names: Sequence[Key],
        which: npt.NDArray[np.int32],
        persons: Ints,
        weight: Ints,
        hashes: HouseholdsOf | None,
    ) -> None:
        """Add the squares of weights, and the households, of rows of one plan. coded: see sex_and_age.

        which: of each row, its place in `names`. persons, weight: (rows), 0 of those not included. hashes: of the
        households of some rows, by their places; None where each row is a household.
        """
        for name in names:
            self.of.setdefault(name, OneStatus())
        code, at = _codes(rows, coded)
        for name, of_codes in zip(names, squares(which, len(names), code, at, persons, weight, SIZE), strict=True):
            self.of[name].square += of_codes
        if hashes is not None:
            self._add_households(names, which, code, at, persons, hashes)

    def add_codes(self, told: Told[tuple[Any, Key]]) -> None:
        """Add persons and weight by sex and age. told: of `sex_and_age`."""
        for (_, name), counts in zip(told.parts, told.counts, strict=True):
            one = self.of.setdefault(name, OneStatus())
            np.add.at(one.persons, told.outcomes[:, 0], counts[:, PERSONS])
            np.add.at(one.weight, told.outcomes[:, 0], counts[:, WEIGHT])

    def add_answers(self, told: Told[tuple[Any, Key]]) -> None:
        """Add who is unknown, and who was not asked. told: of Booleans by such names."""
        for (_, name), (persons, weights) in zip(told.parts, told.sums().tolist(), strict=True):
            one = self.of.setdefault(name, OneStatus())
            for answer, count, weight in zip(told.names, persons, weights, strict=True):
                if count:
                    one.answers[answer] += count
                    one.weights[answer] += weight

    def _add_households(
        self,
        names: Sequence[Key],
        which: npt.NDArray[np.int32],
        code: Ints,
        at: npt.NDArray[np.int32],
        times: Ints,
        hashes: HouseholdsOf,
    ) -> None:
        """Note households, of the cells alone that have not got MOST_HOUSEHOLDS: after the first batches the rare."""
        cell = CELL_OF[code]
        first = 0
        while first < len(which):
            wanted = np.array([[len(each) < MOST_HOUSEHOLDS for each in self.of[name].households] for name in names])
            some = np.empty(AT_ONCE, np.int64)
            found, first = next_wanted(first, which, cell, at, times, wanted, some)
            some = some[:found]
            if found:
                of_cell = which[some].astype(np.uint64) * np.uint64(CELLS) + cell[at[some]].astype(np.uint64)
                for number, hash_ in np.unique(np.stack([of_cell, hashes(some)]), axis=1).T.tolist():
                    _fill(self.of[names[number // CELLS]].households[number % CELLS], [hash_])

    def join(self, other: QualitySums) -> None:
        """Add the sums of other rows."""
        for key, one in other.of.items():
            self.of.setdefault(key, OneStatus()).join(one)

    def as_json(self) -> list[Any]:
        """For json.dumps, as `of_json` takes it."""
        return [
            [
                sample, list(statuses),
                [
                    [int(i), int(one.persons[i]), int(one.weight[i]), int(one.square[i])]
                    for i in np.flatnonzero(one.persons)
                ],
                {name: [one.answers[name], one.weights[name]] for name in sorted(one.answers)},
                {str(i): sorted(each) for i, each in enumerate(one.households) if each},
            ]
            for (sample, statuses), one in sorted(self.of.items())
        ]  # fmt: skip

    @classmethod
    def of_json(cls, content: Iterable[Any]) -> QualitySums:
        """Raises ValueError or TypeError for what is no such content."""
        found = cls()
        for sample, statuses, cells, answers, households in content:
            one = OneStatus()
            for code, persons, weight, square in cells:
                at = _place(code, SIZE)
                one.persons[at], one.weight[at], one.square[at] = persons, weight, int(square)
            for name, (persons, weight) in answers.items():
                one.answers[str(name)], one.weights[str(name)] = int(persons), int(weight)
            for cell, hashes in households.items():
                one.households[_place(int(cell), CELLS)] = {int(each) for each in hashes}
            if len(statuses) != len(BASES) or not set(statuses) <= {*STATUS, ""}:
                raise ValueError("statuses of other bases")
            found.of[str(sample), tuple(statuses)] = one
        return found


@njit(cache=True, nogil=True)
def next_wanted(first: int, part: Any, cell: Any, at: Any, times: Any, wanted: Any, places: Any) -> tuple[int, int]:
    """Places, from `first` on, of counted rows whose part and cell are wanted, while there is room.

    cell: of each combination, `at` which a row has. wanted: (parts, cells). Returns how many there are, and where to go
    on.
    """
    found = 0
    for r in range(first, part.shape[0]):
        if wanted[part[r], cell[at[r]]] and times[r]:
            if found == places.shape[0]:
                return found, r
            places[found] = r
            found += 1
    return found, part.shape[0]


def _codes(rows: Rows, group: Group) -> tuple[Ints, npt.NDArray[np.int32]]:
    """The codes, and of each row which of them it has."""
    found = rows.outcomes(group)
    if found is None:
        return whole(rows.by_row(group))[:, 0], np.arange(rows.height, dtype=np.int32)
    outcomes, lookup = found
    return lookup.of(outcomes.array)[:, 0], lookup.index


def status_columns(rows: Rows) -> list[str]:
    """The column of the status on each of BASES, empty where there is none."""
    return [status_column(basis) if status_column(basis) in rows else "" for basis in BASES]


def key_of_sums(key: tuple[Any, ...], there: Sequence[str]) -> Key:
    """Of the values of a sample, and after them of the columns that there are of `status_columns`."""
    statuses = iter(key[len(key) - sum(map(bool, there)) :])
    return str(key[0]), tuple(str(next(statuses)) if name else "" for name in there)


def _fill(households: set[int], more: Iterable[int]) -> None:
    for each in more:
        if len(households) >= MOST_HOUSEHOLDS:
            return
        households.add(each)


def _place(number: int, size: int) -> int:
    if not 0 <= number < size:
        raise ValueError(f"no place {number}")
    return number
