"""Weighted ratios and their Taylor-linearised variances from the sums of a state.

For a ratio R = X / Y the linearised value of a cluster is z = (x - R y) / Y; the variance is
sum over strata of (1 - f) n/(n-1) (sum z² - (sum z)²/n), n being all clusters of the stratum's design, so that
whatever is excluded is a domain, and f the share of the stratum's clusters that was sampled. The covariance
of two ratios is the same with z·z', the variance of the total X that with z = x. The state is read twice, block by
block: for X and Y, then for the terms.
Source: R package survey (svyratio, svytotal, svyby with covmat, svycontrast), Särndal, Swensson & Wretman (1992) 5.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from harmonize.estimate.exact import Part, spread, spread_of_total
from harmonize.estimate.spread import add_first_order, gather, spreads, spreads_of_totals
from harmonize.tabulate import sums as k
from harmonize.tabulate.blocks import Rows
from harmonize.tabulate.state import State

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Singleton = Literal["centered", "certainty", "error"]
_OF_ROW = np.array([k.XX, k.XY, k.XY, k.YY])
_OF_PAIR = np.array([k.X_X, k.X_Y, k.Y_X, k.Y_Y])


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

    cells: cell codes, ascending. x, y: of a series that is a mean, in units of the amounts' last decimals; weight: of
    the counted persons. variance:
    of the ratio; nan where there is no ratio. df: clusters minus strata among those with a counted person (of a
    weight above 0) of the cell; counted: those clusters. limits: by series whose intervals are not made from its
    variance, the ends of those. thin: by series, see `is_thin`. dropped: replicates without anybody, over all cells
    and series; 0 without replicate weights, with which df is that of their matrix. empty: the places of the replicates
    whose weights are 0 for all who count. noisy: the counts are protected by noise, which left_out_share and deff would
    undo. of_totals: the variance of x of each share, in the units of x squared (of what is no share, 0); None where
    totals were not asked for.
    """

    cells: Ints
    n: Ints
    households: Ints
    n_numerator: Ints
    x: Ints
    y: Ints
    weight: Ints
    left_out: Ints
    base: Ints
    ratio: Floats
    variance: Floats
    df: Ints
    counted: Ints
    contrasts: Contrasts
    strata: int
    clusters: int
    singletons: int
    limits: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    thin: dict[int, npt.NDArray[np.bool_]] = field(default_factory=dict)
    dropped: int = 0
    empty: tuple[int, ...] = ()
    noisy: bool = False
    of_totals: Floats | None = None

    def is_thin(self, s: int) -> npt.NDArray[np.bool_]:
        """Of each cell, whether the number of a series rests on too few persons in some part of it."""
        return self.thin.get(s, np.zeros(len(self.cells), np.bool_))


BY_CELL = (
    "cells", "n", "households", "n_numerator", "x", "y", "weight", "left_out", "base", "ratio", "variance", "df",
    "counted",
)  # fmt: skip
"""The fields of Ratios that have a row per cell."""


def with_cells(found: Ratios, cells: Ints) -> Ratios:
    """The same, with rows for further cells in which nobody is."""
    every = np.union1d(found.cells, cells)
    at = np.searchsorted(every, found.cells)

    def wider(array: Any) -> Any:  # of whatever type, the same
        empty = np.nan if array.dtype.kind == "f" else 0
        wide = np.full((len(every), *array.shape[1:]), empty, array.dtype)
        wide[at] = array
        return wide

    rows = {name: wider(getattr(found, name)) for name in BY_CELL} | {"cells": every}
    limits = {s: (wider(low), wider(high)) for s, (low, high) in found.limits.items()}
    thin = {s: wider(each) for s, each in found.thin.items()}
    pairs = replace(found.contrasts, first=at[found.contrasts.first], second=at[found.contrasts.second])
    of_totals = None if found.of_totals is None else wider(found.of_totals)
    return replace(found, contrasts=pairs, limits=limits, thin=thin, of_totals=of_totals, **rows)


@dataclass
class _Sample:
    """What the two passes gather of one sample, by dense cell (and series)."""

    rank: Ints  # place of each stratum of the state in the canonical order of the sample
    size: Ints  # clusters of each stratum
    scale: Floats  # 1 - f of each stratum
    partner: Ints
    centered: bool
    share: npt.NDArray[np.bool_]  # whether a series' x is a part of its y
    scale_of: Floats  # units of an amount's last decimal in one, by series
    seen: npt.NDArray[np.bool_]
    other: Ints  # by series, that of the second cell of a pair
    totals: Ints
    strata: Ints
    terms: Floats
    cross: Floats
    both: Ints
    shared_strata: Ints
    of_totals: Floats | None


def ratios(
    state: State,
    sample: str,
    singleton: Singleton = "centered",
    fraction: float = 0.0,
    halves: Sequence[int] = (),
    totals: bool = False,
) -> Ratios:
    """Estimate every cell and series of one sample. The state must be closed.

    halves: series whose ratio is one half by definition, whatever the sums: for their variances. totals: whether the
    variances of the totals of shares are wanted too.

    singleton: what a stratum of one cluster adds: `centered` its z² (R's `adjust`), `certainty` nothing.
    fraction: the sampled fraction, for the finite population correction; where the state was given an
    fpc of each stratum, that one holds. Sums of floats over strata come in the strata's canonical order.
    """
    order = state.strata.in_order(sample)
    found = _nothing(state, order, singleton, fraction, totals)
    for rows in state.blocks(sample):
        add_first_order(rows.rows, rows.cell, found.totals, found.strata, found.seen)
    sums = found.totals
    if halves:
        found.totals = sums.copy()
        found.totals[:, halves, k.Y] = 2 * (sums[:, halves, k.Y] > 0)
        found.totals[:, halves, k.X] = 1
    for rows in state.blocks(sample):
        _add_terms(found, rows)

    met = np.flatnonzero(found.seen)
    codes = state.cells[met].astype(np.int64)
    by_code = np.argsort(codes)
    dense, cells = met[by_code], codes[by_code]
    first = sums[dense]
    x, y = first[:, :, k.X], first[:, :, k.Y]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x / y / found.scale_of
        scale = (y * found.scale_of) ** 2  # terms are of x in units, as y is
        variance = np.where(y > 0, np.maximum(found.terms[dense] / scale, 0.0), np.nan)
    df = first[:, :, k.CLUSTERS] - found.strata[dense]
    sizes = found.size[order]
    return Ratios(
        cells,
        first[:, :, k.N],
        first[:, :, k.HOUSEHOLDS],
        first[:, :, k.NUMERATOR],
        x,
        y,
        first[:, :, k.WEIGHT],
        first[:, :, k.LEFT_OUT],
        first[:, :, k.WEIGHT] + first[:, :, k.OUTSIDE],
        ratio,
        variance,
        df,
        first[:, :, k.CLUSTERS],
        _contrasts(found, dense, y, df),
        len(order),
        int(sizes.sum()),
        int((sizes == 1).sum()),
        of_totals=None if found.of_totals is None else np.maximum(found.of_totals[dense], 0.0),
    )


def _nothing(state: State, order: Ints, singleton: Singleton, fraction: float, totals: bool) -> _Sample:
    rank = np.full(len(state.strata.index), -1, np.int64)
    rank[order] = np.arange(len(order))
    share = state.sampled_share if state.strata.fpc_column else np.full(len(rank), fraction)
    cells, shape = state.cells_used, (state.cells_used, state.series)
    return _Sample(
        rank, state.units_per_stratum, 1.0 - share, state.partner[:cells].astype(np.int64),
        singleton == "centered", state.kinds.above < 0, state.amount_scale, np.zeros(cells, np.bool_),
        state.kinds.other,
        np.zeros((*shape, k.FIRST_ORDER), np.int64),
        np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape), np.zeros(shape, np.int64),
        np.zeros(shape, np.int64), np.zeros(shape) if totals else None,
    )  # fmt: skip


def _add_terms(found: _Sample, rows: Rows) -> None:
    """Add a block's terms of the variances, and of the covariances of cells that are compared."""
    stratum, cell = rows.unit, rows.cell
    key = found.rank[stratum] * len(found.seen) + cell
    order = np.argsort(key)
    itself = np.arange(len(found.other))
    values = _terms(found, rows, stratum, cell, order, order, rows.rows, order, _OF_ROW, itself)
    gather(found.terms, cell[order], values, found.scale[stratum[order]])
    if found.of_totals is not None:
        values = _terms_of_totals(found, rows, stratum[order], order)
        gather(found.of_totals, cell[order], values, found.scale[stratum[order]])

    key = key[order]
    first = order[found.partner[cell[order]] >= 0]
    wanted = found.rank[stratum[first]] * len(found.seen) + found.partner[cell[first]]
    at = np.searchsorted(key, wanted)
    there = at < len(key)
    there[there] = key[at[there]] == wanted[there]
    first, second = first[there], order[at[there]]
    values = _terms(found, rows, stratum, cell, first, second, rows.pairs, rows.pair_at[first], _OF_PAIR, found.other)
    gather(found.cross, cell[first], values, found.scale[stratum[first]])
    counted = (rows.rows[first, :, k.CLUSTERS] > 0) & (rows.rows[second][:, found.other, k.CLUSTERS] > 0)
    np.add.at(found.shared_strata, cell[first], counted.astype(np.int64))
    paired = rows.pair_at >= 0
    np.add.at(found.both, cell[paired], rows.pairs[rows.pair_at[paired], :, k.BOTH].astype(np.int64))


def _terms(
    found: _Sample, rows: Rows, stratum: Ints, cell: Ints, first: Ints, second: Ints,
    sums: npt.NDArray[np.uint64], sums_at: Ints, fields: Ints, other: Ints,
) -> Floats:  # fmt: skip
    """The terms of the pairs of rows, (pairs, series); in whole numbers where floats would cancel.

    other: of each series, that of the second row.
    """
    values = np.zeros((len(first), rows.rows.shape[1]))
    lost = np.zeros(values.shape, np.bool_)
    size = found.size[stratum[first]]
    spreads(
        first, second, rows.rows, cell, found.totals, sums, sums_at, fields, size, found.centered, found.share, other,
        values, lost,
    )  # fmt: skip
    for i, s in zip(*np.nonzero(lost), strict=True):
        a, b = (
            Part(
                int(rows.rows[j, z, k.X]),
                int(rows.rows[j, z, k.Y]),
                int(found.totals[cell[j], z, k.X]),
                int(found.totals[cell[j], z, k.Y]),
            )
            for j, z in ((first[i], s), (second[i], other[s]))
        )
        products = [_exact(sums[sums_at[i], s], field) for field in fields]
        values[i, s] = spread((products[0], products[1], products[2], products[3]), a, b, int(size[i]))
    return values


def _terms_of_totals(found: _Sample, rows: Rows, stratum: Ints, order: Ints) -> Floats:
    """The terms of the totals of the rows `order`, of these strata; (rows, series)."""
    values = np.zeros((len(order), rows.rows.shape[1]))
    lost = np.zeros(values.shape, np.bool_)
    size = found.size[stratum]
    spreads_of_totals(rows.rows, order, size, found.centered, found.share, values, lost)
    for i, s in zip(*np.nonzero(lost), strict=True):
        row = rows.rows[order[i], s]
        values[i, s] = spread_of_total(_exact(row, k.XX), int(row[k.X]), int(size[i]))
    return values


def _exact(sums: npt.NDArray[np.uint64], field: int) -> int:
    """A 128-bit sum as a whole number."""
    return (int(sums[field + 1]) << 64) + int(sums[field])


def _contrasts(found: _Sample, dense: Ints, y: Ints, df: Ints) -> Contrasts:
    """Covariances and joint degrees of freedom. dense, y, df: of the cells in the order of their codes."""
    place = np.full(len(found.seen), -1, np.int64)
    place[dense] = np.arange(len(dense))
    partner = found.partner[dense]
    second = np.where(partner >= 0, place[partner], -1)
    first = np.flatnonzero(second >= 0)
    second, mine = second[first], dense[first]
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = found.cross[mine] / (y[first].astype(np.float64) * y[second][:, found.other].astype(np.float64))
        covariance = covariance / (found.scale_of * found.scale_of[found.other])
    shared = found.both[mine] - found.shared_strata[mine]  # clusters less strata that have both
    return Contrasts(first, second, np.nan_to_num(covariance), df[first] + df[second] - shared)
