"""Shares of persons who have less than half the median of everybody in the sample, as in SDG 10.2.1.

The line is estimated from the same sample, and so adds to the variance. With p the share of a cell below the
line L = M/2, M the median and u the share of everybody up to M, the linearised p is that of a share with the
line known, less f(L)/(2 F'(M)) times that of u: f is the density of the value in the cell, F' that of
everybody, by a normal kernel. Source: R package convey (svyarpr, iqalpha, densfun), Deville (1999).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harmonize.estimate.taylor import Ratios, Singleton
from harmonize.plan import Plan
from harmonize.second_look.again import Again
from harmonize.second_look.distribution import Distribution, distributions
from harmonize.second_look.kept import Kept, as_masks, bit, tables_of
from harmonize.second_look.writing import write

_BELOW, _UP_TO_MEDIAN = 0, 1


class HalfMedian:
    """One such series of a run, looked at again."""

    def __init__(self, plan: Plan, kept: Kept, samples: Sequence[str], series: int, fpc: str) -> None:
        """series: its number; fpc: the column of design.fpc, if there is one."""
        self.plan, self.kept, self.samples, self.series = plan, kept, list(samples), series
        self.value = list(plan.coding.later).index(series)
        self.tables = tables_of(plan, series)
        # the first table is that of the total, of one cell
        everybody = distributions(kept, samples, 0, series, self.value)
        self.everybody: dict[int, Distribution] = {at: found for (at, _), found in everybody.items()}
        tables = list(self.tables.values())
        self._compared = Again(plan, tables, 1, fpc)
        pairs = (_UP_TO_MEDIAN, _UP_TO_MEDIAN)
        self._to_total = Again(plan, tables, 2, fpc, to_total=pairs)
        self._add()
        self.densities = self._densities()

    def _add(self) -> None:
        medians = np.array([self._median(at) for at in range(len(self.samples))])
        for batch in self.kept.batches():
            universe = bit(batch, "universe", self.series).astype(np.uint64)[:, None]
            values = batch.array(f"value{self.value}")
            median = medians[batch.samples(self.samples)]
            below = universe * (2 * values < median)[:, None].astype(np.uint64)
            up_to = universe * (values <= median)[:, None].astype(np.uint64)
            codes = np.column_stack([batch.array(f"code{t}") for t in self.tables]).astype(np.int32)
            self._compared.feed(batch, as_masks(universe, below), codes)
            both = universe << np.uint64(_BELOW) | universe << np.uint64(_UP_TO_MEDIAN)
            shares = below << np.uint64(_BELOW) | up_to << np.uint64(_UP_TO_MEDIAN)
            self._to_total.feed(batch, as_masks(both, shares), codes)
        self._compared.close()
        self._to_total.close()

    def _median(self, sample: int) -> int:
        return self.everybody[sample].median() if sample in self.everybody else 0

    def put(self, found: Ratios, sample: str, singleton: Singleton, fraction: float) -> None:
        """Write the estimates of a sample into its ratios, in the place of the series."""
        at = self.samples.index(sample)
        if at not in self.everybody:
            return
        of_cells = self._compared.ratios(sample, singleton, fraction)
        with_total = self._to_total.ratios(sample, singleton, fraction, halves=[_UP_TO_MEDIAN])
        everybody = self.everybody[at]
        bandwidth = everybody.bandwidth(self.plan.weights.scale)
        slope = np.array([self.densities.get((at, int(cell)), 0.0) for cell in of_cells.cells])
        slope[(of_cells.ratio[:, 0] <= 0) | (of_cells.ratio[:, 0] >= 1)] = 0.0  # nobody is near the line
        if bandwidth > 0:
            slope *= -0.5 / everybody.density(everybody.median(), bandwidth)

        total = int(np.flatnonzero(with_total.cells == self.plan.tables[0].offset)[0])
        of_u = with_total.variance[total, _UP_TO_MEDIAN]
        with_u = np.zeros(len(of_cells.cells))
        with_u[with_total.contrasts.first] = with_total.contrasts.covariance[:, _BELOW]
        own = of_cells.variance[:, 0]
        pairs = of_cells.contrasts
        a, b = pairs.first, pairs.second
        both = pairs.covariance[:, 0] + slope[b] * with_u[a] + slope[a] * with_u[b] + slope[a] * slope[b] * of_u

        # half of a median that is no income is no line
        ratio = of_cells.ratio[:, 0] if everybody.median() > 0 else np.full(len(own), np.nan)
        variance = np.maximum(own + 2 * slope * with_u + slope**2 * of_u, 0.0)
        write(found, self.series, of_cells, ratio, variance, both)
        found.n_numerator[np.searchsorted(found.cells, of_cells.cells), self.series] = of_cells.n_numerator[:, 0]

    def _densities(self) -> dict[tuple[int, int], float]:
        """(place of the sample, cell code) -> density of the value at the line; none where all have one value."""
        bandwidths = {at: found.bandwidth(self.plan.weights.scale) for at, found in self.everybody.items()}
        return {
            (at, cell): own.density(self.everybody[at].median() / 2, bandwidths[at])
            for table in self.tables
            for (at, cell), own in distributions(self.kept, self.samples, table, self.series, self.value).items()
            if bandwidths[at] > 0
        }
