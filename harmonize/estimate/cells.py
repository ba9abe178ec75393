"""The numbers of cells: levels with their intervals, and comparisons of two cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from harmonize.estimate import intervals
from harmonize.estimate.about import SampleMeta, SeriesMeta
from harmonize.estimate.reliability import LEVEL_OF_WIDTH
from harmonize.estimate.taylor import Ratios
from harmonize.protect.left_out import share_left_out, told_share

Floats = npt.NDArray[np.float64]
RATIOS = ("ratio", "parity")


def design_effect(found: Ratios, s: int) -> Floats:
    """Variance over that of a simple random sample with replacement of the same persons."""
    p, n = found.ratio[:, s], found.n[:, s]
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = found.variance[:, s] * (n - 1) / (p * (1 - p))
    return np.where((p > 0) & (p < 1) & (n > 1), deff, np.nan)


def levels(
    found: Ratios, mine: npt.NDArray[np.int64], s: int, meta: SeriesMeta, deff_total: float, about: SampleMeta
) -> dict[str, Floats]:
    """Of the cells `mine` of a series: estimate, its error and interval, counts, flags. deff_total: of everybody."""
    p = found.ratio[mine, s]
    n = found.n[mine, s].astype(np.float64)
    nan = np.full_like(p, np.nan)
    se = np.sqrt(found.variance[mine, s]) if about.sampled else nan
    df = found.df[mine, s].astype(np.float64) if about.sampled else nan
    if s in found.limits:
        lower, upper = (ends[mine] if about.sampled else nan for ends in found.limits[s])
    elif meta.mean:
        lower, upper = intervals.log_scale(p, se, df, about.level)
        lower, upper = (np.where(p > 0, each, np.nan) for each in (lower, upper))
    else:
        lower, upper = intervals.proportion(p, se, df, _n_effective(found, mine, s, deff_total), about.level)
    inside = (p > 0) & ((p < 1) | meta.mean)
    alone = (df < 1) & (se == 0) & inside  # one cluster tells nothing of how clusters vary
    se = np.where(alone, np.nan, se)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(p > 0, se / p, np.nan)
        relative = cv if meta.mean else se / np.minimum(p, 1 - p)
    left_out = share_left_out(found.left_out[mine, s], found.base[mine, s])
    asked = about.reliability
    few = asked.too_few(n, df, left_out) | found.is_thin(s)[mine]
    # of a mean nothing is known where no person has anything, nor where it has no se though it should
    few = few | (meta.mean & (p == 0)) | (about.sampled & np.isnan(se))
    ends = lower, upper
    if about.level != LEVEL_OF_WIDTH and not meta.mean:  # what is reliable does not depend on which intervals are shown
        ends = intervals.proportion(p, se, df, _n_effective(found, mine, s, deff_total), LEVEL_OF_WIDTH)
    wide = meta.mean | (meta.unit != "percent") | asked.too_wide(*ends)
    vague = inside & asked.too_vague(relative) & wide
    missing = (n == 0) | (left_out > 0.50) | ~np.isfinite(p) | (found.n_numerator[mine, s] < meta.least_events)
    deff = np.where(alone, np.nan, design_effect(found, s)[mine]) if about.sampled and not meta.mean else nan
    if meta.adjustment != "none" or found.noisy:
        deff = nan
    in_unit = {"estimate": p, "se": se, "ci_lower": lower, "ci_upper": upper}
    values = {name: meta.factor * value for name, value in in_unit.items()} | {"cv": cv, "df": df, "deff": deff}
    values = {name: np.where(missing, np.nan, value) for name, value in values.items()}
    told = nan if found.noisy else told_share(left_out, n, about.minimum)
    return values | {
        "n": n, "n_numerator": found.n_numerator[mine, s].astype(np.float64),
        "population": _persons(found.weight[mine, s], about), "left_out_share": told,
        "unreliable": (few | vague).astype(np.float64), "missing": missing.astype(np.float64),
    }  # fmt: skip


def _n_effective(found: Ratios, mine: npt.NDArray[np.int64], s: int, deff_total: float) -> Floats:
    """Persons that a simple random sample would need for 0 or 100 %: n over the deff of the total.

    Where the total has no deff, being at 0 or 100 % itself, each cluster counts once.
    """
    n = found.n[mine, s].astype(np.float64)
    if np.isfinite(deff_total) and deff_total > 0:
        fewer: Floats = n / deff_total
    else:
        fewer = np.minimum(n, found.counted[mine, s].astype(np.float64))
    return fewer


def contrast(
    found: Ratios,
    pairs: npt.NDArray[np.int64],
    s: int,
    statistic: str,
    meta: SeriesMeta,
    deff_total: float,
    about: SampleMeta,
) -> dict[str, Floats]:
    """The same of comparisons, `pairs` of found.contrasts; statistic: difference, ratio, gap or parity."""
    a, b = found.contrasts.first[pairs], found.contrasts.second[pairs]
    p, q = found.ratio[a, s], found.ratio[b, s]
    v, w, c = found.variance[a, s], found.variance[b, s], found.contrasts.covariance[pairs, s]
    df = found.contrasts.df[pairs, s].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if statistic == "difference":
            value, se = meta.factor * (p - q), meta.factor * np.sqrt(np.maximum(v + w - 2 * c, 0))
        else:
            value = np.where(q > 0, p / q, np.nan)
            se = np.sqrt(np.maximum(v - 2 * value * c + value * value * w, 0)) / q
            if statistic == "gap":  # how much less migrants have, of what non-migrants have
                value, se = 100 * (1 - value), 100 * se
        # a group in one cluster tells nothing of how clusters vary
        alone = [
            (found.df[cell, s] < 1) & (variance == 0) & (ratio > 0) & ((ratio < 1) | meta.mean)
            for ratio, variance, cell in ((p, v, a), (q, w, b))
        ]
        se = np.where(alone[0] | alone[1] | (not about.sampled), np.nan, se)
        df = df if about.sampled else np.full_like(df, np.nan)
        method = intervals.log_scale if statistic in RATIOS else intervals.linear
        lower, upper = method(value, se, df, about.level)
        if about.sampled and not meta.mean:
            # a group at 0 or 100 %, which has no se: what is compared is as uncertain as the two levels are
            certain = (p <= 0) | (p >= 1) | (q <= 0) | (q >= 1)
            certain = certain & ~alone[0] & ~alone[1]
            ends = [
                intervals.proportion(
                    share, np.sqrt(variance), found.df[cell, s].astype(np.float64),
                    _n_effective(found, cell, s, deff_total), about.level,
                )
                for share, variance, cell in ((p, v, a), (q, w, b))
            ]  # fmt: skip
            limits = [each for pair in ends for each in pair]
            if statistic == "difference":
                low, high = (meta.factor * each for each in intervals.of_difference(p, q, *limits))
            else:
                low, high = intervals.of_ratio(p, q, *limits)
            if statistic == "gap":
                low, high = 100 * (1 - high), 100 * (1 - low)
            lower, upper = np.where(certain, low, lower), np.where(certain, high, upper)
        cv = np.abs(se / value)
    zero = ~(value > 0) if statistic in RATIOS else np.zeros_like(value, bool)
    lower, upper, cv = (np.where(zero, np.nan, each) for each in (lower, upper, cv))
    n = (found.n[a, s] + found.n[b, s]).astype(np.float64)
    least = np.minimum(found.n[a, s], found.n[b, s])
    shares = [share_left_out(found.left_out[c, s], found.base[c, s]) for c in (a, b)]
    worst = np.maximum(*shares)
    smallest_df = np.minimum(found.df[a, s], found.df[b, s]) if about.sampled else df
    few = about.reliability.too_few(least, smallest_df, worst)
    few = few | found.is_thin(s)[a] | found.is_thin(s)[b] | (about.sampled & np.isnan(se))
    if statistic in RATIOS:  # the cv of a difference says nothing: it may be near zero
        few = few | about.reliability.too_vague(cv) | (value == 0)
    events = np.minimum(found.n_numerator[a, s], found.n_numerator[b, s])
    missing = np.isnan(value) | (worst > 0.50) | (events < meta.least_events)
    values = {"estimate": value, "se": se, "ci_lower": lower, "ci_upper": upper, "cv": cv, "df": df}
    values = {name: np.where(missing | ~np.isfinite(each), np.nan, each) for name, each in values.items()}
    both = share_left_out(found.left_out[a, s] + found.left_out[b, s], found.base[a, s] + found.base[b, s])
    told = np.full_like(both, np.nan) if found.noisy else told_share(both, n, about.minimum)
    return values | {
        "deff": np.full_like(value, np.nan), "n": n,
        "n_numerator": (found.n_numerator[a, s] + found.n_numerator[b, s]).astype(np.float64),
        "population": _persons(found.weight[a, s] + found.weight[b, s], about), "left_out_share": told,
        "unreliable": few.astype(np.float64), "missing": missing.astype(np.float64),
    }  # fmt: skip


def _persons(weight: npt.NDArray[np.int64], about: SampleMeta) -> Floats:
    if about.persons is None:
        return np.full(weight.shape, np.nan)
    return weight.astype(np.float64) / about.scale * about.persons
