"""Confidence intervals: logit for proportions, Clopper-Pearson at 0 and 1, log for ratios, linear for differences.

Quantiles come from scipy. Arrays of any one shape; nan where there is no interval.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy  # its parts are imported when first used: a fifth of a short run otherwise

Floats = npt.NDArray[np.float64]


def t_quantile(df: Floats, level: float) -> Floats:
    """The two-sided quantile of Student's t; nan for df below 1."""
    df = np.asarray(df, np.float64)
    return np.where(df >= 1, scipy.special.stdtrit(np.maximum(df, 1), 0.5 + level / 200), np.nan)


def proportion(p: Floats, se: Floats, df: Floats, n_effective: Floats, level: float) -> tuple[Floats, Floats]:
    """Interval of a proportion in 0..1; `level` in percent, n_effective: persons over the design effect."""
    t = t_quantile(df, level)
    alpha = 1 - level / 100
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t * se / (p * (1 - p))
        middle = scipy.special.logit(p)
        lower, upper = scipy.special.expit(middle - half), scipy.special.expit(middle + half)
        edge_upper = scipy.special.betaincinv(1.0, n_effective, 1 - alpha / 2)
        edge_lower = scipy.special.betaincinv(n_effective, 1.0, alpha / 2)
    lower = np.where(p <= 0, 0.0, np.where(p >= 1, edge_lower, lower))
    upper = np.where(p >= 1, 1.0, np.where(p <= 0, edge_upper, upper))
    nothing = np.isnan(p) | np.isnan(se)
    return np.where(nothing, np.nan, lower), np.where(nothing, np.nan, upper)


def log_scale(value: Floats, se: Floats, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Interval of a positive ratio, mean or rate, symmetric on the log scale."""
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.exp(t_quantile(df, level) * se / value)
    return value / factor, value * factor


def linear(value: Floats, se: Floats, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Interval of a difference."""
    half = t_quantile(df, level) * se
    return value - half, value + half


def of_difference(
    p: Floats, q: Floats, p_lower: Floats, p_upper: Floats, q_lower: Floats, q_upper: Floats
) -> tuple[Floats, Floats]:
    """Interval of p − q from the intervals of both. Source: Newcombe (1998), Statistics in Medicine 17, method 10."""
    difference = p - q
    lower = difference - np.sqrt((p - p_lower) ** 2 + (q_upper - q) ** 2)
    return lower, difference + np.sqrt((p_upper - p) ** 2 + (q - q_lower) ** 2)


def of_ratio(
    p: Floats, q: Floats, p_lower: Floats, p_upper: Floats, q_lower: Floats, q_upper: Floats
) -> tuple[Floats, Floats]:
    """Interval of p / q from the intervals of both, on the log scale; nan where one of them is 0.

    Source: Donner and Zou (2012), Statistical Methods in Medical Research 21, 347-359 (MOVER), of logarithms.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # beyond the largest float is infinitely far
        ratio = np.log(p / q)
        down = np.sqrt(np.log(p / p_lower) ** 2 + np.log(q_upper / q) ** 2)
        up = np.sqrt(np.log(p_upper / p) ** 2 + np.log(q / q_lower) ** 2)
        return np.exp(ratio - down), np.exp(ratio + up)
