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
def add_weighted(codes: Any, weight: Any, universe: Any, numerator: Any, sums: Any) -> None:
    """Add a batch to sums[cell, series]: the weight of who counts, and of who has it."""
    for r in range(codes.shape[0]):
        for word in range(universe.shape[1]):
            counts, has, s = universe[r, word], numerator[r, word], 64 * word
            while counts != 0:
                if counts & np.uint64(1):
                    for t in range(codes.shape[1]):
                        sums[codes[r, t], s, 0] += weight[r]
                        if has & np.uint64(1):
                            sums[codes[r, t], s, 1] += weight[r]
                counts, has, s = counts >> np.uint64(1), has >> np.uint64(1), s + 1


class Errors:
    """Exact sums with their squares and products, or by replicate: nothing that protects tables or takes medians."""

    def __init__(self, plan: Plan) -> None:
        self.state, self.replicates, self._plan = nothing_yet(plan), replicates_of(plan), plan

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch."""
        add(self.state, self._plan, prepared)
        add_replicates(self.replicates, prepared)


class Points:
    """Weighted sums of every sample, table and series: no clusters, no squares."""

    def __init__(self, plan: Plan) -> None:
        cells = max(table.offset + table.size for table in plan.tables)
        self.sums: dict[str, Any] = {}
        self._empty = (cells, len(plan.series), 2)

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch; the design has the sample of each household."""
        samples = prepared.design["_sample"]
        rows = np.repeat(np.arange(len(samples)), np.diff(prepared.starts))
        for sample in samples.unique():
            mine = (samples == sample).to_numpy()[rows]
            sums = self.sums.setdefault(sample, np.zeros(self._empty, np.int64))
            masks = [prepared.masks[at][mine] for at in (2, 3)]
            add_weighted(prepared.codes[mine], prepared.weight[mine], *masks, sums)


class Nothing:
    """Takes the batches and adds nothing up."""

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Nothing."""


def warm_up() -> None:
    """Compile the loop of the points before the clock starts; that of harmonize is compiled for good."""
    word = np.zeros((1, 1), np.uint64)
    add_weighted(np.zeros((1, 1), np.int32), np.zeros(1, np.int64), word, word, np.zeros((1, 1, 2), np.int64))


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
        universe, numerator = made.sums[samples[0]][cell, s]
        found |= {"estimate": float(numerator / universe)}
        measured = sum((sums[:, :, 0].sum(axis=0) > 0) for sums in made.sums.values())
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
    main()
