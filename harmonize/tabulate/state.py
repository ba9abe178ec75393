"""The state of a run: exact sums by (sample, stratum), cell and series, fed batch by batch.

Sparse: a row exists where a person was met. A cluster that is a household is squared at once; a
coarser cluster stays open, as first-order sums, until `close`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.errors import FitError
from harmonize.tabulate import kernel
from harmonize.tabulate.limbs import EMPTY
from harmonize.tabulate.tables import Table

_LARGEST_SUM = float(2**62)


class _Rows:
    """Rows of sums by key (unit number, cell), in arrays that grow."""

    def __init__(self, series: int, fields: int) -> None:
        self.keys = np.full(1 << 12, EMPTY, np.uint64)
        self.slots = np.zeros(1 << 12, np.int64)
        self.rows = np.zeros((1 << 10, series, fields), np.uint64)
        self.used = 0
        self.pair_of = np.full(1 << 10, -1, np.int64)
        self.pairs = np.zeros((1 << 6, series, kernel.PAIR_FIELDS), np.uint64)
        self.paired = 0

    def by_key(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        """(unit number, dense cell, rows), a row each, in no order."""
        there = self.keys != EMPTY
        keys, slots = self.keys[there], self.slots[there]
        order = np.argsort(slots)
        keys = keys[order]
        return (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64), \
            self.rows[: self.used]  # fmt: skip

    def pairs_by_row(self) -> npt.NDArray[np.int64]:
        """For each row of `by_key` its row in `pairs`, or -1."""
        found = np.full(self.used, -1, np.int64)
        found[: self.pair_of.shape[0]] = self.pair_of[: self.used]
        return found


@dataclass
class Numbers:
    """Names met so far, numbered in order of appearance."""

    index: dict[tuple[str, ...], int] = field(default_factory=dict)

    def of(self, frame: pl.DataFrame) -> npt.NDArray[np.uint64]:
        """The number of each row's tuple of texts."""
        named = frame.select(pl.struct(pl.all()).rank("dense").alias("k") - 1, pl.struct(pl.all()).alias("v"))
        firsts = named.unique("k", keep="first").sort("k")
        look = np.fromiter(
            (self.index.setdefault(tuple(v.values()), len(self.index)) for v in firsts["v"]),
            np.uint64,
            firsts.height,
        )
        numbers: npt.NDArray[np.uint64] = look[named["k"].to_numpy()]
        return numbers


class State:
    """Sums of one run. `add` takes batches of whole households, `close` squares what is still open."""

    def __init__(self, tables: Sequence[Table], series: int, *, clustered: bool) -> None:
        """tables: the run's tables; series: how many (at most 64); clustered: a cluster is coarser than a household."""
        if series > 64:
            raise ValueError("at most 64 series in one state")
        self.tables, self.series, self.clustered = tuple(tables), series, clustered
        self.strata = Numbers()  # (sample, stratum...) -> number
        self.clusters = Numbers()  # (sample, stratum..., cluster...) -> number, if clustered
        self.cluster_stratum: list[int] = []
        self.units_per_stratum = np.zeros(0, np.int64)
        size = max((t.offset + t.size for t in tables), default=0)
        self.dense = np.full(size, -1, np.int32)
        self.cells = np.zeros(64, np.int32)
        self.partner = np.full(64, -1, np.int32)
        self.cells_used = 0
        self.deltas = np.array([t.contrast for t in tables], np.int64).reshape(-1, 3)
        self.closed = _Rows(series, kernel.FIELDS)
        self.open = _Rows(series, kernel.FIRST_ORDER)
        self.unit = 0
        self._make_scratch()

    def _make_scratch(self) -> None:
        size = self.cells.shape[0]
        self.scratch = np.zeros((size, self.series, kernel.FIRST_ORDER), np.uint64)
        self.mark = np.zeros(size, np.int64)
        self.local = np.zeros(size, np.int32)
        self.touched = np.zeros(size, np.int64)

    def _number_cells(self, codes: npt.NDArray[np.int32]) -> None:
        most = self.cells_used + 2 * min(codes.size, self.dense.shape[0])
        most = min(most, self.dense.shape[0] + 64)
        if most > self.cells.shape[0]:
            wide = np.zeros(most, np.int32)
            wide[: self.cells_used] = self.cells[: self.cells_used]
            partner = np.full(most, -1, np.int32)
            partner[: self.cells_used] = self.partner[: self.cells_used]
            self.cells, self.partner = wide, partner
            self._make_scratch()
        self.cells_used = kernel.number_cells(codes, self.deltas, self.dense, self.cells, self.partner, self.cells_used)

    def add(
        self,
        starts: npt.NDArray[np.int64],
        design: pl.DataFrame,
        stratum_columns: Sequence[str],
        cluster_columns: Sequence[str],
        codes: npt.NDArray[np.int32],
        weight: npt.NDArray[np.int64],
        masks: Sequence[npt.NDArray[np.uint64]],
    ) -> None:
        """Add one batch.

        starts: (units + 1) first row of each unit, a run of rows of one household in one stratum and
        cluster; design: a row per unit with `_sample` and the design's columns as text; codes:
        (rows, tables); weight: fixed-point, not negative; masks: base, left out, universe and
        numerator, a bit per series. Raises FitError if the weights are too large for exact sums.
        """
        if float(weight.astype(np.float64).sum()) > _LARGEST_SUM:
            raise FitError("the weights are too large for exact sums", "state design.weight_decimals in the mapping")
        self._number_cells(codes)
        strata = self.strata.of(design.select("_sample", *stratum_columns))
        if self.clustered:
            keys = self.clusters.of(design.select("_sample", *stratum_columns, *cluster_columns))
            fresh = len(self.clusters.index) - len(self.cluster_stratum)
            self.cluster_stratum.extend([0] * fresh)
            for k in np.unique(keys, return_index=True)[1]:
                self.cluster_stratum[int(keys[k])] = int(strata[k])
        else:
            keys = strata
            grown = np.zeros(len(self.strata.index), np.int64)
            grown[: self.units_per_stratum.shape[0]] = self.units_per_stratum
            self.units_per_stratum = grown + np.bincount(strata.astype(np.int64), minlength=grown.shape[0])
        into = self.open if self.clustered else self.closed
        base, left_out, universe, numerator = masks
        (
            into.keys, into.slots, into.rows, into.used, into.pair_of, into.pairs, into.paired, self.unit, overflow,
        ) = kernel.tabulate(
            starts, keys, not self.clustered, codes, self.dense, weight.astype(np.uint64), base, left_out, universe,
            numerator, self.partner, self.scratch, self.mark, self.local, self.touched, self.unit, into.keys,
            into.slots, into.rows, into.used, into.pair_of, into.pairs, into.paired,
        )  # fmt: skip
        if overflow:
            raise FitError("the weighted sums are too large for 64 bits", "state design.weight_decimals in the mapping")

    def close(self) -> None:
        """Square the clusters still open. Call once, after the last batch."""
        if not self.clustered:
            return
        cluster, cell, rows = self.open.by_key()
        stratum = np.array(self.cluster_stratum, np.uint64)
        self.units_per_stratum = np.bincount(stratum.astype(np.int64), minlength=len(self.strata.index))
        into = self.closed
        into.keys, into.slots, into.rows, into.used, into.pair_of, into.pairs, into.paired = kernel.close(
            np.argsort(cluster, kind="stable"), cluster, cell, stratum, rows, self.partner, self.scratch, self.mark,
            self.local, self.touched, self.unit, into.keys, into.slots, into.rows, into.used, into.pair_of, into.pairs,
            into.paired,
        )  # fmt: skip
        self.open = _Rows(self.series, kernel.FIRST_ORDER)

    @property
    def size(self) -> dict[str, int]:
        """How large the state is: strata, clusters, cells, rows, bytes."""
        return {
            "strata": len(self.strata.index),
            "clusters": int(self.units_per_stratum.sum()),
            "cells": self.cells_used,
            "rows": self.closed.used,
            "bytes": int(self.closed.rows.nbytes + self.closed.pairs.nbytes + self.open.rows.nbytes),
        }
