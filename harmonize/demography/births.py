"""Births of the last 12 months: Brass's P/F ratios, and the half-year age shift of the adolescent birth rate (3.7.2).

P/F compares what women have had, P (mean children ever born), with what the last year's rates would have given them,
F. Where fertility was constant and only births of the last year are under-reported, the ratio at 20–24 (or 20–34) is
the factor by which to raise them. A method for the whole sample; its factor may be applied to groups, labelled.
Sources: W. Brass (1975); United Nations (1983), Manual X, chapter II, B; the R package fertestr, R/brass_pf.R, whose
convention the mean age is: group midpoints 17.5, 22.5 … in both variants.

Manual X's other version (Coale–Trussell: F(i) = φ(i−1) + a·f(i) + b·f(i+1) + c·φ(7)) is not here: its coefficients
(tables 7 and 8) were not in any source that could be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from harmonize.demography.brass_trussell import MOTHERS
from harmonize.demography.pf_multipliers import AT_BIRTH, AT_SURVEY, MEAN_AGE, P1_P2

Floats = npt.NDArray[np.float64]
Timing = Literal["at_survey", "at_birth"]
FIRST_AGE: Final = 10
LAST_AGE: Final = 20


@dataclass(frozen=True)
class PFRatios:
    """P/F by age group of women, 15–19 … 45–49; seven numbers each, per woman."""

    multipliers: tuple[float, ...]
    """w(i)."""
    cumulated: tuple[float, ...]
    """F(i)."""
    ratios: tuple[float, ...]
    """P(i) ÷ F(i)."""
    mean_age: float
    """Mean age of the fertility rates."""
    total_fertility: float
    """Five times the sum of the rates, unadjusted."""

    def factor(self, groups: Sequence[str] = ("20-24",)) -> float:
        """The mean of the ratios of these age groups: what to multiply rates by. ValueError for an unknown group."""
        unknown = [group for group in groups if group not in MOTHERS]
        if unknown or not groups:
            raise ValueError(f"age groups for the P/F factor are some of {', '.join(MOTHERS)}; not {list(groups)}.")
        return sum(self.ratios[MOTHERS.index(group)] for group in groups) / len(groups)


def pf_ratios(rates: Sequence[float], parities: Sequence[float], births: Timing = "at_survey") -> PFRatios:
    """Brass's P/F ratios.

    `rates`: births per woman and year; `parities`: mean children ever born per woman; seven each, 15–19 … 45–49.
    `births`: whether the age of the mother in `rates` is that at the survey (the census tabulation of births in the
    last 12 months) or that when she gave birth. ValueError where the numbers can't be, or P1/P2 or the mean age is
    outside Brass's multipliers (.014 to .387; 24.7 to 31.7 years): the method doesn't hold there.
    """
    f, p = np.asarray(rates, np.float64), np.asarray(parities, np.float64)
    if f.shape != (7,) or p.shape != (7,) or not (np.all(f > 0) and np.all(p >= 0) and p[1] > 0):
        raise ValueError("P/F needs seven rates above 0 and seven mean parities, for women 15–19 to 45–49.")
    midpoints = np.arange(17.5, 50, 5)
    mean_age, p1_p2 = float(midpoints @ f / f.sum()), float(p[0] / p[1])
    _within("P1/P2", p1_p2, P1_P2)
    _within("the mean age of fertility", mean_age, MEAN_AGE)
    rows = {"at_survey": AT_SURVEY, "at_birth": AT_BIRTH}[births].rows
    w = [np.interp(p1_p2, P1_P2, row) for row in rows[:3]]
    w += [np.interp(-mean_age, [-age for age in MEAN_AGE], row) for row in rows[3:]]
    before = 5 * (np.cumsum(f) - f)
    cumulated = before + np.array(w) * f
    return PFRatios(
        tuple(float(value) for value in w),
        tuple(cumulated.tolist()),
        tuple((p / cumulated).tolist()),
        mean_age,
        float(5 * f.sum()),
    )


@dataclass(frozen=True)
class AdolescentRates:
    """Births per 1,000 women and year by age at birth; None where there are no women, or births weren't asked."""

    aged_10_14: float | None
    aged_15_19: float | None


def age_shift(births: Sequence[float], women: Sequence[float]) -> AdolescentRates:
    """Adolescent birth rates from a census, moved to the age that women had during the last 12 months.

    `births`: children born in the last 12 months by completed age of the mother at the census; `women`: all women;
    eleven numbers each, ages 10, 11 … 20, counts or sums of weights; nan in `births` where the age wasn't asked.
    A woman aged a at the census was a and a − 1 for half of the 12 months each, on average: births and women at a
    are split half to a, half to a − 1, so that 15–19 takes half of age 15, all of 16 to 19 and half of 20.
    ValueError where lengths or numbers can't be.
    """
    born, exposed = np.asarray(births, np.float64), np.asarray(women, np.float64)
    ages = LAST_AGE - FIRST_AGE + 1
    if born.shape != (ages,) or exposed.shape != (ages,):
        raise ValueError(f"the age shift needs births and women by single years of age, {FIRST_AGE} to {LAST_AGE}.")
    if np.any(born < 0) or not np.all(exposed >= 0) or np.any(born[exposed == 0] > 0):
        raise ValueError("the age shift needs no negative numbers, and women at every age that has births.")
    return AdolescentRates(_shifted(born, exposed, 10), _shifted(born, exposed, 15))


def _shifted(births: Floats, women: Floats, start: int) -> float | None:
    weights = np.array([0.5, 1, 1, 1, 1, 0.5])
    window = slice(start - FIRST_AGE, start - FIRST_AGE + 6)
    exposure = float(weights @ women[window])
    rate = 1000 * float(weights @ births[window]) / exposure if exposure > 0 else float("nan")
    return None if np.isnan(rate) else rate


def _within(what: str, value: float, column: Sequence[float]) -> None:
    low, high = min(column), max(column)
    if not low <= value <= high:
        raise ValueError(
            f"{what} is {value:.4g}; Brass's P/F multipliers reach from {low} to {high}. "
            "Fertility of this pattern can't be adjusted by P/F: use the rates unadjusted."
        )
