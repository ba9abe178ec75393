"""Directly standardised rates by migratory status, with standard errors.

The rate of a group is the mean of its rates by age (and sex), weighted by the persons of that age among
everybody in the series' universe, taken as fixed. To first order it is the mean over the group's persons of
a value d = rate + (hit - R) share / own, with R the group's rate at the person's age, share that of the age
in the standard, own that in the group: so its variance and covariances are those of such a mean.
Source: R package survey (svystandardize); methods.md: Comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from harmonize.estimate.taylor import Contrasts, Ratios, Singleton, ratios
from harmonize.plan import Plan
from harmonize.second_look.kept import Batch, Kept, bit, feed
from harmonize.tabulate.kinds import Mean
from harmonize.tabulate.state import State
from harmonize.tabulate.tables import STATUS, Table

Floats = npt.NDArray[np.float64]
LARGE_AGE, FEW_PERSONS = 0.05, 5  # of the standard; unweighted
_GROUPS = STATUS[:2]  # of persons whose status is known


@dataclass(frozen=True)
class _Rates:
    """Of one table by age and series: the rate of each group, and d of persons with and without a hit, by cell.

    rate: (groups), nan where the group has nobody of an age that the standard has, which `empty` names. hit, other:
    (cells). thin: (groups) whether an age with much of the standard has few persons.
    """

    rate: Floats
    hit: Floats
    other: Floats
    thin: list[bool]
    empty: list[str]


class Standardised:
    """The rates of a run by one standard on one basis of migratory status."""

    def __init__(
        self, plan: Plan, kept: Kept, crude: Mapping[str, Ratios], standard: str, basis: str, fpc: str
    ) -> None:
        """crude: the ratios of each sample. fpc: see State."""
        self.plan, self.standard, self.basis = plan, standard, basis
        self.samples = list(crude)
        self.by_age = [(t, one) for t, one in enumerate(plan.tables) if (one.standard, one.basis) == (standard, basis)]
        self.shown = next(t for t in plan.tables if t.dimensions == ("migratory_status",) and t.basis == basis)
        self.rates: dict[tuple[int, int], _Rates] = {}  # (sample, series)
        for at, found in enumerate(crude.values()):
            for _, table in self.by_age:
                for s in sorted(table.series or ()):
                    self.rates[at, s] = _rates(found, table, s)
        self.series = sorted({s for _, table in self.by_age for s in table.series or ()})
        means = {i: Mean(decimals=1, per=1) for i in range(len(self.series))}
        self._state = State(
            [replace(self.shown, series=None)], len(self.series), clustered=plan.clustered, fpc_column=fpc, means=means
        )
        highest = max((float(np.nan_to_num(each.hit).max(initial=0)) for each in self.rates.values()), default=0.0)
        lowest = min((float(np.nan_to_num(each.other).min(initial=0)) for each in self.rates.values()), default=0.0)
        self._lift = 1.0 + max(-lowest, 0.0)  # so that no d is negative
        # the finest power of two that leaves room for the sums
        largest = sum(float(found.weight.max(initial=0)) for found in crude.values())
        self._unit = 2.0 ** np.floor(61 - np.log2(max(largest, 1.0) * (highest + self._lift + 1)))
        values = {s: self._values(s) for s in self.series}
        for batch in kept.batches():
            self._add(batch, values)
        self._state.close()

    def _values(self, s: int) -> tuple[int, Floats, Floats]:
        """The place of the table by age that a series is in; d of persons with and without a hit, (samples, cells)."""
        t = next(t for t, table in self.by_age if table.has(s))
        rates = [self.rates[at, s] for at in range(len(self.samples))]
        return t, np.stack([each.hit for each in rates]), np.stack([each.other for each in rates])

    def _add(self, batch: Batch, values: Mapping[int, tuple[int, Floats, Floats]]) -> None:
        rows, count = batch.rows.height, len(self.series)
        weight = batch.array("weight").astype(np.float64)
        sample = batch.samples(self.samples)
        above, below = np.zeros((rows, count)), np.zeros((rows, count))
        universe = np.zeros((rows, max(1, -(-count // 64))), np.uint64)
        codes = {t: batch.array(f"code{t}") - table.offset for t, table in self.by_age}
        for i, s in enumerate(self.series):
            t, hit, other = values[s]
            d = np.where(bit(batch, "numerator", s), hit[sample, codes[t]], other[sample, codes[t]])
            counts = bit(batch, "universe", s) & (weight > 0) & np.isfinite(d)
            above[:, i] = np.where(counts, weight * (d + self._lift) * self._unit, 0.0)
            below[:, i] = np.where(counts, weight * self._unit, 0.0)
            universe[:, i // 64] |= counts.astype(np.uint64) << np.uint64(i % 64)
        amounts = np.concatenate([above, below], axis=1).round().astype(np.uint64)
        ones = replace(batch, rows=batch.rows.with_columns(weight=np.ones(rows, np.int64)))
        status = batch.array(f"code{self.plan.tables.index(self.shown)}").astype(np.int32)[:, None]
        masks = [universe, np.zeros_like(universe), universe, universe]
        feed(self._state, self.plan, ones, masks, status, amounts)

    def of_sample(self, sample: str, crude: Ratios, singleton: Singleton, fraction: float) -> Ratios:
        """The ratios of a sample: those of the total, for reference, and of the groups, standardised."""
        at = self.samples.index(sample)
        found = ratios(self._state, sample, singleton, fraction)
        groups = [self.shown.offset + g for g in range(len(_GROUPS))]
        place = np.flatnonzero(np.isin(crude.cells, [self.plan.tables[0].offset, *groups]))
        cut = _cells_of(crude, place)
        of_group = {int(cell): i for i, cell in enumerate(cut.cells)}
        own = {int(cell): i for i, cell in enumerate(found.cells)}
        shape = (len(cut.contrasts.first), crude.ratio.shape[1])
        covariance = np.full(shape, np.nan)
        thin: dict[int, npt.NDArray[np.bool_]] = {}
        for i, s in enumerate(self.series):
            for g, cell in enumerate(groups):
                if cell in of_group:
                    known = cell in own
                    cut.ratio[of_group[cell], s] = self.rates[at, s].rate[g] if known else np.nan
                    cut.variance[of_group[cell], s] = found.variance[own[cell], i] if known else np.nan
                    thin.setdefault(s, np.zeros(len(cut.cells), np.bool_))[of_group[cell]] = self.rates[at, s].thin[g]
                    if self.rates[at, s].rate[g] in (0.0, 1.0):
                        cut.variance[of_group[cell], s] = 0.0
            if len(found.contrasts.first) and len(covariance):
                edge = any(rate in (0.0, 1.0) for rate in self.rates[at, s].rate)
                covariance[:, s] = 0.0 if edge else found.contrasts.covariance[0, i]
        return replace(cut, contrasts=replace(cut.contrasts, covariance=covariance), thin=thin)

    def reasons(self, sample: str) -> dict[int, str]:
        """Of the series of which a group has no rate: which group has nobody of which age."""
        at = self.samples.index(sample)
        found = {}
        for s in self.series:
            told = [
                f"no {group.replace('_', '-')} of {ages}"
                for group, ages in zip(_GROUPS, self.rates[at, s].empty, strict=True)
                if ages
            ]
            if told:
                found[s] = " and ".join(told)
        return found


def _rates(found: Ratios, table: Table, s: int) -> _Rates:
    """From the crude sums by age. table: migratory status first, then sex and age."""
    x, y = np.zeros(table.size), np.zeros(table.size)
    mine = np.flatnonzero((found.cells >= table.offset) & (found.cells < table.offset + table.size))
    x[found.cells[mine] - table.offset] = found.x[mine, s]
    y[found.cells[mine] - table.offset] = found.y[mine, s]
    known = np.ones(table.inner, np.bool_)
    for code in range(table.inner):
        label = table.label(table.offset + code)
        known[code] = all(label[name] != "unknown" for name in table.dimensions[1:])
        known[code] &= label.get("sex") != "not_applicable"
    x, y = x.reshape(len(STATUS), -1) * known, y.reshape(len(STATUS), -1) * known
    standard = y.sum(axis=0)
    counted = np.zeros(table.size)
    counted[found.cells[mine] - table.offset] = found.n[mine, s]
    rate = np.full(len(_GROUPS), np.nan)
    hit, other = np.full((2, *y.shape), np.nan)
    thin, empty = [False] * len(_GROUPS), [-1] * len(_GROUPS)
    if standard.sum() > 0:
        share = standard / standard.sum()
        for g in range(len(_GROUPS)):
            if np.any((share > 0) & (y[g] == 0)):
                empty[g] = int(np.flatnonzero((share > 0) & (y[g] == 0))[0])
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                rates = np.where(y[g] > 0, x[g] / y[g], 0.0)
                factor = np.where(y[g] > 0, share * y[g].sum() / y[g], np.nan)
            rate[g] = np.sum(share * rates)
            for edge in (0.0, 1.0):  # of every age the same: no rounding makes it another
                rate[g] = edge if np.all(rates[share > 0] == edge) else rate[g]
            thin[g] = bool(np.any((share >= LARGE_AGE) & (counted.reshape(len(STATUS), -1)[g] < FEW_PERSONS)))
            hit[g], other[g] = rate[g] + (1 - rates) * factor, rate[g] - rates * factor
    told = [
        ", ".join(table.label(table.offset + at)[name] for name in table.dimensions[1:]) if at >= 0 else ""
        for at in empty
    ]
    return _Rates(rate, hit.ravel(), other.ravel(), thin, told)


def _cells_of(found: Ratios, place: npt.NDArray[np.int64]) -> Ratios:
    """The ratios of some cells, copied, with the contrasts among them."""
    moved = np.full(len(found.cells), -1, np.int64)
    moved[place] = np.arange(len(place))
    pairs = np.flatnonzero((moved[found.contrasts.first] >= 0) & (moved[found.contrasts.second] >= 0))
    contrasts = Contrasts(
        moved[found.contrasts.first[pairs]],
        moved[found.contrasts.second[pairs]],
        found.contrasts.covariance[pairs],
        found.contrasts.df[pairs],
    )
    by_cell = (
        "cells", "n", "households", "n_numerator", "x", "y", "weight", "left_out", "base", "ratio", "variance", "df",
        "counted",
    )  # fmt: skip
    return replace(found, contrasts=contrasts, **{name: getattr(found, name)[place] for name in by_cell})
