"""Weighted ratios and their Taylor-linearised variances from the sums of a state.

For a ratio R = X / Y the linearised value of a cluster is z = (x - R y) / Y; the variance is
sum over strata of n/(n-1) (sum z² - (sum z)²/n), n being all clusters of the stratum's design, so that
whatever is excluded is a domain. The covariance of two ratios is the same with z·z'.
Source: R package survey (svyratio, svyby with covmat, svycontrast), Särndal, Swensson & Wretman (1992) 5.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from harmonize.estimate.exact import Part, spread
from harmonize.tabulate import kernel as k
from harmonize.tabulate.state import State

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Singleton = Literal["centered", "certainty", "error"]
_CANCELLED = 1e-5


@dataclass(frozen=True)
class Contrasts:
    """Pairs of cells compared. first, second: positions in Ratios.cells; the rest (pairs, series)."""

    first: Ints
    second: Ints
    covariance: Floats
    df: Ints


@dataclass(frozen=True)
class Ratios:
    """Estimates of one sample; arrays are (cells, series), weighted sums in fixed-point units.

    cells: cell codes, ascending. variance: of the ratio; nan where there is no ratio.
    df: clusters minus strata among those with a counted person of the cell.
    """

    cells: Ints
    n: Ints
    households: Ints
    n_numerator: Ints
    x: Ints
    y: Ints
    left_out: Ints
    base: Ints
    ratio: Floats
    variance: Floats
    df: Ints
    contrasts: Contrasts
    strata: int
    clusters: int
    singletons: int


def _wide(rows: npt.NDArray[np.uint64], field: int) -> Floats:
    """A 128-bit sum as float64."""
    return rows[:, :, field + 1].astype(np.float64) * 2.0**64 + rows[:, :, field].astype(np.float64)


def ratios(state: State, sample: str, singleton: Singleton = "centered", fraction: float = 0.0) -> Ratios:
    """Estimate every cell and series of one sample.

    singleton: what a stratum of one cluster adds: `centered` its z² (R's `adjust`), `certainty` nothing.
    fraction: the sampled fraction, for the finite population correction.
    The order of strata is that of their names, so that sums of floats come in one fixed order.
    """
    names = sorted(name for name in state.strata.index if name[0] == sample)
    rank = np.full(len(state.strata.index), -1, np.int64)
    for place, name in enumerate(names):
        rank[state.strata.index[name]] = place
    sizes = np.array([state.units_per_stratum[state.strata.index[name]] for name in names], np.float64)
    stratum, dense, rows, pair_at = state.by_key()
    mine = np.flatnonzero(rank[stratum] >= 0)
    code = state.cells[dense].astype(np.int64)
    order = mine[np.lexsort((rank[stratum[mine]], code[mine]))]
    stratum, code, rows, pair_at = rank[stratum[order]], code[order], rows[order], pair_at[order]
    cells, starts, at = np.unique(code, return_index=True, return_inverse=True)

    first = (
        np.add.reduceat(rows[:, :, : k.FIRST_ORDER].astype(np.int64), starts, axis=0)
        if len(cells)
        else np.zeros((0, state.series, k.FIRST_ORDER), np.int64)
    )
    x, y = first[:, :, k.X], first[:, :, k.Y]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x / y
    r, total = ratio[at], y[at].astype(np.float64)
    size = sizes[stratum][:, None]
    z = rows[:, :, k.X].astype(np.float64) - r * rows[:, :, k.Y].astype(np.float64)
    squares = _wide(rows, k.XX) - 2 * r * _wide(rows, k.XY) + r * r * _wide(rows, k.YY)
    scale = 1.0 - fraction
    within = _spread(squares, z * z, size, singleton)
    gross = _wide(rows, k.XX) + 2 * r * _wide(rows, k.XY) + r * r * _wide(rows, k.YY)
    lost = _cancelled(within, gross, r) & ((size > 1) | (singleton == "centered"))
    for i, s in zip(*np.nonzero(lost), strict=True):
        part = Part(int(rows[i, s, k.X]), int(rows[i, s, k.Y]), int(x[at[i], s]), int(y[at[i], s]))
        xx, xy, yy = (_exact(rows[i, s], field) for field in (k.XX, k.XY, k.YY))
        within[i, s] = spread((xx, xy, xy, yy), part, part, int(size[i, 0]))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = _by_cell(scale * within / total**2, starts)
    variance = np.where(y > 0, np.maximum(variance, 0.0), np.nan)
    clusters = first[:, :, k.CLUSTERS]
    met = rows[:, :, k.CLUSTERS] > 0
    strata_met = _count_by_cell(met, starts)

    partner = _partners(state, cells)
    has = np.flatnonzero(partner >= 0)
    contrasts = _contrasts(
        state,
        pair_at,
        rows,
        stratum,
        at,
        ratio,
        x,
        y,
        z,
        met,
        size,
        singleton,
        scale,
        has,
        partner,
        clusters,
        strata_met,
        starts,
    )
    return Ratios(
        cells,
        first[:, :, k.N],
        first[:, :, k.HOUSEHOLDS],
        first[:, :, k.NUMERATOR],
        x,
        y,
        first[:, :, k.LEFT_OUT],
        first[:, :, k.Y] + first[:, :, k.OUTSIDE],
        ratio,
        variance,
        clusters - strata_met,
        contrasts,
        len(names),
        int(sizes.sum()),
        int((sizes == 1).sum()),
    )


def _spread(squares: Floats, product: Floats, size: Floats, singleton: Singleton) -> Floats:
    """n/(n-1) (sum of products - product of sums / n) per stratum; singletons as asked."""
    alone = squares if singleton == "centered" else np.zeros_like(squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        several = size / (size - 1) * (squares - product / size)
    return np.where(size > 1, several, alone)


def _cancelled(within: Floats, gross: Floats, r: Floats) -> npt.NDArray[np.bool_]:
    """Where so much of the terms cancelled that less than ten digits are left; 0 and 100 % cancel exactly."""
    with np.errstate(invalid="ignore"):
        return (np.abs(within) < _CANCELLED * gross) & (r > 0) & (r < 1)


def _exact(sums: npt.NDArray[np.uint64], field: int) -> int:
    """A 128-bit sum as a whole number."""
    return (int(sums[field + 1]) << 64) + int(sums[field])


def _by_cell(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts, axis=0) if len(starts) else values[:0]


def _count_by_cell(flags: npt.NDArray[np.bool_], starts: Ints) -> Ints:
    ones = flags.astype(np.int64)
    return np.add.reduceat(ones, starts, axis=0) if len(starts) else ones[:0]


def _partners(state: State, cells: Ints) -> Ints:
    """Position in `cells` of the cell that each is compared with, or -1."""
    found = np.full(len(cells), -1, np.int64)
    for step, low, high in state.deltas:
        if step:
            inside = (cells >= low) & (cells < high)
            other = np.searchsorted(cells, cells + step)
            there = inside & (other < len(cells))
            there[there] = cells[other[there]] == cells[there] + step
            found[there] = other[there]
    return found


def _contrasts(
    state: State, pair_at: Ints, rows: npt.NDArray[np.uint64], stratum: Ints, at: Ints, ratio: Floats, x: Ints,
    y: Ints, z: Floats,
    met: npt.NDArray[np.bool_], size: Floats, singleton: Singleton, scale: float, has: Ints, partner: Ints,
    clusters: Ints, strata_met: Ints, starts: Ints,
) -> Contrasts:  # fmt: skip
    """Covariances and joint degrees of freedom of the pairs `has` -> `partner`."""
    second = partner[has]
    mine = np.flatnonzero(np.isin(at, has))
    key = at * (int(stratum.max(initial=0)) + 1) + stratum  # ascending: rows are in (cell, stratum) order
    wanted = partner[at[mine]] * (int(stratum.max(initial=0)) + 1) + stratum[mine]
    found = np.searchsorted(key, wanted)
    there = found < len(key)
    there[there] = key[found[there]] == wanted[there]
    mine, found = mine[there], found[there]
    ra, rb = ratio[at[mine]], ratio[at[found]]
    pairs = state.closed.pairs[pair_at[mine]]
    pairs[pair_at[mine] < 0] = 0  # no cluster has both
    cross = _wide(pairs, k.X_X) - rb * _wide(pairs, k.X_Y) - ra * _wide(pairs, k.Y_X) + ra * rb * _wide(pairs, k.Y_Y)
    within = _spread(cross, z[mine] * z[found], size[mine], singleton)
    gross = _wide(pairs, k.X_X) + rb * _wide(pairs, k.X_Y) + ra * _wide(pairs, k.Y_X) + ra * rb * _wide(pairs, k.Y_Y)
    lost = _cancelled(within, gross, ra * rb) & ((size[mine] > 1) | (singleton == "centered"))
    for i, s in zip(*np.nonzero(lost), strict=True):
        a, b = (
            Part(int(rows[j, s, k.X]), int(rows[j, s, k.Y]), int(x[at[j], s]), int(y[at[j], s]))
            for j in (mine[i], found[i])
        )
        sums = tuple(_exact(pairs[i, s], field) for field in (k.X_X, k.X_Y, k.Y_X, k.Y_Y))
        within[i, s] = spread((sums[0], sums[1], sums[2], sums[3]), a, b, int(size[mine[i], 0]))
    with np.errstate(divide="ignore", invalid="ignore"):
        part = scale * within / (y[at[mine]].astype(np.float64) * y[at[found]].astype(np.float64))
    covariance = np.zeros((len(has), state.series))
    both = np.zeros((len(has), state.series), np.int64)
    shared_strata = np.zeros_like(both)
    row_of = np.searchsorted(has, at[mine])
    np.add.at(covariance, row_of, np.nan_to_num(part))
    np.add.at(both, row_of, pairs[:, :, k.BOTH].astype(np.int64))
    np.add.at(shared_strata, row_of, (met[mine] & met[found]).astype(np.int64))
    df = (clusters[has] + clusters[second] - both) - (strata_met[has] + strata_met[second] - shared_strata)
    return Contrasts(has, second, covariance, df)
