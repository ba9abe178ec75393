"""Weighted medians in every cell, with Woodruff's intervals, as the median earnings of SDG 8.5.1.

The median is the lowest value up to which there is half the weight. Its interval goes from the quantile at
the lower to that at the upper end of the interval of the share of persons up to the median, and its se is
the width of that over twice the quantile of Student's t. Two medians have the correlation of those shares.
Source: Woodruff (1952); R package survey (svyquantile, qrule "math", interval.type "mean").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from harmonize.estimate.intervals import t_quantile
from harmonize.estimate.taylor import BY_CELL, Contrasts, Ratios, Singleton
from harmonize.plan import Plan
from harmonize.second_look.again import Again
from harmonize.second_look.distribution import Distribution, distributions
from harmonize.second_look.kept import Kept, as_masks, bit, tables_of
from harmonize.second_look.writing import write
from harmonize.tabulate.table import Table


class Median:
    """One such series of a run, looked at again."""

    def __init__(self, plan: Plan, kept: Kept, samples: Sequence[str], series: int, fpc: str) -> None:
        """series: its number; fpc: the column of design.fpc, if there is one."""
        self.plan, self.kept, self.samples, self.series, self.fpc = plan, kept, list(samples), series, fpc
        self.value = list(plan.coding.later).index(series)
        amount = plan.coding.later[series].amount
        self.unit = 10.0 ** (amount.decimals if amount else 0)

    def put(
        self, found: Mapping[str, Ratios], fractions: Mapping[str, float], singleton: Singleton, level: float
    ) -> None:
        """Write the estimates of all samples into their ratios, in the place of the series."""
        for name in self.samples:
            nothing = np.full(len(found[name].cells), np.nan)
            found[name].limits[self.series] = (nothing, nothing.copy())
        tables = tables_of(self.plan, self.series)
        medians = {number: {at: each.median() for at, each in self._values(number).items()} for number in tables}
        up_to = self._up_to(tables, medians)
        shares = {name: up_to.ratios(name, singleton, fractions[name]) for name in self.samples}
        for k, (number, table) in enumerate(tables.items()):
            own = self._values(number)
            for at, name in enumerate(self.samples):
                part = _of_table(shares[name], table, k)
                self._put(found[name], part, [own.get((at, int(cell))) for cell in part.cells], level)

    def _values(self, number: int) -> dict[tuple[int, int], Distribution]:
        """The distributions in a table's cells: made anew for each table, as those of all are as large as the data."""
        return distributions(self.kept, self.samples, number, self.series, self.value)

    def _up_to(self, tables: Mapping[int, Table], medians: Mapping[int, Mapping[tuple[int, int], int]]) -> Again:
        """The shares of persons up to the medians of the cells: of each table, by its place here, a series of its own.

        tables, medians: by the place of the table in the plan. One reading of the rows for all of them.
        """
        limits = {number: np.zeros((len(self.samples), table.size), np.int64) for number, table in tables.items()}
        for number, table in tables.items():
            for (at, cell), median in medians[number].items():
                limits[number][at, cell - table.offset] = median
        own = [replace(table, series=frozenset([k])) for k, table in enumerate(tables.values())]
        again = Again(self.plan, own, len(own), self.fpc)
        value = f"value{self.value}"
        for batch in self.kept.batches():
            counts, values, sample = (
                bit(batch, "universe", self.series),
                batch.array(value),
                batch.samples(self.samples),
            )
            codes = np.column_stack([batch.array(f"code{number}") for number in tables]).astype(np.int32)
            universe, numerator = np.zeros((2, len(codes), -(-len(own) // 64)), np.uint64)
            for k, (number, table) in enumerate(tables.items()):
                word, place = k // 64, np.uint64(k % 64)
                lower = values <= limits[number][sample, codes[:, k] - table.offset]
                universe[:, word] |= counts.astype(np.uint64) << place
                numerator[:, word] |= (counts & lower).astype(np.uint64) << place
            again.feed(batch, as_masks(universe, numerator), codes)
        again.close()
        return again

    def _put(self, found: Ratios, shares: Ratios, cells: Sequence[Distribution | None], level: float) -> None:
        """shares: of persons up to the median, of the cells of a table; cells: the distribution in each of them."""
        t = t_quantile(shares.df[:, 0].astype(np.float64), level)
        se = np.sqrt(shares.variance[:, 0])
        medians = np.array([0 if own is None else own.median() for own in cells]) / self.unit
        ends = np.full((2, len(cells)), np.nan)
        for i, own in enumerate(cells):
            low, high = shares.ratio[i, 0] - t[i] * se[i], shares.ratio[i, 0] + t[i] * se[i]
            if own is not None and low >= 0:
                ends[0, i] = own.quantile(low) / self.unit
            if own is not None and high <= 1:
                ends[1, i] = own.quantile(high) / self.unit
        spread = (ends[1] - ends[0]) / (2 * t)

        a, b = shares.contrasts.first, shares.contrasts.second
        with np.errstate(divide="ignore", invalid="ignore"):
            correlation = np.where(se[a] * se[b] > 0, shares.contrasts.covariance[:, 0] / (se[a] * se[b]), 0.0)
        counted = np.where(shares.y[:, 0] > 0, medians, np.nan)
        write(found, self.series, shares, counted, spread**2, correlation * spread[a] * spread[b])
        mine = np.searchsorted(found.cells, shares.cells)
        for limits, end in zip(found.limits[self.series], ends, strict=True):
            limits[mine] = end


def _of_table(found: Ratios, table: Table, k: int) -> Ratios:
    """Of the ratios of all tables those of the cells of one, and of them the series `k`."""
    mine = (found.cells >= table.offset) & (found.cells < table.offset + table.size)
    at = np.cumsum(mine) - 1
    pairs = found.contrasts
    those = mine[pairs.first]
    contrasts = Contrasts(
        at[pairs.first[those]], at[pairs.second[those]], pairs.covariance[those, k : k + 1], pairs.df[those, k : k + 1]
    )
    rows = {name: getattr(found, name)[mine] for name in BY_CELL}
    rows = {name: row if row.ndim == 1 else row[:, k : k + 1] for name, row in rows.items()}
    return replace(found, contrasts=contrasts, **rows)
