"""Under-five mortality by Brass and Trussell from the sums of a run, with a jackknife over groups of clusters.

Source: UN Manual X (1983), ch. III; see harmonize/demography. Variance: (G-1)/G times the sum over the G groups
of the squared change when the group is left out; covariances likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, MOTHERS, multipliers, reference_times
from harmonize.demography.child_mortality import HEADLINE, mean_parities
from harmonize.demography.coale_demeny import probabilities
from harmonize.estimate.taylor import Ratios
from harmonize.tabulate.groups import GroupedSums

Floats = npt.NDArray[np.float64]
_FIRST = 1  # of the age groups of mothers that are shown: 15–19 serve the parities alone
_OF_HEADLINE = [MOTHERS.index(group) for group in HEADLINE]


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


def put_under_five(
    found: Ratios, places: Places, groups: GroupedSums, sample: str, total_cell: int, family: str
) -> list[dict[str, Any]]:
    """Write q(5) of every cell into the ratios of a sample; what it was made of, a row each cell and age of mother.

    total_cell: the code of everybody's cell. family: of model life tables.
    """
    total = int(np.flatnonzero(found.cells == total_cell)[0])
    three = places.parities[:3]
    parities = _parities(found, places, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        crude = found.x[total, three] / found.weight[total, three]
        corrected = np.where(crude > 0, parities / crude, 1.0)
    try:
        whole = _Method(parities, family)
    except ValueError:  # no parity that the method can take
        leave_out(found, places)
        return []

    x, y = groups.sums(sample, found.cells)
    at = {s: i for i, s in enumerate(groups.series)}
    own = [at.get(s, 0) for s in places.by_age]
    there = np.array([s >= 0 for s in places.by_age])
    dead, children = found.x[:, places.by_age] * there, found.y[:, places.by_age] * there
    q5 = whole.under_five(dead, children)
    of_parity = [at[s] for s in three]
    left = []
    present = [g for g in range(len(x)) if y[g].any()]
    for g in present:
        women = (found.y[total, three] - y[g, total, of_parity]).astype(np.float64)
        rest = (found.x[total, three] - x[g, total, of_parity]).astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            parities = rest / women * corrected
        try:
            method = _Method(parities, family)
        except ValueError:  # without this group the method fails: then its error is not known
            left.append(np.full(q5.shape, np.nan))
            continue
        left.append(method.under_five(dead - x[g][:, own], children - y[g][:, own]))
    changes = np.array(left) - q5 if left else np.zeros((0, *q5.shape))

    counted = np.array([(y[:, c][:, own] > 0).sum(axis=0) for c in range(len(found.cells))])
    headline = [i - _FIRST for i in _OF_HEADLINE]
    _put(found, places.by_age, q5, changes, counted)
    mean = q5[:, headline].mean(axis=1, keepdims=True)
    changed = changes[:, :, headline].mean(axis=2, keepdims=True)
    if places.headline >= 0:
        _put(found, [places.headline], mean, changed, counted[:, headline].min(axis=1, keepdims=True))
    return _rows(found, places, whole, dead, children, q5)


def leave_out(found: Ratios, places: Places) -> None:
    """No number of any cell."""
    for s in (places.headline, *places.by_age):
        if s >= 0:
            found.ratio[:, s] = np.nan


def _parities(found: Ratios, places: Places, total: int) -> Floats:
    """P1, P2 and P3 of everybody; with El-Badry's correction where it can be made."""
    asked = all(s >= 0 for s in (*places.parities, *places.childless))
    women = [float(found.weight[total, s]) if s >= 0 else 0.0 for s in places.parities]
    born = [float(found.x[total, s]) if s >= 0 else 0.0 for s in places.parities]
    if asked:
        childless = [float(found.x[total, s]) for s in places.childless]
        not_stated = [float(found.left_out[total, s]) for s in places.parities]
        try:
            return np.array(mean_parities(women, born, childless=childless, not_stated=not_stated).parities[:3])
        except ValueError:  # an age without women: no line can be drawn
            pass
    return np.array(mean_parities(women, born).parities[:3])


class _Method:
    """The multipliers and times that three parities give.

    Raises ValueError where they are none, or do not rise with age as parities do.
    """

    def __init__(self, parities: Floats, family: str) -> None:
        self.family = family
        three = [float(parity) for parity in parities]
        if not 0 <= three[0] < three[1] < three[2]:
            raise ValueError("parities rise with age")
        self.k: Floats = np.array(multipliers(three, family)[_FIRST:], np.float64)
        self.t: Floats = np.array(reference_times(three, family)[_FIRST:], np.float64)
        self.x = AGES_OF_CHILDREN[_FIRST:]

    def q(self, dead: npt.NDArray[Any], born: npt.NDArray[Any]) -> Floats:
        """The probability to die before age x, (cells, ages of mothers); nan without children."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share: Floats = np.where(born > 0, dead / born, np.nan)
        q: Floats = share * self.k
        return q

    def under_five(self, dead: npt.NDArray[Any], born: npt.NDArray[Any]) -> Floats:
        """q(5) by the model life tables; nan where no level of them has such a q(x)."""
        q = self.q(dead, born)
        five = probabilities(5, self.family)
        columns = []
        for i, x in enumerate(self.x):
            levels = probabilities(x, self.family)  # falls from level to level
            columns.append(np.interp(q[:, i], levels[::-1], five[::-1], left=np.nan, right=np.nan))
        return np.column_stack(columns)


def _put(found: Ratios, series: Sequence[int], values: Floats, changes: Floats, counted: npt.NDArray[Any]) -> None:
    """Write values, (cells, series), with their variances.

    changes: (groups, cells, series) of the values when a group is left out; counted: (cells, series), groups that
    have a birth.
    """
    groups = len(changes)
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


def _rows(
    found: Ratios, places: Places, method: _Method, dead: npt.NDArray[Any], born: npt.NDArray[Any], q5: Floats
) -> list[dict[str, Any]]:
    q = method.q(dead, born)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(born > 0, dead / born, np.nan)
    rows = []
    for c, code in enumerate(found.cells):
        for i, s in enumerate(places.by_age):
            if s >= 0 and found.n[c, s]:
                rows.append({
                    "cell": int(code), "mothers": MOTHERS[i + _FIRST].replace("-", "_"), "women": int(found.n[c, s]),
                    "family": method.family, "proportion_dead": float(share[c, i]), "multiplier": float(method.k[i]),
                    "x": method.x[i], "q_x": float(q[c, i]), "years_before": float(method.t[i]),
                    "q_5": float(q5[c, i]),
                })  # fmt: skip
    return rows
