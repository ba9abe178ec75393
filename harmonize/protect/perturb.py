"""Estimates made of counts with noise, whatever it comes from: the cell-key method, or rounding.

Of each cell and series `n` and `n_numerator` are perturbed, and the rest is made of them and of means, which are
coarse: a mean of seven persons' whole weights is a multiple of 1/7, and its digits would tell the seven. `coarse` are
multiples of a power of ten that is at most a part in n~ (~ for perturbed), so that what is lost is below the noise.
With m the numerator:

- The population is n~ times the cell's mean weight (as in R's cellKey), rounded to a power of ten of that weight.
- A share: its odds are those of the perturbed counts, m~/(n~ - m~), times the mean weight of the numerator over that of
  the others, coarse: never above 100 %. Its sampling variance is p~(1 - p~)/n~ times the design effect, coarse. Noise
  of variance V adds, to first order, V (p~(1 - p~))² ((1/m~ + 1/(n~ - m~))² + 1/(n~ - m~)²); with equal weights that is
  V (1 + p~²)/n~².
- A rate of events (births, deaths) a person: m~/n~ times the mean weight of events over that of persons, coarse. Its
  sampling variance is r~²/m~ times what that of a Poisson count is multiplied by, coarse; noise adds
  V r~² (1/m~² + 1/n~²).
- A mean or median of money, and under-five mortality, which is modelled of many sums, have no noise: a mean is coarse,
  its relative variance too. What protects them are the rules of suppression: minimum persons and households, and
  dominance.

A share that becomes 0 or 100 % has no variance, as one that is so. A cell that becomes empty has no estimate. Contrasts
keep the correlation of the two sampling errors, to two decimals; the noises of two cells are independent. Clusters, and
with them df, grow and shrink as n does: of households of one they would else tell n. Left out and base stay, since the
flags need them: a table of such ratios shows neither left_out_share nor deff.
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


def by_cell_key(
    found: Ratios, sample: str, sums: RecordSums, ways: Ways, scale: float, table: NoiseTable | None = None
) -> Ratios:
    """The estimates of a sample, also standardised ones, by the cell-key method.

    sums: of the record keys of the run. scale: fixed-point units of one weight. The numerator of a series that is
    decided on a second look has no record keys: its cell key is mixed from that of the universe and its count.
    """
    table = table or NoiseTable()
    universe, numerator = sums.of(sample, found.cells)
    numerator[:, ways.later] = _mixed(universe, found.n_numerator)[:, ways.later]
    noise = table.look_up(found.n, universe), table.look_up(found.n_numerator, numerator)
    return perturbed(found, ways, *noise, table.variance, scale)


def by_rounding(found: Ratios, base: int, ways: Ways, scale: float) -> Ratios:
    """The same with all counts rounded to multiples of `base`."""
    noise = rounding(found.n, base), rounding(found.n_numerator, base)
    return perturbed(found, ways, *noise, rounding_variance(base), scale)


def perturbed(
    found: Ratios, ways: Ways, noise_n: Ints, noise_numerator: Ints, noise_variance: float, scale: float
) -> Ratios:
    """The estimates with noise in their counts: see above. noise_n, noise_numerator: (cells, series), whole persons."""
    n, m = _counts(found, ways, noise_n, noise_numerator)
    made = _share(found, n, m), _rate(found, n, m), _mean(found, n)
    ratio, sampling, noise = (np.select([ways.share, ways.rate], each[:2], each[2]) for each in zip(*made, strict=True))
    # one cluster tells nothing of how clusters vary, and noise doesn't tell more
    alone = (found.df < 1) & (found.variance == 0) & (ratio > 0) & ((ratio < 1) | ~ways.share)
    variance = np.where(alone & (ways.share | ways.rate), np.nan, sampling + noise_variance * noise)
    ratio, variance = (np.where(n > 0, each, np.nan) for each in (ratio, variance))

    grown = _over(n, found.n)
    weight = _population(found, n, scale)
    y = np.where(found.y == found.weight, weight, _times(found.y, grown))
    x = np.where(ways.rate, _times(found.x, _over(m, found.n_numerator)), _times(found.x, grown))
    x = np.where(ways.share, _times(y, np.nan_to_num(ratio)), x)
    counted = _times(found.counted, grown)
    df = np.maximum(counted - (found.counted - found.df), 0)
    limits = {s: (_where(n[:, s] > 0, low), _where(n[:, s] > 0, high)) for s, (low, high) in found.limits.items()}
    return replace(
        found, n=n, n_numerator=m, x=x, y=y, weight=weight, ratio=ratio, variance=variance, df=df, counted=counted,
        contrasts=_contrasts(found, sampling, df), limits=limits, noisy=True,
    )  # fmt: skip


def coarse(values: Floats, parts: Ints) -> Floats:
    """Each value as a multiple of the power of ten that is at most a part in `parts` of it."""
    known = np.isfinite(values) & (values != 0) & (parts > 0)
    step = np.floor(np.log10(np.where(known, np.abs(values) / np.maximum(parts, 1), 1.0)))
    fine, large = 10.0 ** np.maximum(-step, 0), 10.0 ** np.maximum(step, 0)
    return np.where(known, np.rint(values * fine / large) * large / fine, values)


def _counts(found: Ratios, ways: Ways, noise_n: Ints, noise_numerator: Ints) -> tuple[Ints, Ints]:
    """The perturbed n and numerator: zero stays zero, and where all are in the numerator all stay."""
    n = np.where(found.n == 0, 0, np.maximum(found.n + noise_n, 0))
    m = np.maximum(found.n_numerator + noise_numerator, 0)
    m = np.where((found.n_numerator == 0) | (n == 0), 0, m)
    bounded = np.where(found.n_numerator >= found.n, n, np.minimum(m, n))
    return n, np.where(ways.counts, m, bounded)


def _share(found: Ratios, n: Ints, m: Ints) -> tuple[Floats, Floats, Floats]:
    """Shares, their sampling variance, and what noise of variance 1 adds to it."""
    p, others = found.ratio, n - m
    weights = coarse(_over(p * (found.n - found.n_numerator), (1 - p) * found.n_numerator), n)
    share = _over(m * weights, m * weights + others)
    share = np.where((m == 0) | (p == 0), 0.0, np.where((others == 0) | (p == 1), 1.0, share)) + 0.0 * p
    spread = share * (1 - share)
    deff = coarse(_over(found.variance * found.n, p * (1 - p)), n)
    return (
        share,
        deff * spread * _over(1, n),
        spread**2 * ((_over(1, m) + _over(1, others)) ** 2 + _over(1, others) ** 2),
    )


def _rate(found: Ratios, n: Ints, m: Ints) -> tuple[Floats, Floats, Floats]:
    """The same of rates of events."""
    rate = _over(m, n) * coarse(_over(found.ratio * found.n, found.n_numerator), m) + 0.0 * found.ratio
    more = coarse(_over(found.variance * found.n_numerator, found.ratio**2), m)
    return rate, more * rate**2 * _over(1, m), rate**2 * (_over(1, m) ** 2 + _over(1, n) ** 2)


def _mean(found: Ratios, n: Ints) -> tuple[Floats, Floats, Floats]:
    """The same of means, which have no noise. A median is somebody's amount, whatever n is."""
    mean = coarse(found.ratio, n)
    for s in found.limits:
        mean[:, s] = found.ratio[:, s]
    relative = coarse(_over(found.variance * found.n, found.ratio**2), n)
    return mean, relative * mean**2 * _over(1, n), np.zeros_like(mean)


def _population(found: Ratios, n: Ints, scale: float) -> Ints:
    """The perturbed n times the mean weight, rounded to a power of ten of that: fixed-point, as the weights are."""
    mean = found.weight / np.maximum(found.n, 1) / scale
    unit = scale * 10.0 ** np.floor(np.log10(np.where(mean > 0, mean, 1.0)))
    return np.rint(np.rint(n * mean * scale / unit) * unit).astype(np.int64)


def _contrasts(found: Ratios, sampling: Floats, df: Ints) -> Contrasts:
    """The same pairs, their covariance and df changed as those of the two cells are. sampling: variances."""
    pairs, more = found.contrasts, df - found.df
    a, b = pairs.first, pairs.second
    correlation = np.round(_over(pairs.covariance, np.sqrt(found.variance[a] * found.variance[b])), 2)
    covariance = np.nan_to_num(correlation * np.sqrt(sampling[a] * sampling[b]))
    return replace(pairs, covariance=covariance, df=np.maximum(pairs.df + more[a] + more[b], 0))


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
