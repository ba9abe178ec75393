"""Directly standardised rates by migratory status, with standard errors.

The rate of a group is the mean of its rates by age (and sex), weighted by the persons of that age among
everybody in the series' universe, taken as fixed. A rate is a share of persons, or the mean of an amount a person.
To first order the standardised one is the mean over the group's persons of a value
d = rate + (a - R) share / own, with a the person's amount (of a share one or nothing), R the group's rate at the
person's age, share that of the age in the standard, own that in the group: so its variance and covariances are
those of such a mean. With replicate weights the rate is worked out anew with those of each, see
standardised_replicates.py.
Source: R package survey (svystandardize); methods.md: Comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from harmonize.estimate.taylor import BY_CELL, Contrasts, Ratios, Singleton, ratios
from harmonize.plan import Plan
from harmonize.second_look.kept import Batch, Kept, bit, feed
from harmonize.second_look.standardised_replicates import errors_by_replicate
from harmonize.tabulate.kinds import Mean
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State
from harmonize.tabulate.tables import STATUS, Table

Floats = npt.NDArray[np.float64]
LARGE_AGE, FEW_PERSONS = 0.05, 5  # of the standard; unweighted
_GROUPS = STATUS[:2]  # of persons whose status is known


@dataclass(frozen=True)
class _Rates:
    """Of one table by age and series: the rate of each group, and by cell what makes d of a person's amount.

    rate: (groups), nan where the group has nobody of an age that the standard has, which `empty` names. other, factor:
    (cells), d = other + amount x factor; nan where nobody counts. thin: (groups) whether an age with much of the
    standard has few persons. share: of each age in the standard.
    """

    rate: Floats
    other: Floats
    factor: Floats
    thin: list[bool]
    empty: list[str]
    share: Floats


def tables_by_status(tables: Sequence[Table], basis: str) -> list[Table]:
    """The tables by a person's own migratory status alone on a basis. A series is in one of them at most."""
    mine = [table for table in tables if table.dimensions == ("migratory_status",) and table.basis == basis]
    return [table for table in mine if table.definition == "default" and not table.status_of]


class Standardised:
    """The rates of a run by one standard on one basis of migratory status."""

    def __init__(
        self, plan: Plan, kept: Kept, crude: Mapping[str, Ratios], standard: str, basis: str, fpc: str,
        replicates: ReplicateSums | None,
    ) -> None:  # fmt: skip
        """crude: the ratios of each sample. fpc: see State. replicates: the sums by replicate weight of the run."""
        self.replicates = replicates
        self.plan, self.standard, self.basis = plan, standard, basis
        self.samples = list(crude)
        self.by_age = [(t, one) for t, one in enumerate(plan.tables) if (one.standard, one.basis) == (standard, basis)]
        self.series = sorted({s for _, table in self.by_age for s in table.series or ()})
        by_status = tables_by_status(plan.tables, basis)
        self.shown = {s: next(table for table in by_status if table.has(s)) for s in self.series}
        self.rates: dict[tuple[int, int], _Rates] = {}  # (sample, series)
        for at, found in enumerate(crude.values()):
            for _, table in self.by_age:
                for s in sorted(table.series or ()):
                    mean = plan.coding.means.get(s)
                    self.rates[at, s] = _rates(found, table, s, None if mean is None else mean.scale)
        means = {i: Mean(decimals=1, per=1) for i in range(len(self.series))}
        self._tables = list(dict.fromkeys(self.shown.values()))
        own = [frozenset(i for i, s in enumerate(self.series) if self.shown[s] == table) for table in self._tables]
        self._state = State(
            [replace(table, series=mine) for table, mine in zip(self._tables, own, strict=True)],
            len(self.series), clustered=plan.clustered, fpc_column=fpc, means=means,
        )  # fmt: skip
        self._make_room(_largest_amounts(plan, kept, self.series), crude)
        values = {s: self._values(s) for s in self.series}
        for batch in kept.batches():
            self._add(batch, values)
        self._state.close()

    def _make_room(self, largest_amount: Mapping[int, float], crude: Mapping[str, Ratios]) -> None:
        """In what units d is added up: as fine as whole numbers of 64 bits leave room for, and none negative.

        The d of a mean is divided by a power of two to be 1 at most: an amount may be of any size, and so might be the
        greatest of them times the factor of its age, beside which the shares would be coarse.
        """
        self._size = np.ones(len(self.series))
        highest, lowest = 0.0, 0.0
        for i, s in enumerate(self.series):
            rates = [self.rates[at, s] for at in range(len(self.samples))]
            most = [np.nan_to_num(each.other + largest_amount[s] * each.factor).max(initial=0) for each in rates]
            least = [np.nan_to_num(each.other).min(initial=0) for each in rates]
            high, low = max((0.0, *map(float, most))), min((0.0, *map(float, least)))
            if s in self.plan.coding.means and (high or low):
                self._size[i] = 2.0 ** np.ceil(np.log2(max(high, -low)))
            highest, lowest = max(highest, high / self._size[i]), min(lowest, low / self._size[i])
        self._lift = 1.0 - lowest
        # the finest power of two that leaves room for the sums
        largest = sum(float(found.weight.max(initial=0)) for found in crude.values())
        self._unit = 2.0 ** np.floor(61 - np.log2(max(largest, 1.0) * (highest + self._lift + 1)))

    def _values(self, s: int) -> tuple[int, Floats, Floats]:
        """The place of the table by age that a series is in; other and factor, see _Rates, each (samples, cells)."""
        t = next(t for t, table in self.by_age if table.has(s))
        rates = [self.rates[at, s] for at in range(len(self.samples))]
        return t, np.stack([each.other for each in rates]), np.stack([each.factor for each in rates])

    def _add(self, batch: Batch, values: Mapping[int, tuple[int, Floats, Floats]]) -> None:
        rows, count = batch.rows.height, len(self.series)
        weight = batch.array("weight").astype(np.float64)
        sample = batch.samples(self.samples)
        above, below = np.zeros((rows, count)), np.zeros((rows, count))
        universe = np.zeros((rows, max(1, -(-count // 64))), np.uint64)
        codes = {t: batch.array(f"code{t}") - table.offset for t, table in self.by_age}
        for i, s in enumerate(self.series):
            t, other, factor = values[s]
            d = other[sample, codes[t]] + _amount(self.plan, batch, s) * factor[sample, codes[t]]
            counts = bit(batch, "universe", s) & (weight > 0) & np.isfinite(d)
            above[:, i] = np.where(counts, weight * (d / self._size[i] + self._lift) * self._unit, 0.0)
            below[:, i] = np.where(counts, weight * self._unit, 0.0)
            universe[:, i // 64] |= counts.astype(np.uint64) << np.uint64(i % 64)
        amounts = np.concatenate([above, below], axis=1).round().astype(np.uint64)
        ones = replace(batch, rows=batch.rows.with_columns(weight=np.ones(rows, np.int64)))
        places = [self.plan.tables.index(table) for table in self._tables]
        status = np.stack([batch.array(f"code{t}") for t in places], axis=1).astype(np.int32)
        masks = [universe, np.zeros_like(universe), universe, universe]
        feed(self._state, self.plan, ones, masks, status, amounts)

    def of_sample(self, sample: str, crude: Ratios, singleton: Singleton, fraction: float) -> Ratios:
        """The ratios of a sample: those of the total, for reference, and of the groups, standardised."""
        at = self.samples.index(sample)
        found = ratios(self._state, sample, singleton, fraction)
        shown = [table.offset + g for table in self._tables for g in range(len(_GROUPS))]
        cut = _cells_of(crude, np.flatnonzero(np.isin(crude.cells, [self.plan.tables[0].offset, *shown])))
        of_group = {int(cell): i for i, cell in enumerate(cut.cells)}
        own = {int(cell): i for i, cell in enumerate(found.cells)}
        pair = {int(cut.cells[first]): p for p, first in enumerate(cut.contrasts.first)}
        own_pair = {int(found.cells[first]): p for p, first in enumerate(found.contrasts.first)}
        covariance = np.full((len(pair), crude.ratio.shape[1]), np.nan)
        thin: dict[int, npt.NDArray[np.bool_]] = {}
        for i, s in enumerate(self.series):
            rates, squared = self.rates[at, s], self._size[i] ** 2
            edges = self._edges(s)
            groups = [self.shown[s].offset + g for g in range(len(_GROUPS))]
            for g, cell in enumerate(groups):
                if cell in of_group:
                    known = cell in own
                    cut.ratio[of_group[cell], s] = rates.rate[g] if known else np.nan
                    cut.variance[of_group[cell], s] = squared * found.variance[own[cell], i] if known else np.nan
                    thin.setdefault(s, np.zeros(len(cut.cells), np.bool_))[of_group[cell]] = rates.thin[g]
                    if rates.rate[g] in edges:
                        cut.variance[of_group[cell], s] = 0.0
            of_pair = squared * found.contrasts.covariance[own_pair[groups[0]], i] if groups[0] in own_pair else np.nan
            if self.replicates:
                variances, of_pair = self._by_replicate(self.replicates, sample, s)
                for g, cell in enumerate(groups):
                    if cell in of_group and rates.rate[g] not in edges:
                        cut.variance[of_group[cell], s] = variances[g]
            if groups[0] in pair and groups[0] in own_pair:
                edge = any(rate in edges for rate in rates.rate)
                covariance[pair[groups[0]], s] = 0.0 if edge else of_pair
        return replace(cut, contrasts=replace(cut.contrasts, covariance=covariance), thin=thin)

    def _by_replicate(self, sums: ReplicateSums, sample: str, s: int) -> tuple[Floats, float]:
        design, mean = self.plan.mapping.design.replicate, self.plan.coding.means.get(s)
        rates = self.rates[self.samples.index(sample), s]
        table = next(table for _, table in self.by_age if table.has(s))
        scale = 1.0 if mean is None else mean.scale
        factors = design.factors if design else ()
        return errors_by_replicate(sums, sample, table, s, rates.share, rates.rate, scale, factors)

    def _edges(self, s: int) -> tuple[float, ...]:
        """Rates that leave nothing to vary: every person has the same."""
        return (0.0,) if s in self.plan.coding.means else (0.0, 1.0)

    def reasons(self, sample: str) -> dict[int, dict[str, str]]:
        """Of the series of which a group has no rate: which group (`migrant`) has nobody of which age."""
        at = self.samples.index(sample)
        found = {}
        for s in self.series:
            told = {group: ages for group, ages in zip(_GROUPS, self.rates[at, s].empty, strict=True) if ages}
            if told:
                found[s] = told
        return found


def _amount(plan: Plan, batch: Batch, s: int) -> Floats:
    """What each row adds to a series: (rows), of a share 1 or 0."""
    mean = plan.coding.means.get(s)
    if mean is None:
        return bit(batch, "numerator", s).astype(np.float64)
    return batch.array(f"amount{plan.coding.kinds.above[s]}") / mean.scale


def _largest_amounts(plan: Plan, kept: Kept, series: Sequence[int]) -> dict[int, float]:
    """The largest amount of a person who counts, by series; of a share it is 1."""
    most = {s: 0.0 if s in plan.coding.means else 1.0 for s in series}
    means = [s for s in series if s in plan.coding.means]
    columns = [name for s in means for name in (f"amount{plan.coding.kinds.above[s]}", f"universe{s // 64}")]
    for batch in kept.batches(columns) if means else ():
        for s in means:
            mine = _amount(plan, batch, s)[bit(batch, "universe", s)]
            most[s] = max(most[s], float(mine.max(initial=0)))
    return most


def _rates(found: Ratios, table: Table, s: int, scale: float | None) -> _Rates:
    """From the crude sums by age. table: migratory status first, then sex and age. scale: of a mean, see Mean."""
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
    other, factors = np.full((2, *y.shape), np.nan)
    thin, empty = [False] * len(_GROUPS), [-1] * len(_GROUPS)
    share = np.zeros(table.inner)
    if standard.sum() > 0:
        share = standard / standard.sum()
        for g in range(len(_GROUPS)):
            if np.any((share > 0) & (y[g] == 0)):
                empty[g] = int(np.flatnonzero((share > 0) & (y[g] == 0))[0])
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                rates = np.where(y[g] > 0, x[g] / y[g] / (scale or 1.0), 0.0)
                factor = np.where(y[g] > 0, share * y[g].sum() / y[g], np.nan)
            rate[g] = np.sum(share * rates)
            for edge in (0.0, 1.0) if scale is None else ():  # of every age the same: no rounding makes it another
                rate[g] = edge if np.all(rates[share > 0] == edge) else rate[g]
            thin[g] = bool(np.any((share >= LARGE_AGE) & (counted.reshape(len(STATUS), -1)[g] < FEW_PERSONS)))
            other[g], factors[g] = rate[g] - rates * factor, factor
    told = [
        ", ".join(table.label(table.offset + at)[name] for name in table.dimensions[1:]) if at >= 0 else ""
        for at in empty
    ]
    return _Rates(rate, other.ravel(), factors.ravel(), thin, told, share)


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
    limits = {s: (low[place], high[place]) for s, (low, high) in found.limits.items()}
    rows = {name: getattr(found, name)[place] for name in BY_CELL}
    return replace(found, contrasts=contrasts, limits=limits, **rows)
