"""Weighted medians in every cell, with Woodruff's intervals, as the median earnings of SDG 8.5.1.

The median is the lowest value up to which there is half the weight. Its interval goes from the quantile at
the lower to that at the upper end of the interval of the share of persons up to the median, and its se is
the width of that over twice the quantile of Student's t. Two medians have the correlation of those shares.
Source: Woodruff (1952); R package survey (svyquantile, qrule "math", interval.type "mean").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.estimate.intervals import t_quantile
from harmonize.estimate.taylor import Ratios, Singleton, ratios
from harmonize.plan import Plan
from harmonize.second_look.distribution import distributions
from harmonize.second_look.kept import Kept, as_masks, bit, feed, tables_of
from harmonize.second_look.writing import write
from harmonize.tabulate.state import State

Floats = npt.NDArray[np.float64]


class Median:
    """One such series of a run, looked at again."""

    def __init__(self, plan: Plan, kept: Kept, samples: Sequence[str], series: int, fpc: str) -> None:
        """series: its number; fpc: the column of design.fpc, if there is one."""
        self.plan, self.kept, self.samples, self.series = plan, kept, list(samples), series
        self.value = list(plan.coding.later).index(series)
        amount = plan.coding.later[series].amount
        self.unit = 10.0 ** (amount.decimals if amount else 0)
        self.medians: dict[tuple[int, int], int] = {}
        self.tables = tables_of(plan, series)
        self._up_to = State(list(self.tables.values()), 1, clustered=plan.clustered, fpc_column=fpc)
        for number, table in enumerate(self.tables):
            self._add(number, table)
        self._up_to.close()

    def _add(self, number: int, table: int) -> None:
        """Add the shares of persons up to the medians of a table's cells. number: its place in the state."""
        own = {
            key: found.median()
            for key, found in distributions(self.kept, self.samples, table, self.series, self.value).items()
        }
        self.medians |= own
        first, size = self.plan.tables[table].offset, self.plan.tables[table].size
        limit = np.zeros((len(self.samples), size), np.int64)
        for (sample, cell), median in own.items():
            limit[sample, cell - first] = median
        for batch in self.kept.batches():
            universe = bit(batch, "universe", self.series).astype(np.uint64)[:, None]
            codes = batch.array(f"code{table}")
            limits = limit[batch.samples(self.samples), codes - first]
            up_to = universe * (batch.array(f"value{self.value}") <= limits)[:, None].astype(np.uint64)
            all_codes = np.zeros((len(codes), len(self.tables)), np.int32)
            all_codes[:, number] = codes
            feed(self._up_to, self.plan, batch, as_masks(universe, up_to), all_codes, table=number)

    def put(
        self, found: Mapping[str, Ratios], fractions: Mapping[str, float], singleton: Singleton, level: float
    ) -> None:
        """Write the estimates of all samples into their ratios, in the place of the series."""
        shares = {name: ratios(self._up_to, name, singleton, fractions[name]) for name in self.samples}
        t = {name: t_quantile(own.df[:, 0].astype(np.float64), level) for name, own in shares.items()}
        ends = {name: np.full((2, len(own.cells)), np.nan) for name, own in shares.items()}
        limits = {
            name: (own.ratio[:, 0] - t[name] * np.sqrt(own.variance[:, 0]),
                   own.ratio[:, 0] + t[name] * np.sqrt(own.variance[:, 0]))
            for name, own in shares.items()
        }  # fmt: skip
        place = {(name, int(cell)): i for name, own in shares.items() for i, cell in enumerate(own.cells)}
        for table in self.tables:
            for (at, cell), own in distributions(self.kept, self.samples, table, self.series, self.value).items():
                name = self.samples[at]
                i = place[name, cell]
                low, high = limits[name][0][i], limits[name][1][i]
                if low >= 0:
                    ends[name][0, i] = own.quantile(low) / self.unit
                if high <= 1:
                    ends[name][1, i] = own.quantile(high) / self.unit
        for name in self.samples:
            self._put(found[name], name, shares[name], t[name], ends[name])

    def _put(self, found: Ratios, sample: str, shares: Ratios, t: Floats, ends: Floats) -> None:
        """shares: of persons up to the median; t: quantile of Student's t; ends: (2, cells) of the intervals."""
        at = self.samples.index(sample)
        se = np.sqrt(shares.variance[:, 0])
        spread = (ends[1] - ends[0]) / (2 * t)
        medians = np.array([self.medians.get((at, int(cell)), 0) for cell in shares.cells]) / self.unit

        a, b = shares.contrasts.first, shares.contrasts.second
        with np.errstate(divide="ignore", invalid="ignore"):
            correlation = np.where(se[a] * se[b] > 0, shares.contrasts.covariance[:, 0] / (se[a] * se[b]), 0.0)
        counted = np.where(shares.y[:, 0] > 0, medians, np.nan)
        write(found, self.series, shares, counted, spread**2, correlation * spread[a] * spread[b])
        limits = np.full((2, len(found.cells)), np.nan)
        limits[:, np.searchsorted(found.cells, shares.cells)] = ends
        found.limits[self.series] = (limits[0], limits[1])
