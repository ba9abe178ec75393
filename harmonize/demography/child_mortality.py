"""Under-five mortality (SDG 3.2.1) from children ever born and dead by age group of mother: all of Brass–Trussell.

The parts are in `brass_trussell` (k, q(x), t), `coale_demeny` (q(x) to q(5)) and `el_badry` (women not stated).
Seven age groups of mothers everywhere, 15–19 … 45–49. The headline is the mean of q(5) from mothers aged 25–29 and
30–34, dated at the mean of their times; 15–19 is given but biased (first births, young mothers), serve it in P1 only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, MOTHERS, known, multipliers, reference_times
from harmonize.demography.coale_demeny import OutsideTables, under_five
from harmonize.demography.el_badry import THRESHOLD, ElBadry, el_badry

GROUPS: Final = len(MOTHERS)
HEADLINE: Final = ("25-29", "30-34")


@dataclass(frozen=True)
class FromMothers:
    """What one age group of mothers says; probabilities are 0..1, not per 1,000."""

    mothers: str
    """Age group of the mothers, as "25-29"."""
    proportion_dead: float | None
    """D(i), of the children ever born; None where there are none."""
    multiplier: float
    """k(i)."""
    x: int
    """Age of children to which q(x) refers."""
    q: float | None
    """q(x) = k(i)·D(i); None without children."""
    t: float
    """Years before the survey."""
    q5: float | None
    """q(5) at the same level of the model family; None with a reason."""
    reason: str | None = None
    """Why there is no q5."""


@dataclass(frozen=True)
class ChildMortality:
    """q(5) by age group of mother and the headline."""

    groups: tuple[FromMothers, ...]
    """Seven, in the order of MOTHERS."""
    q5: float | None
    """Mean of q(5) from mothers 25–29 and 30–34; None if either has none."""
    t: float
    """Mean of their times, years before the survey."""
    family: str
    sex: str


@dataclass(frozen=True)
class MeanParities:
    """Mean children ever born per woman by age group, and what was done about women not stated."""

    parities: tuple[float, ...]
    """Seven; nan where there are no women."""
    share_not_stated: tuple[float, ...]
    """Share of all women of the group, before correction."""
    correction: ElBadry | None
    """None where no age group has more than 2 % not stated, or childless women are not given."""


def child_mortality(
    women: Sequence[float],
    born: Sequence[float],
    dead: Sequence[float],
    *,
    family: str = "west",
    sex: str = "both",
    parities: Sequence[float] | None = None,
) -> ChildMortality:
    """Estimate q(5) of a group.

    `women`: women whose children ever born are stated, with or without children; `born`, `dead`: children ever born
    to them and dead of those. Seven numbers each, 15–19 … 45–49: counts or sums of weights, of the group.
    `sex`: of the children that `born` and `dead` count. `parities`: P1, P2, P3 of another table, as
    `mean_parities(...).parities` of the whole sample; by default the group's own. With children of one sex, the
    parities are of children of that sex too.

    ValueError where the numbers can't be (dead over born, negative) or no parity ratio can be formed.
    """
    women, born, dead = _seven(women, "women"), _seven(born, "children born"), _seven(dead, "children dead")
    for group, children, deaths in zip(MOTHERS, born, dead, strict=True):
        if deaths > children * (1 + 1e-12):
            raise ValueError(f"mothers {group}: {deaths:g} children dead of {children:g} ever born; check the coding.")
    if parities is None:
        parities = [_ratio(children, mothers) for children, mothers in zip(born, women, strict=True)]
    factors, times = multipliers(parities, known(family)), reference_times(parities, family)
    groups = tuple(
        _from_mothers(MOTHERS[i], born[i], dead[i], factors[i], AGES_OF_CHILDREN[i], times[i], family, sex)
        for i in range(GROUPS)
    )
    chosen = [group for group in groups if group.mothers in HEADLINE]
    known_q5 = [group.q5 for group in chosen if group.q5 is not None]
    q5 = sum(known_q5) / len(chosen) if len(known_q5) == len(chosen) else None
    return ChildMortality(groups, q5, sum(group.t for group in chosen) / len(chosen), family, sex)


def mean_parities(
    women: Sequence[float],
    born: Sequence[float],
    *,
    childless: Sequence[float] | None = None,
    not_stated: Sequence[float] | None = None,
) -> MeanParities:
    """Mean parities P1..P7, with El-Badry's correction where an age group has more than 2 % of women not stated.

    `women`: women whose children ever born are stated; `born`: their children; `childless`: those of `women` with
    none; `not_stated`: women on top of `women` whose children ever born are not stated. Seven numbers each.
    The denominator is the women stated, plus those not stated who are childless by the correction.
    """
    stated, children = _seven(women, "women"), _seven(born, "children born")
    blank = _seven(not_stated, "women not stated") if not_stated is not None else (0.0,) * GROUPS
    everybody = [a + b for a, b in zip(stated, blank, strict=True)]
    shares = tuple(_ratio(b, n) for b, n in zip(blank, everybody, strict=True))
    correction = None
    denominators: Sequence[float] = stated
    if childless is not None and any(share > THRESHOLD for share in shares):
        correction = el_badry(everybody, _seven(childless, "childless women"), blank)
        if correction.applies:
            denominators = [n * (1 - u) for n, u in zip(everybody, correction.not_stated, strict=True)]
    parities = tuple(_ratio(c, n) for c, n in zip(children, denominators, strict=True))
    return MeanParities(parities, shares, correction)


def _from_mothers(
    mothers: str, born: float, dead: float, k: float, x: int, t: float, family: str, sex: str
) -> FromMothers:
    if born == 0:
        return FromMothers(mothers, None, k, x, None, t, None, f"no children ever born to women aged {mothers}")
    q = k * dead / born
    try:
        return FromMothers(mothers, dead / born, k, x, q, t, under_five(q, x, family, sex))
    except OutsideTables as problem:
        return FromMothers(mothers, dead / born, k, x, q, t, None, str(problem))


def _seven(values: Sequence[float], what: str) -> tuple[float, ...]:
    numbers = tuple(float(value) for value in values)
    if len(numbers) != GROUPS or not all(0 <= number < float("inf") for number in numbers):
        raise ValueError(f"{what}: seven numbers from 0 up are needed, for mothers {MOTHERS[0]} to {MOTHERS[-1]}.")
    return numbers


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
