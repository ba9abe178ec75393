"""The state of a run: exact sums by (sample, stratum), cell and series, fed batch by batch.

Sparse: a row exists where a person was met. A cluster that is a household is squared at once; a
coarser cluster stays open, as first-order sums, until `close`. Rows beyond a limit go to temporary files,
by stratum; the names of strata and clusters, and the stratum of each cluster, stay in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.errors import FitError
from harmonize.tabulate import kernel
from harmonize.tabulate.blocks import Rows
from harmonize.tabulate.bundler import Bundler
from harmonize.tabulate.kinds import Mean, kinds_of
from harmonize.tabulate.limbs import HALF
from harmonize.tabulate.side_by_side import lanes, side_by_side
from harmonize.tabulate.store import Store
from harmonize.tabulate.strata import Name, Numbers, Strata
from harmonize.tabulate.sums import FIELDS, FIRST_ORDER
from harmonize.tabulate.tables import Table

Ints = npt.NDArray[np.int64]
LIMIT = 512 << 20
LARGEST_SUM = float(2**63)


class State:
    """Sums of one run. `add` takes batches of whole households, `close` squares what is still open."""

    def __init__(
        self,
        tables: Sequence[Table],
        series: int,
        *,
        clustered: bool,
        limit: int = LIMIT,
        fpc_column: str = "",
        means: Mapping[int, Mean] | None = None,
        to_total: Sequence[int] | None = None,
    ) -> None:
        """tables: the run's tables; series: how many; clustered: a cluster is coarser than a household.

        means: the series that are no shares, by number. to_total: where every cell is paired with that of the
        first table, which has one: of each series, that cell's series; None: as the tables compare cells.

        limit: bytes of rows in memory, for finished and for open clusters each; beyond it they go to
        temporary files in TMPDIR. fpc_column: the column of design.fpc, whose values `add` is given.
        """
        self.tables, self.series, self.clustered = tuple(tables), series, clustered
        self.strata = Strata(fpc_column)  # (sample, stratum...) -> number
        self.clusters = Numbers()  # (sample, stratum..., cluster...) -> number, if clustered
        self.cluster_stratum = np.zeros(0, np.int64)
        self.units_per_stratum = np.zeros(0, np.int64)
        self.sampled_share = np.zeros(0)  # by stratum, where the fpc comes from a column
        size = max((t.offset + t.size for t in tables), default=0)
        self.dense = np.full(size, -1, np.int32)
        self.cells = np.zeros(64, np.int32)
        self.partner = np.full(64, -1, np.int32)  # of each dense cell, the one that it is compared with, or -1
        self.cells_used = 0
        means = means or {}
        asked = [[table.has(s) for s in range(series)] for table in tables]
        self.kinds = kinds_of(series, len(tables), means, to_total, asked)
        self.amount_scale = np.ones(series)
        self.amount_scale[list(means)] = [mean.scale for mean in means.values()]
        self.to_total = to_total is not None
        self._amounts = len(means) + sum(mean.per is not None for mean in means.values())
        self._largest = np.zeros(1 + self._amounts)
        self.deltas = np.array([t.contrast for t in tables], np.int64).reshape(-1, 3)
        self.closed = Store(series, FIELDS, limit)
        self.open = Store(series, FIRST_ORDER, limit)
        store = self.open if clustered else self.closed
        self._folding = Lock()
        self._bundlers: list[Bundler] = []  # one a lane
        self._adding_to = store

    def _number_cells(self, codes: npt.NDArray[np.int32], deltas: Ints) -> None:
        most = self.cells_used + 2 * min(codes.size, self.dense.shape[0])
        most = min(most, self.dense.shape[0] + 64)
        if most > self.cells.shape[0]:
            more = most - self.cells.shape[0]
            self.cells = np.append(self.cells, np.zeros(more, np.int32))
            self.partner = np.append(self.partner, np.full(more, -1, np.int32))
        self.cells_used = kernel.number_cells(codes, deltas, self.dense, self.cells, self.partner, self.cells_used)
        if self.to_total:
            self.partner[: self.cells_used] = self.dense[self.tables[0].offset]

    def add(
        self,
        starts: Ints,
        design: pl.DataFrame,
        stratum_columns: Sequence[str],
        cluster_columns: Sequence[str],
        codes: npt.NDArray[np.int32],
        weight: Ints,
        masks: Sequence[npt.NDArray[np.uint64]],
        persons: Ints | None = None,
        fpc: npt.NDArray[np.float64] | None = None,
        amounts: npt.NDArray[np.uint64] | None = None,
    ) -> None:
        """Add one batch.

        starts: (units + 1) first row of each unit, a run of rows of one household in one stratum and
        cluster; design: a row per unit with `_sample` and the design's columns, texts or numbers that stand
        for them; codes: (rows, tables); weight: fixed-point, not negative, of all persons of the row; masks:
        base, left out, universe and numerator, each (rows, words) with a bit per series, 64 a word; persons:
        how many each row stands for, not negative (None: one each); fpc: (units) of its stratum, nan where
        missing. amounts: (rows, k) of each person, see Kinds, in units of their last decimal.
        Raises FitError if weights or amounts are too large for exact sums, or fpc is not one value a stratum;
        OutputError if the temporary folder is full.
        """
        if amounts is None:
            amounts = np.zeros((len(weight), self._amounts), np.uint64)
        as_floats = weight.astype(np.float64)
        self._largest[0] += float(as_floats.sum())  # no cell has more than all persons
        self._largest[1:] += as_floats @ amounts.astype(np.float64)
        refuse_too_large(self.largest_sum)
        self._number_cells(codes, self.deltas)
        strata = self.strata.of(design.select("_sample", *stratum_columns))
        if fpc is not None:
            self.strata.keep_fpc(strata, fpc)
        if self.clustered:
            keys = self.clusters.of(design.select("_sample", *stratum_columns, *cluster_columns))
            self.cluster_stratum = _longer(self.cluster_stratum, len(self.clusters.index))
            self.cluster_stratum[keys] = strata
        else:
            keys = strata
            self.units_per_stratum = _longer(self.units_per_stratum, len(self.strata.index))
            self.units_per_stratum += np.bincount(strata.astype(np.int64), minlength=len(self.strata.index))
        many = np.zeros(0, np.uint64) if persons is None else persons.astype(np.uint64)
        rest = codes, self.dense, self.partner, weight.astype(np.uint64), many, masks, amounts

        def add(bundler: Bundler, first: int, last: int) -> None:
            bundler.add(starts[first : last + 1], keys[first:last], *rest)

        side_by_side(add, self._of_lanes(lanes(len(keys))), len(keys))

    def _of_lanes(self, many: int) -> list[Bundler]:
        """The bundlers of so many lanes."""
        store = self._adding_to
        while len(self._bundlers) < many:
            self._bundlers.append(Bundler(store, self.tables, self.kinds, lambda: self._parts_of(store), self._folding))
        return self._bundlers[:many]

    def _fold(self) -> None:
        for bundler in self._bundlers:
            bundler.fold()

    @property
    def largest_sum(self) -> float:
        """The sum of all weights, or that of all weighted amounts of a series if it is larger."""
        return float(self._largest.max())

    def _parts_of(self, store: Store) -> Ints:
        """The part of what the rows of a store are kept by: its stratum, or the stratum of its open cluster."""
        parts = self.strata.parts
        return parts[self.cluster_stratum] if store is self.open else parts

    def join_strata(self, names: Sequence[Name], units: Ints, fpc: npt.NDArray[np.float64] | None) -> Ints:
        """Take in strata of another state; their numbers in this one.

        units: finished clusters of each; fpc: of each, if the design has one from a column.
        Raises FitError where the two states have an fpc that is not one a stratum.
        """
        numbers = self.strata.numbers_of(names)
        self.units_per_stratum = _longer(self.units_per_stratum, len(self.strata.index))
        self.units_per_stratum[numbers] += units
        if fpc is not None:
            self.strata.keep_fpc(numbers.astype(np.uint64), fpc)
        return numbers

    def join_clusters(self, names: Sequence[Name], stratum: Ints) -> Ints:
        """Take in open clusters of another state; their numbers in this one. stratum: of each, in this state."""
        numbers = self.clusters.numbers_of(names)
        self.cluster_stratum = _longer(self.cluster_stratum, len(self.clusters.index))
        self.cluster_stratum[numbers] = stratum
        return numbers

    def join_rows(self, store: Store, unit: Ints, code: Ints, rows: Rows) -> None:
        """Add rows of another state to `closed` or `open`.

        unit: stratum or open cluster of each in this state; code: its cell code. The keys of `rows` do not matter.
        """
        met = np.unique(code).astype(np.int32)
        for table, deltas in zip(self.tables, self.deltas, strict=True):
            mine = met[(met >= table.offset) & (met < table.offset + table.size)]
            if mine.size:
                self._number_cells(np.ascontiguousarray(mine[:, None]), deltas[None, :])
        keys = (unit.astype(np.uint64) << HALF) | self.dense[code].astype(np.uint64)
        store.put(rows._replace(keys=keys), self._parts_of(store))

    def stored(self, store: Store) -> Iterator[Rows]:
        """All rows of `closed` or `open`, in blocks of moderate size. Nothing can be added any more."""
        self._fold()
        part_of = self._parts_of(store)
        store.finish(part_of)
        return store.blocks(part_of, 0, _end(self.strata.parts))

    def close(self) -> None:
        """Square the clusters still open. Call once, after the last batch.

        Raises FitError if an fpc says that a stratum has fewer clusters than were met.
        """
        self.units_per_stratum = _longer(self.units_per_stratum, len(self.strata.index))
        self.units_per_stratum += np.bincount(self.cluster_stratum, minlength=len(self.strata.index))
        self.sampled_share = self.strata.sampled_share(self.units_per_stratum)
        parts = self.strata.parts
        self._fold()
        if len(self.cluster_stratum):
            closing = Bundler(self.closed, self.tables, self.kinds, lambda: parts, self._folding)
            offsets = np.array([table.offset for table in self.tables])
            table_of = np.searchsorted(offsets, self.cells[: self.cells_used], side="right") - 1
            for rows in self.stored(self.open):
                closing.close(
                    rows.unit, rows.cell, self.cluster_stratum.astype(np.uint64), rows.rows, table_of, self.partner
                )
            closing.fold()
            self.open.drop()
        self.closed.finish(parts)

    def blocks(self, sample: str) -> Iterator[Rows]:
        """The rows of a sample by (stratum number, dense cell), in blocks of whole strata in canonical order."""
        return self.closed.blocks(self.strata.parts, *self.strata.parts_of(sample))

    @property
    def size(self) -> dict[str, int]:
        """How large the state is: strata, clusters, cells, rows, bytes of those in memory, and of those in files.

        When all was added; the same whatever the lanes.
        """
        return {
            "strata": len(self.strata.index),
            "clusters": int(self.units_per_stratum.sum()),
            "cells": self.cells_used,
            "rows": self.closed.rows,
            "bytes": self.closed.nbytes + self.open.nbytes,
            "spilled": self.closed.in_files + self.open.in_files,
        }


def refuse_too_large(largest_sum: float) -> None:
    """Raises FitError where sums may pass what an integer holds."""
    if largest_sum >= LARGEST_SUM:
        raise FitError(
            "the weights, or the weighted amounts, are too large for exact sums",
            "state design.weight_decimals in the mapping",
        )


def _longer(numbers: Ints, length: int) -> Ints:
    """The same numbers, with zeros up to `length`."""
    more = length - len(numbers)
    return np.append(numbers, np.zeros(more, np.int64)) if more else numbers


def _end(parts: Ints) -> int:
    """One after the last part."""
    return int(parts.max(initial=-1)) + 1
