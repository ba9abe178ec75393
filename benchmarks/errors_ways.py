"""harmonize as it measures, with its sums exchanged: exact sums and standard errors, these with what protects
tables, weighted sums alone, or nothing.

    python benchmarks/errors_ways.py errors|protected|points|nothing MAPPING FILE TOLD

Everything before the sums is the same: reading, harmonising, deriving, and who is in which series and cell. No file of
estimates is written. TOLD gets what standard_errors.py reads.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from harmonize.own_process import keep_freed_memory, seldom_collecting

keep_freed_memory()  # as the command line does, before polars is imported
# ruff: noqa: E402

import numpy as np
import polars as pl
from numba import njit

from harmonize.estimate.replication import replicated
from harmonize.estimate.taylor import ratios
from harmonize.gather import CHUNK, Whole, add, add_replicates, gather, nothing_yet, replicates_of
from harmonize.mapping import load_mapping
from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.readers import open_extract

SERIES, STATUS, AGE = ("7.1.1", "electricity"), "migrant", "20_24"
BY_AGE = "migratory_status*age_group"


@njit(cache=True, nogil=True)
def number_cells(codes: Any, rows: Any, places: Any, there: Any, used: int, number: Any) -> int:
    """The number of each row's cells of all tables, which are the same of many rows: number (rows).

    codes: (all rows, words) the cells, two in a word. places: open addressing, a number or -1. there: (room, words)
    those of each number, `used` of them. How many are used then, or -1 where there is no more room.
    """
    mask, words = np.uint64(len(places) - 1), np.uint64(codes.shape[1])
    for i in range(len(rows)):
        r, key = np.uint64(rows[i]), np.uint64(0)
        for k in range(words):
            key = (key ^ codes[r, k]) * np.uint64(0x9E3779B97F4A7C15)
        place = (key ^ (key >> np.uint64(32))) & mask
        while True:
            at, other = places[place], np.uint64(0)
            if at < 0:
                if used == len(there):
                    return -1
                at, places[place] = used, used
                there[used] = codes[r]
                used += 1
            for k in range(words):
                other |= there[np.uint64(at), k] ^ codes[r, k]
            if other == np.uint64(0):
                break
            place = (place + np.uint64(1)) & mask
        number[i] = at
    return used


@njit(cache=True, nogil=True)
def add_weighted(number: Any, rows: Any, weight: Any, universe: Any, numerator: Any, sums: Any) -> None:
    """Add rows to sums[number, 0 or 1, series]: the weight of who counts, and of who has it. No branch: several series
    are added at once.
    """
    series, one = sums.shape[2], np.uint64(1)
    for i in range(len(rows)):
        r, at = np.uint64(rows[i]), np.uint64(number[i])
        for word in range(universe.shape[1]):
            first, counts, has = 64 * word, universe[r, word], universe[r, word] & numerator[r, word]
            for j in range(np.uint64(min(64, series - first))):
                sums[at, 0, np.uint64(first) + j] += weight[r] & -np.int64((counts >> j) & one)
                sums[at, 1, np.uint64(first) + j] += weight[r] & -np.int64((has >> j) & one)


@njit(cache=True, nogil=True)
def add_cells(there: Any, tables: int, sums: Any, found: Any) -> None:
    """found[there[at, table]] += sums[at], of the first so many tables."""
    for at in range(there.shape[0]):
        for table in range(tables):
            cell = np.uint64(there[at, table])
            for which in range(sums.shape[1]):
                for series in range(sums.shape[2]):
                    found[cell, which, series] += sums[at, which, series]


class Errors:
    """Exact sums with their squares and products, or by replicate: nothing that protects tables or takes medians."""

    def __init__(self, plan: Plan) -> None:
        self.state, self.replicates, self._plan = nothing_yet(plan), replicates_of(plan), plan

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch."""
        add(self.state, self._plan, prepared)
        add_replicates(self.replicates, prepared)


class OfSample:
    """Weighted sums by the cells that persons have of all tables together."""

    def __init__(self, tables: int, series: int) -> None:
        self._tables, self._used = tables, 0
        self._places = np.full(1 << 18, -1, np.int32)
        self._there = np.zeros((1 << 16, -(-tables // 2)), np.uint64)
        self._sums = np.zeros((0, 2, series), np.int64)

    def add(self, prepared: Prepared, rows: Any) -> None:
        """Add some rows of a batch."""
        number = np.empty(len(rows), np.int32)
        codes = prepared.codes if self._tables % 2 == 0 else np.pad(prepared.codes, ((0, 0), (0, 1)))
        self._used = number_cells(codes.view(np.uint64), rows, self._places, self._there, self._used, number)
        if self._used < 0:
            raise SystemExit("more combinations of cells than this benchmark has room for")
        if self._used > len(self._sums):
            more = np.zeros((2 * self._used - len(self._sums), *self._sums.shape[1:]), np.int64)
            self._sums = np.concatenate([self._sums, more])
        add_weighted(number, rows, prepared.weight, prepared.masks[2], prepared.masks[3], self._sums)

    def of_cells(self, cells: int) -> Any:
        """(cells, 2, series): those of every table."""
        found = np.zeros((cells, *self._sums.shape[1:]), np.int64)
        add_cells(self._there[: self._used].view(np.int32), self._tables, self._sums, found)
        return found


class Points:
    """Weighted sums of every sample, table and series that is a share: no clusters, no squares.

    As the peers do, persons are first summed to the finest cells, and the tables are made of those.
    """

    def __init__(self, plan: Plan) -> None:
        self._size = len(plan.tables), len(plan.series)
        self._cells = max(table.offset + table.size for table in plan.tables)
        self._of: dict[str, OfSample] = {}

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch; the design has the sample of each household."""
        samples = prepared.design["_sample"]
        for name in samples.unique():
            rows = np.flatnonzero(np.repeat((samples == name).to_numpy(), np.diff(prepared.starts)))
            self._of.setdefault(name, OfSample(*self._size)).add(prepared, rows)

    @property
    def sums(self) -> dict[str, Any]:
        """Sample to its sums, (cells, 2, series)."""
        return {name: each.of_cells(self._cells) for name, each in self._of.items()}


class Nothing:
    """Takes the batches and adds nothing up."""

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Nothing."""


def warm_up() -> None:
    """Compile the loops of the points before the clock starts; those of harmonize are compiled for good."""
    word, rows, number = np.zeros((1, 1), np.uint64), np.zeros(1, np.int64), np.zeros(1, np.int32)
    number_cells(word, rows, np.full(1, -1, np.int32), word.copy(), 0, number)
    sums = np.zeros((1, 2, 1), np.int64)
    add_weighted(number, rows, rows, word, word, sums)
    add_cells(np.zeros((1, 2), np.int32), 1, sums, sums.copy())


def taken(way: str, mapping_id: str, path: Path) -> dict[str, Any]:
    """Persons, tables, series, and estimates with standard errors of two cells in the first sample.

    The two: migrants, and of table BY_AGE the migrants of AGE.
    """
    mapping = load_mapping(mapping_id)
    with open_extract([path], mapping.read, None, None, mapping.keys.household) as extract:
        plan = Plan.make(mapping, extract)
        begin = {"errors": Errors, "protected": Whole, "points": Points}.get(way, lambda _: Nothing())
        made, ledger = gather(plan, extract, plan.facts(), lambda _: begin(plan), CHUNK, None, lambda _: None)
    found = {"rows": ledger.rows, "tables": 0, "series": 0, "estimate": None, "se": None}
    if way == "nothing":
        return found
    samples = sorted(sample for sample, _, _ in ledger.samples)
    table = next(t for t in plan.tables if t.disaggregation == "migratory_status" and t.basis == "nativity")
    cell, s = table.offset + table.categories[0].index(STATUS), plan.series.index(SERIES)
    if way == "points":
        of_samples = made.sums
        universe, numerator = of_samples[samples[0]][cell, :, s]
        found |= {"estimate": float(numerator / universe)}
        measured = sum((sums[:, 0].sum(axis=0) > 0) for sums in of_samples.values())
    else:
        made.state.close()
        estimates = [ratios(made.state, sample) for sample in samples]
        design = plan.mapping.design.replicate
        if made.replicates and design:
            estimates = [
                replicated(each, made.replicates, sample, design.factors, made.state.amount_scale)
                for each, sample in zip(estimates, samples, strict=True)
            ]
        crossed = next(t for t in plan.tables if t.disaggregation == BY_AGE and t.basis == "nativity")
        statuses, ages = crossed.categories
        aged = crossed.offset + statuses.index(STATUS) * len(ages) + ages.index(AGE)
        (ratio, se), (ratio_aged, se_aged) = (one_cell(estimates[0], code, s) for code in (cell, aged))
        found |= {"estimate": ratio, "se": se, "aged": (ratio_aged, se_aged)}
        measured = sum((each.y.sum(axis=0) > 0) for each in estimates)
    return found | {"tables": len(plan.tables), "series": int((measured > 0).sum())}


def one_cell(estimates: Any, cell: int, series: int) -> tuple[float, float]:
    """The estimate and its standard error."""
    at = estimates.cells.tolist().index(cell)
    return float(estimates.ratio[at, series]), float(np.sqrt(estimates.variance[at, series]))


def main() -> None:
    way, mapping_id, path, told = sys.argv[1:]
    warm_up()
    started, worked = time.perf_counter(), sum(os.times()[:4])
    found = taken(way, mapping_id, Path(path))
    cost = {"seconds": time.perf_counter() - started, "cpu": sum(os.times()[:4]) - worked}
    Path(told).write_text(json.dumps(found | cost))


if __name__ == "__main__":
    with seldom_collecting():
        main()
