"""Sums by replicate weight: x and y of each replicate, per (sample, cell, series), in place of squares.

Whole numbers, so that no order of rows, chunks, files or parts changes a bit. They stay in memory: 16 bytes a
replicate, and as much for the directions of the weights (see span), for each cell and series that counts somebody.

Persons who share all cells and all bits are first added up with each other, and then once to every cell and series:
of a million persons like those of the American Community Survey, with 80 replicates, 17 tables and 21 series, that took
0.4 seconds where one by one took 2.4; 5,000 patterns at a time took 0.7.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.tabulate import replicate_kernel as kernel
from harmonize.tabulate.kinds import Mean, kinds_of
from harmonize.tabulate.span import NONE, Directions, Hashes, hashes_of, kept_of, put_all
from harmonize.tabulate.state import refuse_too_large
from harmonize.tabulate.table import Table

Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
ROOM = 32 << 20  # bytes of the vectors of patterns


class SavedReplicates(NamedTuple):
    """Sums as a file holds them: of each slot the place of its sample among `samples`, its cell code, and its series.

    x, y: (slots, replicates). lists: (slots, kept), filled up with NONE. hashes, directions: of all that lists have.
    largest: see ReplicateSums.largest.
    """

    samples: list[str]
    sample: Ints
    cell: Ints
    series: Ints
    x: Ints
    y: Ints
    lists: Hashes
    hashes: Hashes
    directions: npt.NDArray[np.int32]
    largest: npt.NDArray[np.float64]


class ReplicateSums:
    """Sums of a run. `add` takes batches, `sums` gives those of a sample."""

    def __init__(
        self,
        tables: Sequence[Table],
        series: int,
        replicates: int,
        *,
        means: Mapping[int, Mean] | None = None,
        left_out: Collection[int] = (),
        patterns: int | None = None,
    ) -> None:
        """series: how many; means: those that are no shares, by number; left_out: those whose sums are not wanted.

        patterns: how many are held before they are added to the sums; None: as many as there is room for.
        """
        self.replicates, self.wanted = replicates, [s for s in range(series) if s not in left_out]
        means = means or {}
        asked = [[table.has(s) for s in range(series)] for table in tables]
        self._kinds = kinds_of(series, len(tables), means, None, asked)
        self._words = _words_of(self.wanted, series)
        self._shares = _words_of([s for s in self.wanted if s not in means], series)
        self._most = 1 + len(means) + sum(mean.per is not None for mean in means.values())
        self._amounts = self._most - 1
        patterns = patterns or max(ROOM // (8 * replicates), 1_000)
        self._patterns = kernel.no_patterns(patterns, len(tables), len(self._words), self._most, replicates)
        self._samples: dict[str, int] = {}
        codes = max((table.offset + table.size for table in tables), default=0)
        self._row_of = np.full((0, codes), -1, np.int32)
        self._slot_of = np.full((64, series), -1, np.int32)
        self._used = np.zeros(2, np.int64)  # rows of it, slots
        self._x, self._y = np.zeros((2, 0, replicates), np.int64)
        self._lists = np.full((256, kept_of(replicates)), NONE)
        self._counts = np.zeros(256, np.int64)
        self.directions = Directions(replicates)
        self.largest = np.zeros(1 + self._amounts)  # that any sum of weights, or of weighted amounts, may be

    def add(
        self,
        starts: Ints,
        design: pl.DataFrame,
        codes: npt.NDArray[np.int32],
        masks: Sequence[Masks],
        weights: Ints,
        amounts: Masks | None = None,
    ) -> None:
        """Add a batch: starts, codes, masks and amounts as State.add has them; design: a row per unit with `_sample`.

        weights: (rows, replicates) fixed-point, of all persons of the row.
        Raises FitError if weights or amounts are too large for exact sums.
        """
        if amounts is None:
            amounts = np.zeros((len(codes), self._amounts), np.uint64)
        hashes, most = hashes_of(weights)
        self._measure(most, amounts)
        universe, numerator = masks[2] & self._words, masks[3] & self._shares
        names = design["_sample"]
        self._numbers(names.unique().to_list())
        sample = np.repeat(names.replace_strict(self._samples, return_dtype=pl.Int64).to_numpy(), np.diff(starts))
        self._number(sample, codes, universe, weights, hashes)
        row = 0
        while row < len(codes):
            row = kernel.gather(
                row, sample, codes, universe, numerator, amounts, weights, self._kinds.above, self._kinds.below,
                self._most, self._patterns,
            )  # fmt: skip
            if row < len(codes):
                self._flush()

    def _numbers(self, names: Sequence[str]) -> Ints:
        """The number of each sample."""
        found = [self._samples.setdefault(name, len(self._samples)) for name in names]
        more = np.full((len(self._samples) - len(self._row_of), self._row_of.shape[1]), -1, np.int32)
        self._row_of = np.append(self._row_of, more, axis=0)
        return np.array(found, np.int64)

    def _measure(self, most: Ints, amounts: Masks) -> None:
        """Refuse sums that may be too large. most: (rows) the largest weight of each."""
        as_floats = most.astype(np.float64)
        self.largest[0] += float(as_floats.sum())
        self.largest[1:] += as_floats @ amounts.astype(np.float64)
        refuse_too_large(float(self.largest.max()))

    def _number(
        self, sample: Ints, codes: npt.NDArray[np.int32], universe: Masks, weights: Ints, hashes: Hashes
    ) -> None:
        entered = np.zeros(len(codes), np.bool_)
        row = 0
        while row < len(codes):
            row = kernel.number(
                row, sample, codes, universe, hashes, self._kinds.asked, self._row_of, self._slot_of, self._lists,
                self._counts, self._used, entered,
            )  # fmt: skip
            if row < len(codes):
                self._make_room()
        self.directions.put(hashes, weights, entered)
        self.directions.settle(self._lists)

    def _make_room(self) -> None:
        if self._used[0] == len(self._slot_of):
            self._slot_of = np.append(self._slot_of, np.full_like(self._slot_of, -1), axis=0)
        if self._used[1] == len(self._counts):
            self._lists = np.append(self._lists, np.full_like(self._lists, NONE), axis=0)
            self._counts = np.append(self._counts, np.zeros_like(self._counts))

    def _flush(self) -> None:
        more = int(self._used[1]) - len(self._x)
        if more > 0:
            zeros = np.zeros((max(more, len(self._x)), self.replicates), np.int64)
            self._x, self._y = np.append(self._x, zeros, axis=0), np.append(self._y, zeros, axis=0)
        kernel.flush(
            self._patterns, self._row_of, self._slot_of, self._kinds.asked, self._kinds.above, self._kinds.below,
            self._x, self._y,
        )  # fmt: skip

    def _slots(self, sample: str, cells: Ints, s: int) -> Ints:
        """The slot of each cell, -1 where nobody counts."""
        if sample not in self._samples or not len(cells):
            return np.full(len(cells), -1, np.int64)
        rows = self._row_of[self._samples[sample], cells]
        return np.where(rows >= 0, self._slot_of[rows, s], -1).astype(np.int64)

    def sums(self, sample: str, cells: Ints, s: int) -> tuple[Ints, Ints]:
        """X and Y of a series, (cells, replicates). cells: their codes."""
        self._flush()
        slots = self._slots(sample, cells, s)
        there = (slots >= 0)[:, None]
        x, y = (np.where(there, each[slots], 0) if len(each) else np.zeros((len(slots), self.replicates), np.int64)
                for each in (self._x, self._y))  # fmt: skip
        return x, y

    def ranks(self, sample: str, cells: Ints, s: int, others: Ints | None = None, other: int = 0) -> Ints:
        """The rank of the matrix of replicate weights of those who count in each cell, (cells).

        others: cells, of whom those who count in the series `other` are taken too.
        """
        slots = self._slots(sample, cells, s)
        second = slots if others is None else self._slots(sample, others, other)
        kept = kept_of(self.replicates)
        lists = [self._lists[slot, : self._counts[slot]] if slot >= 0 else self._lists[0, :0] for slot in slots]
        if others is not None:
            more = [self._lists[slot, : self._counts[slot]] if slot >= 0 else self._lists[0, :0] for slot in second]
            full = [self.directions.rank(each) == self.replicates for each in lists]
            lists = [a if done else np.union1d(a, b)[:kept] for a, b, done in zip(lists, more, full, strict=True)]
        return np.array([self.directions.rank(each) for each in lists], np.int64)

    @property
    def size(self) -> dict[str, int]:
        """How large the sums are: cells and series, bytes that they use."""
        count = int(self._used[1])
        each = 16 * self.replicates + 8 * kept_of(self.replicates)
        return {"replicate_sums": count, "replicate_bytes": count * each + self.directions.rows.nbytes}

    def saved(self) -> SavedReplicates:
        """All of it, in an order that the order of rows does not change."""
        self._flush()
        names = sorted(self._samples)
        place = np.zeros(len(names), np.int64)
        place[[self._samples[name] for name in names]] = np.arange(len(names))
        sample, cell = np.nonzero(self._row_of >= 0)
        rows = self._row_of[sample, cell]
        at, series = np.nonzero(self._slot_of[rows] >= 0)
        sample, cell = place[sample[at]], cell[at]
        order = np.lexsort((series, cell, sample))
        slots = self._slot_of[rows[at], series][order]
        lists = self._lists[slots]
        self.directions.keep(lists)
        return SavedReplicates(
            names, sample[order], cell[order], series[order], self._x[slots], self._y[slots], lists,
            self.directions.hashes, self.directions.rows, self.largest,
        )  # fmt: skip

    def join(self, saved: SavedReplicates) -> None:
        """Add the sums of another part. Raises FitError if they are too large together."""
        self.largest += saved.largest
        refuse_too_large(float(self.largest.max()))
        numbers = self._numbers(saved.samples)
        slots = np.zeros(len(saved.cell), np.int64)
        for i, (sample, cell, s) in enumerate(zip(numbers[saved.sample], saved.cell, saved.series, strict=True)):
            self._make_room()
            if self._row_of[sample, cell] < 0:
                self._row_of[sample, cell] = self._used[0]
                self._used[0] += 1
            row = self._row_of[sample, cell]
            if self._slot_of[row, s] < 0:
                self._slot_of[row, s] = self._used[1]
                self._used[1] += 1
            slots[i] = self._slot_of[row, s]
        self._flush()
        self._x[slots] += saved.x
        self._y[slots] += saved.y
        counts = (saved.lists != NONE).sum(axis=1)
        put_all(slots, saved.lists, counts, self._lists, self._counts)
        self.directions.join(saved.hashes, saved.directions)
        self.directions.settle(self._lists)


def _words_of(series: Sequence[int], count: int) -> Masks:
    """A bit for each of the series, 64 a word."""
    words = [0] * max(1, -(-count // 64))
    for s in series:
        words[s // 64] |= 1 << (s % 64)
    return np.array(words, np.uint64)
