"""Estimates made of counts with noise, whatever it comes from: the cell-key method, or rounding.

Of each cell and series `n` and `n_numerator` are perturbed, and the rest follows: the population is the perturbed n
times the cell's mean weight, as in R's cellKey. With m the numerator and ~ for perturbed:

- A share p: its odds change as those of the unweighted counts do, p~/(1 - p~) = p/(1 - p) · m~/m · (n - m)/(n~ - m~).
  That is the share of perturbed counts times the mean weights of the numerator and of the others, and never above 1.
  Noise adds to its variance, to first order, V (p~(1 - p~))² ((1/m~ + 1/(n~ - m~))² + 1/(n~ - m~)²); of equal weights
  that is V (1 + p~²)/n~².
- A rate r of events (births, deaths) a person: r~ = r · m~/m · n/n~, with V r~² (1/m~² + 1/n~²) added.
- A mean or median of money, and under-five mortality, which is modelled of many sums, are kept with their se: n and
  population alone have noise. What protects them are the rules of suppression: minimum persons and households, and
  dominance.

A share that becomes 0 or 100 % has no variance, as one that is so. A cell that becomes empty has no estimate. The
sampling variance is that of the estimate without noise; covariances of contrasts stay, as the noises of two cells are
independent. Clusters, and with them df, grow and shrink as n does: of households of one they would else tell n. Left
out and base stay, since the flags need them: a table of such ratios shows neither left_out_share nor deff.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.coding import Coding
from harmonize.estimate.taylor import Contrasts, Floats, Ints, Ratios
from harmonize.protect.noise import NoiseTable, rounding, rounding_variance
from harmonize.tabulate.record_sums import Keys, RecordSums

Flags = npt.NDArray[np.bool_]


class Ways(NamedTuple):
    """By series. share: its ratio is a share of persons. rate: it is events a person. Neither: its ratio is kept.

    counts: n_numerator counts events, and may be above n. later: who is in the numerator was decided on a second look.
    """

    share: Flags
    rate: Flags
    counts: Flags
    later: Flags

    @classmethod
    def of(cls, coding: Coding) -> Ways:
        """Of the series of a run."""
        size = len(coding.series)
        share, rate, counts, later = np.ones(size, np.bool_), *np.zeros((3, size), np.bool_)
        for s, series in coding.later.items():
            later[s] = True
            share[s] = series.decided == "half_median"
        units = {each.key: each.unit for one in coding.wanted for each in one.and_stand_ins}
        for s, mean in coding.means.items():
            share[s] = False
            counts[s] = mean.decimals == 0
            rate[s] = units[coding.series[s]] != "currency"
        rate[coding.in_groups] = False  # a model of many sums is between them and the number
        return cls(share, rate, counts, later)


def by_cell_key(found: Ratios, sample: str, sums: RecordSums, ways: Ways, table: NoiseTable) -> Ratios:
    """The estimates of a sample, also standardised ones, by the cell-key method. sums: of the record keys of the run.

    The numerator of a series that is decided on a second look has no record keys: its cell key is mixed from that of
    the universe and its count.
    """
    universe, numerator = sums.of(sample, found.cells)
    numerator[:, ways.later] = _mixed(universe, found.n_numerator)[:, ways.later]
    noise = table.look_up(found.n, universe), table.look_up(found.n_numerator, numerator)
    return perturbed(found, ways, *noise, table.variance)


def by_rounding(found: Ratios, base: int, ways: Ways) -> Ratios:
    """The same with all counts rounded to multiples of `base`."""
    noise = rounding(found.n, base), rounding(found.n_numerator, base)
    return perturbed(found, ways, *noise, rounding_variance(base))


def perturbed(found: Ratios, ways: Ways, noise_n: Ints, noise_numerator: Ints, noise_variance: float) -> Ratios:
    """The estimates with noise in their counts: see above. noise_n, noise_numerator: (cells, series), whole persons."""
    n = np.maximum(found.n + noise_n, 0)
    n[found.n == 0] = 0
    m = np.maximum(found.n_numerator + noise_numerator, 0)
    m[(found.n_numerator == 0) | (n == 0)] = 0
    bounded = np.where(found.n_numerator >= found.n, n, np.minimum(m, n))  # all of them stay all
    m = np.where(ways.counts, m, bounded)

    grown = _over(n, found.n)
    share, noise_of_share = _share(found, n, m)
    rate, noise_of_rate = _rate(found, n, m)
    kinds = [ways.share, ways.rate]
    ratio = np.select(kinds, [share, rate], found.ratio)
    variance = found.variance + noise_variance * np.select(kinds, [noise_of_share, noise_of_rate], 0.0)
    made = ways.share | ways.rate
    # one cluster tells nothing of how clusters vary, and noise doesn't tell more
    alone = (found.df < 1) & (found.variance == 0) & (ratio > 0) & ((ratio < 1) | ~ways.share)
    variance = np.where(made & alone, np.nan, variance)
    variance = np.where(made & ((ratio == 0) | (ways.share & (ratio == 1))), 0.0, variance)
    ratio, variance = (np.where(n > 0, each, np.nan) for each in (ratio, variance))

    weight, y = _times(found.weight, grown), _times(found.y, grown)
    x = np.where(ways.rate, _times(found.x, _over(m, found.n_numerator)), _times(found.x, grown))
    x = np.where(ways.share, _times(y, np.nan_to_num(ratio)), x)
    counted = _times(found.counted, grown)
    df = np.maximum(counted - (found.counted - found.df), 0)
    limits = {s: (_where(n[:, s] > 0, low), _where(n[:, s] > 0, high)) for s, (low, high) in found.limits.items()}
    return replace(
        found, n=n, n_numerator=m, x=x, y=y, weight=weight, ratio=ratio, variance=variance, df=df, counted=counted,
        contrasts=_contrasts(found, df), limits=limits, noisy=True,
    )  # fmt: skip


def _share(found: Ratios, n: Ints, m: Ints) -> tuple[Floats, Floats]:
    """Shares, and what noise of variance 1 adds to their variance."""
    p = found.ratio
    x = p * _over(m, found.n_numerator)
    others = (1 - p) * _over(n - m, found.n - found.n_numerator)
    share = np.where(m == 0, 0.0 * p, np.where(m == n, 0.0 * p + 1, _over(x, x + others)))
    parts = (_over(1, m) + _over(1, n - m)) ** 2 + _over(1, n - m) ** 2
    return share, (share * (1 - share)) ** 2 * parts


def _rate(found: Ratios, n: Ints, m: Ints) -> tuple[Floats, Floats]:
    """Rates of events, and what noise of variance 1 adds to their variance."""
    rate = found.ratio * _over(_over(m, found.n_numerator), _over(n, found.n))
    return rate, rate**2 * (_over(1, m) ** 2 + _over(1, n) ** 2)


def _contrasts(found: Ratios, df: Ints) -> Contrasts:
    """The same pairs, their df changed as those of the two cells are."""
    more = df - found.df
    pairs = found.contrasts
    return replace(pairs, df=np.maximum(pairs.df + more[pairs.first] + more[pairs.second], 0))


def _over(above: Ints | Floats | int, below: Ints | Floats) -> Floats:
    """The quotient, 0 where it has none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0, np.asarray(above) / below, 0.0)


def _times(count: Ints, factor: Floats) -> Ints:
    return np.rint(count * factor).astype(np.int64)


def _where(there: Flags, values: Floats) -> Floats:
    return np.where(there, values, np.nan)


def _mixed(keys: Keys, counts: Ints) -> Keys:
    """Another key of each, by key and count. Source: the finaliser of MurmurHash3."""
    found = keys + counts.astype(np.uint32) * np.uint32(0x9E3779B9)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        found = (found ^ (found >> np.uint32(shift))) * np.uint32(factor)
    return np.asarray(found ^ (found >> np.uint32(16)), np.uint32)
