"""How clusters spread around a ratio: the terms of Taylor variances and covariances, compiled.

For two ratios a and b (the same one for a variance) a stratum's term is n/(n-1) (sum z_a z_b - sum z_a sum z_b / n)
with z = x - (X/Y) y, here not yet divided by Y. Where a ratio is over one half, the complement y - x takes the place
of x: z only changes its sign, and near 100 % the squares do not cancel. Loops, not array sums: floats are added
one by one in the order given, so that the same terms give the same bits in blocks of any size.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from harmonize.tabulate.sums import CLUSTERS, FIRST_ORDER, XX, X, Y

_CANCELLED = 1e-5  # of the terms is left: fewer than ten digits
_HIGH = 2.0**64


@njit(cache=True)
def add_first_order(rows: Any, cell: Any, totals: Any, strata: Any, seen: Any) -> None:
    """Add the first-order sums of a block to its cells, and count strata with a counted person.

    rows: (n, series, fields), cell: (n); totals: (cells, series, FIRST_ORDER), strata: (cells, series), seen: (cells).
    """
    for i in range(rows.shape[0]):
        seen[cell[i]] = True
        for s in range(rows.shape[1]):
            for f in range(FIRST_ORDER):
                totals[cell[i], s, f] += np.int64(rows[i, s, f])
            if rows[i, s, CLUSTERS] > 0:
                strata[cell[i], s] += 1


@njit(cache=True)
def _less(low: Any, high: Any, low2: Any, high2: Any) -> Any:
    """The difference of two sums in two limbs, the first not smaller."""
    borrow = np.uint64(1) if low < low2 else np.uint64(0)
    return low - low2, high - high2 - borrow


@njit(cache=True)
def _number(low: Any, high: Any) -> float:
    return np.float64(high) * _HIGH + np.float64(low)


@njit(cache=True)
def spreads(
    first: Any, second: Any, rows: Any, cell: Any, totals: Any, sums: Any, sums_at: Any, fields: Any, size: Any,
    centered: bool, share: Any, other: Any, values: Any, lost: Any,
) -> None:  # fmt: skip
    """The term of each pair of rows and series, into `values`; `lost` where too much of it cancelled.

    first, second: (m) rows of one stratum; rows, cell: of the block; totals: (cells, series, fields);
    sums_at: (m) row of `sums` (n, series, fields) with the products, -1 for none; fields: where of
    x_a x_b, x_a y_b, y_a x_b and y_a y_b stand in it; size: (m) clusters of the stratum; centered: what
    a stratum of one cluster adds, else nothing. share: (series) whether x is a part of y, so that there is a
    complement. other: (series) that of the second row. values, lost: (m, series), zeros.
    """
    zero = np.uint64(0)
    for i in range(first.shape[0]):
        a, b, at, n = first[i], second[i], sums_at[i], np.float64(size[i])
        if n == 1 and not centered:
            continue
        for s in range(rows.shape[1]):
            s2 = other[s]
            if rows[a, s, CLUSTERS] == zero or rows[b, s2, CLUSTERS] == zero:
                continue
            total_x, total_y = totals[cell[a], s, X], totals[cell[a], s, Y]
            other_x, other_y = totals[cell[b], s2, X], totals[cell[b], s2, Y]
            if total_y == 0 or other_y == 0:
                continue
            x, y, x2, y2 = rows[a, s, X], rows[a, s, Y], rows[b, s2, X], rows[b, s2, Y]
            xx = xx2 = xy = xy2 = yx = yx2 = yy = yy2 = zero
            if at >= 0:
                xx, xx2 = sums[at, s, fields[0]], sums[at, s, fields[0] + 1]
                xy, xy2 = sums[at, s, fields[1]], sums[at, s, fields[1] + 1]
                yx, yx2 = sums[at, s, fields[2]], sums[at, s, fields[2] + 1]
                yy, yy2 = sums[at, s, fields[3]], sums[at, s, fields[3] + 1]
            sign = 1.0
            if share[s] and total_x > total_y - total_x:
                sign, x, total_x = -sign, y - x, total_y - total_x
                xx, xx2 = _less(yx, yx2, xx, xx2)
                xy, xy2 = _less(yy, yy2, xy, xy2)
            if share[s2] and other_x > other_y - other_x:
                sign, x2, other_x = -sign, y2 - x2, other_y - other_x
                xx, xx2 = _less(xy, xy2, xx, xx2)
                yx, yx2 = _less(yy, yy2, yx, yx2)
            r, q = np.float64(total_x) / np.float64(total_y), np.float64(other_x) / np.float64(other_y)
            p, p1, p2, p12 = _number(xx, xx2), q * _number(xy, xy2), r * _number(yx, yx2), r * q * _number(yy, yy2)
            value = p - p1 - p2 + p12
            if n > 1:
                z = (np.float64(x) - r * np.float64(y)) * (np.float64(x2) - q * np.float64(y2))
                value = n / (n - 1) * (value - z / n)
            values[i, s] = sign * value
            lost[i, s] = r > 0 and q > 0 and abs(value) < _CANCELLED * (p + p1 + p2 + p12)


@njit(cache=True)
def spreads_of_totals(rows: Any, at: Any, size: Any, centered: bool, share: Any, values: Any, lost: Any) -> None:
    """The term of each row and share for the total of x: as above with z = x, as persons outside add nothing to it.

    rows: of the block; at: (m) those wanted; size, centered, share: see `spreads`. values, lost: (m, series), zeros.
    """
    for i in range(at.shape[0]):
        n = np.float64(size[i])
        if n == 1 and not centered:
            continue
        for s in range(rows.shape[1]):
            if not share[s]:
                continue
            squares = _number(rows[at[i], s, XX], rows[at[i], s, XX + 1])
            value = squares
            if n > 1:
                x = np.float64(rows[at[i], s, X])
                value = n / (n - 1) * (squares - x * x / n)
            values[i, s] = value
            lost[i, s] = abs(value) < _CANCELLED * squares


@njit(cache=True)
def gather(into: Any, at: Any, values: Any, scale: Any) -> None:
    """into[at[i]] += scale[i] * values[i], one by one. values: (m, series)."""
    for i in range(values.shape[0]):
        for s in range(values.shape[1]):
            into[at[i], s] += scale[i] * values[i, s]
