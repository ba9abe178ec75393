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
from harmonize.tabulate.kernel import Desk, Sums
from harmonize.tabulate.limbs import EMPTY, HALF, LOW
from harmonize.tabulate.tables import Table

Ints = npt.NDArray[np.int64]
_LARGEST_SUM = float(2**63)


def _no_sums(series: int, fields: int) -> Sums:
    return Sums(
        keys=np.full(1 << 12, EMPTY, np.uint64),
        slots=np.zeros(1 << 12, np.int64),
        rows=np.zeros((1 << 10, series, fields), np.uint64),
        used=0,
        pair_of=np.full(1 << 10, -1, np.int64),
        pairs=np.zeros((1 << 6, series, kernel.PAIR_FIELDS), np.uint64),
        paired=0,
    )


def _by_key(sums: Sums) -> tuple[Ints, Ints]:
    """(unit number, dense cell) of each row in use."""
    there = sums.keys != EMPTY
    keys = sums.keys[there][np.argsort(sums.slots[there])]
    return (keys >> HALF).astype(np.int64), (keys & LOW).astype(np.int64)


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
        self.cells_used = 0
        self.weight = 0.0
        self.deltas = np.array([t.contrast for t in tables], np.int64).reshape(-1, 3)
        self.closed = _no_sums(series, kernel.FIELDS)
        self.open = _no_sums(series, kernel.FIRST_ORDER)
        self.unit = 0
        self.desk = self._desk(np.full(64, -1, np.int32))

    def _desk(self, partner: npt.NDArray[np.int32]) -> Desk:
        size = partner.shape[0]
        return Desk(
            partner,
            scratch=np.zeros((size, self.series, kernel.FIRST_ORDER), np.uint64),
            mark=np.zeros(size, np.int64),
            local=np.zeros(size, np.int32),
            touched=np.zeros(size, np.int64),
        )

    def _number_cells(self, codes: npt.NDArray[np.int32]) -> None:
        most = self.cells_used + 2 * min(codes.size, self.dense.shape[0])
        most = min(most, self.dense.shape[0] + 64)
        if most > self.cells.shape[0]:
            wide = np.zeros(most, np.int32)
            wide[: self.cells_used] = self.cells[: self.cells_used]
            partner = np.full(most, -1, np.int32)
            partner[: self.cells_used] = self.desk.partner[: self.cells_used]
            self.cells, self.desk = wide, self._desk(partner)
        self.cells_used = kernel.number_cells(
            codes, self.deltas, self.dense, self.cells, self.desk.partner, self.cells_used
        )

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
        self.weight += float(weight.sum(dtype=np.float64))  # no cell has more than all persons
        if self.weight >= _LARGEST_SUM:
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
        sums, self.unit = kernel.tabulate(
            starts,
            keys,
            not self.clustered,
            codes,
            self.dense,
            weight.astype(np.uint64),
            tuple(masks),
            self.desk,
            self.unit,
            self.open if self.clustered else self.closed,
        )
        if self.clustered:
            self.open = sums
        else:
            self.closed = sums

    def close(self) -> None:
        """Square the clusters still open. Call once, after the last batch."""
        if not self.clustered:
            return
        cluster, cell = _by_key(self.open)
        stratum = np.array(self.cluster_stratum, np.uint64)
        self.units_per_stratum = np.bincount(stratum.astype(np.int64), minlength=len(self.strata.index))
        order = np.argsort(cluster, kind="stable")
        self.closed = kernel.close(order, cluster, cell, stratum, self.open.rows, self.desk, self.unit, self.closed)
        self.open = _no_sums(self.series, kernel.FIRST_ORDER)

    def by_key(self) -> tuple[Ints, Ints, npt.NDArray[np.uint64], Ints]:
        """(number of the stratum, dense cell, row of sums, its row in `closed.pairs` or -1), in no order."""
        used = self.closed.used
        return *_by_key(self.closed), self.closed.rows[:used], self.closed.pair_of[:used]

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
