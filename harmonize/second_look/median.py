"""Weighted medians in every cell, with Woodruff's intervals, as the median earnings of SDG 8.5.1.

The median is the lowest value up to which there is half the weight. Its interval goes from the quantile at
the lower to that at the upper end of the interval of the share of persons up to the median, and its se is
the width of that over twice the quantile of Student's t. Two medians have the correlation of those shares.
Source: Woodruff (1952); R package survey (svyquantile, qrule "math", interval.type "mean").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from harmonize.estimate.intervals import t_quantile
from harmonize.estimate.taylor import Ratios, Singleton
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
        # table by table: the distributions of all of them would be as large as the data
        for number, table in tables_of(self.plan, self.series).items():
            own = distributions(self.kept, self.samples, number, self.series, self.value)
            up_to = self._up_to(number, table, {key: each.median() for key, each in own.items()})
            for at, name in enumerate(self.samples):
                shares = up_to.ratios(name, singleton, fractions[name])
                cells = [own.get((at, int(cell))) for cell in shares.cells]
                self._put(found[name], shares, cells, level)

    def _up_to(self, number: int, table: Table, medians: Mapping[tuple[int, int], int]) -> Again:
        """The shares of persons up to the medians of a table's cells. number: its place in the plan."""
        limit = np.zeros((len(self.samples), table.size), np.int64)
        for (sample, cell), median in medians.items():
            limit[sample, cell - table.offset] = median
        again = Again(self.plan, [table], 1, self.fpc)
        for batch in self.kept.batches():
            universe = bit(batch, "universe", self.series).astype(np.uint64)[:, None]
            codes = batch.array(f"code{number}").astype(np.int32)
            limits = limit[batch.samples(self.samples), codes - table.offset]
            up_to = universe * (batch.array(f"value{self.value}") <= limits)[:, None].astype(np.uint64)
            again.feed(batch, as_masks(universe, up_to), codes[:, None])
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
