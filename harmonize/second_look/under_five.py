"""Under-five mortality by Brass and Trussell from the sums of a run, with a jackknife over groups of clusters.

Migrants are mothers who had arrived before the date that the number is of, where it is known when they came: see
arrived.py. The parities of everybody give the multipliers and the dates, or with `--own-parities` each group's own.

Source: UN Manual X (1983), ch. III; see harmonize/demography. Variance: (G-1)/G times the sum over the G groups
of the squared change when the group is left out; covariances likewise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, MOTHERS, TABLE_47, TABLE_48, at_ratios
from harmonize.demography.child_mortality import HEADLINE, MeanParities, mean_parities
from harmonize.demography.coale_demeny import probabilities
from harmonize.estimate.taylor import Ratios, Singleton
from harmonize.plan import Plan
from harmonize.second_look.arrived import Arrived
from harmonize.second_look.kept import Kept
from harmonize.tabulate.groups import GroupedSums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_FIRST = 1  # of the age groups of mothers that are shown: 15–19 serve the parities alone
_OF_HEADLINE = [MOTHERS.index(group) - _FIRST for group in HEADLINE]
_HEADLINE_MOTHERS = f"{HEADLINE[0].split('-')[0]}_{HEADLINE[-1].split('-')[1]}"


@dataclass(frozen=True)
class Places:
    """Numbers of the series in the run: shown by age of mother, the headline, and what the method takes.

    -1 where a run does not have the series.
    """

    headline: int
    by_age: list[int]
    parities: list[int]
    childless: list[int]

    @classmethod
    def of(cls, series: Sequence[tuple[str, str]]) -> Places | None:
        """None where a run has none of them."""
        place = {name: at for at, (indicator, name) in enumerate(series) if indicator == "3.2.1"}
        if not place:
            return None
        ages = [group.replace("-", "_") for group in MOTHERS]
        return cls(
            place.get("under_five_mortality", -1),
            [place.get(f"under_five_mortality_{age}", -1) for age in ages[_FIRST:]],
            [place.get(f"mean_parity_{age}", -1) for age in ages],
            [place.get(f"childless_{age}", -1) for age in ages],
        )

    @property
    def sufficient(self) -> bool:
        """Whether there are the parities that the method takes."""
        return min(self.parities[:3]) >= 0

    @property
    def made_of(self) -> dict[int, list[int]]:
        """The headline, and the series that it is the mean of."""
        parts = [self.by_age[i] for i in _OF_HEADLINE]
        return {self.headline: parts} if min(self.headline, *parts) >= 0 else {}


@dataclass(frozen=True)
class UnderFive:
    """What the numbers of a sample were made of.

    rows: a row each cell and age of mother; `cell` its code, `series` its number. women: of all women by age
    group, parities as reported and as taken,
    shares that do not say (0..1), and El-Badry's line where one was drawn.
    """

    rows: list[dict[str, Any]]
    women: dict[str, Any]


def look_at_under_five(
    plan: Plan,
    kept: Kept,
    groups: GroupedSums | None,
    crude: dict[str, Ratios],
    fractions: Mapping[str, float],
    singleton: Singleton,
    tell: Collection[str],
) -> dict[str, UnderFive]:
    """Write q(5) of every cell into the ratios of each sample; by sample what it was made of.

    fractions: sampled, by sample. tell: the samples that know when migrants came.
    """
    places = Places.of(plan.series)
    if places is None:
        return {}
    if not (groups and places.sufficient):
        for found in crude.values():
            _leave_out(found, places)
        return {}
    family = str(plan.harmoniser.available["children_ever_born"].options.get("model_life_table", "west"))
    total_cell, own = plan.tables[0].offset, plan.options.own_parities
    counted = [sample for sample, found in crude.items() if total_cell in found.cells]  # of others nobody is
    women = {sample: _parities(crude[sample], places, total_cell) for sample in counted}
    every = {sample: _of_everybody(*parities, family) for sample, parities in women.items()}
    times = {
        sample: dict(zip(places.by_age, method.t[0], strict=True)) for sample, method in every.items() if sample in tell
    }
    arrived = Arrived(plan, kept, times) if times and plan.coding.by_arrival else None  # parities alone have no date
    made = {}
    for sample in counted:
        if arrived and sample in times:
            crude[sample] = arrived.put(crude[sample], sample, singleton, fractions[sample])
        sums = groups.sums(sample, crude[sample].cells)
        if arrived and sample in times:
            arrived.put_groups(groups.series, sums, sample, crude[sample].cells)
        brass = _Brass(crude[sample], places, groups.series, sums, total_cell, every[sample], own)
        made[sample] = UnderFive(brass.put(), _told(*women[sample]))
    return made


def _leave_out(found: Ratios, places: Places) -> None:
    """No number of any cell."""
    for s in (places.headline, *places.by_age):
        if s >= 0:
            found.ratio[:, s] = np.nan


class _Method:
    """The multipliers and times that parities give: (cells, ages of mothers).

    parities: (cells, 3). nan where they do not rise with age, as parities do.
    """

    def __init__(self, parities: Floats, family: str, corrected: Floats) -> None:
        """corrected: what El-Badry's correction multiplied the parities by."""
        self.family, self.corrected = family, corrected
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = (parities[:, 0] >= 0) & (parities[:, 0] < parities[:, 1]) & (parities[:, 1] < parities[:, 2])
            one, two, three = np.where(rise[:, None], parities, np.nan).T
            ratios = one / two, two / three
        self.k: Floats = np.column_stack(at_ratios(TABLE_47[family], *ratios))[:, _FIRST:]
        self.t: Floats = np.column_stack(at_ratios(TABLE_48[family], *ratios))[:, _FIRST:]
        self.x = AGES_OF_CHILDREN[_FIRST:]

    def q(self, dead: Ints, born: Ints) -> Floats:
        """The probability to die before age x, (cells, ages of mothers); nan without children."""
        with np.errstate(divide="ignore", invalid="ignore"):
            q: Floats = np.where(born > 0, dead / born, np.nan) * self.k
        return q

    def under_five(self, dead: Ints, born: Ints) -> Floats:
        """q(5) by the model life tables; nan where no level of them has such a q(x)."""
        q = self.q(dead, born)
        five = probabilities(5, self.family)
        columns = []
        for i, x in enumerate(self.x):
            levels = probabilities(x, self.family)  # falls from level to level
            columns.append(np.interp(q[:, i], levels[::-1], five[::-1], left=np.nan, right=np.nan))
        return np.column_stack(columns)


def _parities(found: Ratios, places: Places, total_cell: int) -> tuple[Floats, MeanParities]:
    """P of everybody by age group as reported; and with El-Badry's correction where it can be made."""
    total = int(np.flatnonzero(found.cells == total_cell)[0])
    asked = all(s >= 0 for s in (*places.parities, *places.childless))
    women = [float(found.weight[total, s]) if s >= 0 else 0.0 for s in places.parities]
    born = [float(found.x[total, s]) if s >= 0 else 0.0 for s in places.parities]
    not_stated = [float(found.left_out[total, s]) if s >= 0 else 0.0 for s in places.parities]
    reported = mean_parities(women, born, not_stated=not_stated)
    plain = np.array(reported.parities)
    if asked:
        childless = [float(found.x[total, s]) for s in places.childless]
        try:
            return plain, mean_parities(women, born, childless=childless, not_stated=not_stated)
        except ValueError:  # an age without women: no line can be drawn
            pass
    return plain, reported


def _of_everybody(plain: Floats, taken: MeanParities, family: str) -> _Method:
    """By the parities of all women."""
    three = np.array(taken.parities[:3])
    with np.errstate(divide="ignore", invalid="ignore"):
        corrected = np.where(plain[:3] > 0, three / plain[:3], 1.0)
    return _Method(three[None, :], family, corrected)


def _told(plain: Floats, taken: MeanParities) -> dict[str, Any]:
    line = taken.correction
    return {
        "mothers": [group.replace("-", "_") for group in MOTHERS],
        "mean_parities": [_known(value) for value in plain],
        "mean_parities_taken": [_known(value) for value in taken.parities],
        "share_not_stated": [_known(value) for value in taken.share_not_stated],
        "el_badry": line
        and {
            "applies": line.applies, "intercept": _known(line.intercept), "slope": _known(line.slope),
            "correlation": _known(line.correlation),
        },
    }  # fmt: skip


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


class _Brass:
    """The method in all cells of a sample."""

    def __init__(
        self,
        found: Ratios,
        places: Places,
        series: Sequence[int],
        sums: tuple[Ints, Ints],
        total_cell: int,
        everybody: _Method,
        own_parities: bool,
    ) -> None:
        """sums: X and Y by group of clusters, (groups, cells, series), of these series."""
        self.found, self.places, self.everybody, self.own = found, places, everybody, own_parities
        at = {s: i for i, s in enumerate(series)}
        by_age = [at.get(s, 0) for s in places.by_age]
        there = np.array([s >= 0 for s in places.by_age])
        self.dead, self.born = found.x[:, places.by_age] * there, found.y[:, places.by_age] * there
        x, y = sums
        self.dead_of, self.born_of = x[:, :, by_age], y[:, :, by_age]
        three, of_parity = places.parities[:3], [at[s] for s in places.parities[:3]]
        whose = np.arange(len(found.cells)) if own_parities else np.flatnonzero(found.cells == total_cell)
        self.children, self.women = found.x[whose[:, None], three], found.y[whose[:, None], three]
        self.children_of, self.women_of = (each[:, whose][:, :, of_parity] for each in (x, y))
        self.present = [g for g in range(len(y)) if y[g].any()]

    def put(self) -> list[dict[str, Any]]:
        """Write q(5) with its variances; what it was made of, a row each cell and age of mother."""
        found, places = self.found, self.places
        method = self._method(self.children, self.women) if self.own else self.everybody
        if not np.isfinite(self.everybody.k).all():
            _leave_out(found, places)
            return []
        q5 = method.under_five(self.dead, self.born)
        left = [
            self._method(self.children - self.children_of[g], self.women - self.women_of[g]).under_five(
                self.dead - self.dead_of[g], self.born - self.born_of[g]
            )
            for g in self.present
        ]
        changes = np.array(left) - q5 if left else np.zeros((0, *q5.shape))
        counted = (self.born_of > 0).sum(axis=0)
        self._put(places.by_age, q5, changes, counted)
        mean = q5[:, _OF_HEADLINE].mean(axis=1, keepdims=True)
        changed = changes[:, :, _OF_HEADLINE].mean(axis=2, keepdims=True)
        if places.headline >= 0:
            self._put([places.headline], mean, changed, counted[:, _OF_HEADLINE].min(axis=1, keepdims=True))
        return self._rows(method, q5)

    def _method(self, children: Ints, women: Ints) -> _Method:
        corrected = self.everybody.corrected
        with np.errstate(divide="ignore", invalid="ignore"):
            return _Method(children / women * corrected, self.everybody.family, corrected)

    def _put(self, series: Sequence[int], values: Floats, changes: Floats, counted: Ints) -> None:
        """Write values, (cells, series), with their variances.

        changes: (groups, cells, series) of the values when a group is left out; counted: (cells, series), groups that
        have a birth.
        """
        found, groups = self.found, len(changes)
        factor = (groups - 1) / groups if groups else np.nan
        a, b = found.contrasts.first, found.contrasts.second
        for i, s in enumerate(series):
            if s < 0:
                continue
            found.ratio[:, s] = values[:, i]
            # a replicate without a number leaves the error unknown, and so does a single group
            change = np.where(counted[:, i] > 1, changes[:, :, i], np.nan)
            found.variance[:, s] = factor * np.sum(change**2, axis=0)
            found.contrasts.covariance[:, s] = factor * np.sum(change[:, a] * change[:, b], axis=0)
            found.df[:, s] = counted[:, i] - 1
            found.contrasts.df[:, s] = np.minimum(counted[a, i], counted[b, i]) - 1

    def _rows(self, method: _Method, q5: Floats) -> list[dict[str, Any]]:
        found, shape, headline = self.found, q5.shape, self.places.headline
        q = method.q(self.dead, self.born)
        k, t = np.broadcast_to(method.k, shape), np.broadcast_to(method.t, shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(self.born > 0, self.dead / self.born, np.nan)
        whose: dict[str, Any] = {"parities": "own_group" if self.own else "all_women", "family": method.family}
        rows: list[dict[str, Any]] = []
        for c, code in enumerate(found.cells):
            if headline >= 0 and found.n[c, headline]:
                rows.append(whose | {
                    "cell": int(code), "series": headline, "mothers": _HEADLINE_MOTHERS,
                    "women": int(found.n[c, headline]),
                    "proportion_dead": None, "multiplier": None, "x": None, "q_x": None,
                    "years_before": float(t[c, _OF_HEADLINE].mean()), "q_5": float(q5[c, _OF_HEADLINE].mean()),
                })  # fmt: skip
            for i, s in enumerate(self.places.by_age):
                if s >= 0 and found.n[c, s]:
                    rows.append(whose | {
                        "cell": int(code), "series": s, "mothers": MOTHERS[i + _FIRST].replace("-", "_"),
                        "women": int(found.n[c, s]), "proportion_dead": float(share[c, i]),
                        "multiplier": float(k[c, i]), "x": method.x[i], "q_x": float(q[c, i]),
                        "years_before": float(t[c, i]), "q_5": float(q5[c, i]),
                    })  # fmt: skip
        return rows
