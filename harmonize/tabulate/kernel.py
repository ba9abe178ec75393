"""The compiled loop: persons in household order to exact sums by stratum, cell and series.

A *unit* is a run of rows of one household. Within it first-order sums are gathered per (cell, series);
when the unit is a whole cluster they are squared into the state, otherwise they are added to the open
cluster. Weights are fixed-point integers, squares exact 128-bit integers in two limbs, so that no
order of rows, chunks or files changes a bit. All arrays are uint64: numba turns a mix of signed and
unsigned into floats.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from harmonize.tabulate.limbs import EMPTY, HALF, ONE, ZERO, add_product, find
from harmonize.tabulate.sums import (
    BOTH,
    CLUSTERS,
    FIRST_ORDER,
    HOUSEHOLDS,
    LEFT_OUT,
    NUMERATOR,
    OUTSIDE,
    WEIGHT,
    X_X,
    X_Y,
    XX,
    XY,
    Y_X,
    Y_Y,
    YY,
    N,
    X,
    Y,
    with_pair,
    with_row,
)


class Desk(NamedTuple):
    """Where one unit is worked on: scratch[i] holds the sums of cell touched[i].

    mark[cell] is the last unit that met the cell, local[cell] its i then; partner[cell] the cell it is
    compared with, or -1.
    """

    partner: Any
    scratch: Any
    mark: Any
    local: Any
    touched: Any


@njit(cache=True)
def _number(code: Any, dense: Any, cells: Any, partner: Any, used: int) -> int:
    if dense[code] < 0:
        dense[code] = used
        cells[used] = code
        partner[used] = -1
        used += 1
    return used


@njit(cache=True)
def number_cells(codes: Any, deltas: Any, dense: Any, cells: Any, partner: Any, used: int) -> int:
    """Give each new cell of the batch, and its contrast partner, a dense number.

    codes: (rows, tables) cell codes; deltas: per table the step from a first to a second cell of a
    contrast (0: none) and the code range of first cells. Returns how many cells are numbered now.
    """
    for t in range(codes.shape[1]):
        step, low, high = deltas[t, 0], deltas[t, 1], deltas[t, 2]
        for r in range(codes.shape[0]):
            code = codes[r, t]
            used = _number(code, dense, cells, partner, used)
            if step != 0 and low <= code < high and partner[dense[code]] < 0:
                used = _number(code + step, dense, cells, partner, used)
                partner[dense[code]] = dense[code + step]
    return used


@njit(cache=True)
def square(sums: Any, stratum: Any, desk: Any, other_series: Any, unit: int, count: int) -> Any:
    """Fold the finished cluster on the desk, of `count` cells, into its stratum. Returns the grown sums.

    other_series: of each series, the one of the second cell in cross sums.
    """
    partner, scratch, mark, local, touched = desk.partner, desk.scratch, desk.mark, desk.local, desk.touched
    # The arrays are taken out of the tuples once: taking them in the loop counts references each time.
    keys, slots, rows, pair_of, pairs = sums.keys, sums.slots, sums.rows, sums.pair_of, sums.pairs
    for i in range(count):
        cell = touched[i]
        key = (stratum << HALF) | np.uint64(cell)
        at = find(keys, key)
        if keys[at] == EMPTY:
            sums = with_row(sums, key)
            keys, slots, rows, pair_of = sums.keys, sums.slots, sums.rows, sums.pair_of
            at = find(keys, key)
        slot = slots[at]
        other = partner[cell]
        both = other >= 0 and mark[other] == unit
        if both and pair_of[slot] < 0:
            sums = with_pair(sums, slot)
            pairs = sums.pairs
        for s in range(rows.shape[1]):
            mine = scratch[i, s]
            if mine[OUTSIDE] == ZERO and mine[N] == ZERO:
                continue
            row = rows[slot, s]
            for f in range(FIRST_ORDER):
                row[f] += mine[f]
            if mine[N] == ZERO:
                continue
            if mine[WEIGHT] == ZERO:  # persons of weight 0 alone make no degree of freedom, as in R
                continue
            row[CLUSTERS] += ONE
            x, y = mine[X], mine[Y]
            if x != ZERO:
                add_product(row, XX, x, x)
                add_product(row, XY, x, y)
            if y != ZERO:
                add_product(row, YY, y, y)
        if both:
            _cross(pairs[pair_of[slot]], scratch[i], scratch[local[other]], other_series)
    return sums


@njit(cache=True)
def _cross(pairs: Any, first: Any, second: Any, other_series: Any) -> None:
    """Add the products of two cells of one cluster, for each series that counts persons in both."""
    for s in range(pairs.shape[0]):
        s2 = other_series[s]
        if first[s, WEIGHT] == ZERO or second[s2, WEIGHT] == ZERO:
            continue
        pair = pairs[s]
        x, y, x2, y2 = first[s, X], first[s, Y], second[s2, X], second[s2, Y]
        if x != ZERO and x2 != ZERO:
            add_product(pair, X_X, x, x2)
        if x != ZERO and y2 != ZERO:
            add_product(pair, X_Y, x, y2)
        if y != ZERO and x2 != ZERO:
            add_product(pair, Y_X, y, x2)
        if y != ZERO and y2 != ZERO:
            add_product(pair, Y_Y, y, y2)
        pair[BOTH] += ONE


@njit(cache=True)
def tabulate(
    starts: Any,
    unit_key: Any,
    closed: bool,
    codes: Any,
    dense: Any,
    weight: Any,
    persons: Any,
    masks: Any,
    amounts: Any,
    kinds: Any,
    desk: Any,
    unit: int,
    sums: Any,
) -> Any:
    """Add one batch of whole households; returns (sums, the last unit's number).

    starts: (units + 1) first row of each unit; unit_key: per unit the stratum (closed: the unit is a
    whole cluster) or the cluster (open: its sums stay first-order). persons: how many each row stands
    for, or nothing: one each. masks: base, left out, universe and numerator, each (rows, words) with a bit per
    series, 64 a word. amounts: (rows, k) what the persons add to series that are means; kinds: see there.
    """
    base, left_out, universe, numerator = masks
    one_each = persons.shape[0] == 0
    mark, local, scratch, touched = desk.mark, desk.local, desk.scratch, desk.touched
    words = base.shape[1]
    above_of, below_of, counts, asked = kinds.above, kinds.below, kinds.counts, kinds.asked
    which = np.zeros(64 * words, np.int64)
    above = np.zeros(64 * words, np.uint64)  # what the person adds to X, Y and NUMERATOR
    below = np.zeros(64 * words, np.uint64)
    units = np.zeros(64 * words, np.uint64)
    what = np.zeros(64 * words, np.int64)  # 3 in the numerator, 2 in the universe, 1 left out, 0 else in the base
    for h in range(starts.shape[0] - 1):
        unit += 1
        count = 0
        for r in range(starts[h], starts[h + 1]):
            w = weight[r]
            many = ONE if one_each else persons[r]
            met = 0  # the series of this person, listed once for all tables
            for word in range(words):
                bits, u, v, lo = base[r, word], universe[r, word], numerator[r, word], left_out[r, word]
                s = 64 * word
                while bits != ZERO:
                    if bits & ONE:
                        which[met] = s
                        what[met] = 2 * np.int64(u & ONE) + np.int64((v | lo) & ONE)
                        above[met], below[met], units[met] = w * (v & ONE), w, many * (v & ONE)
                        k = above_of[s]
                        if k >= 0 and u & ONE:
                            above[met] = w * amounts[r, k]
                            if counts[s]:
                                units[met] = many * amounts[r, k]
                            if below_of[s] >= 0:
                                below[met] = w * amounts[r, below_of[s]]
                        met += 1
                    bits, u, v, lo = bits >> ONE, u >> ONE, v >> ONE, lo >> ONE
                    s += 1
            if met == 0:
                continue
            for t in range(codes.shape[1]):
                cell = dense[codes[r, t]]
                if mark[cell] != unit:
                    mark[cell] = unit
                    local[cell] = count
                    scratch[count] = ZERO
                    touched[count] = cell
                    count += 1
                here = scratch[local[cell]]
                for i in range(met):
                    if not asked[t, which[i]]:
                        continue
                    mine = here[which[i]]
                    if what[i] >= 2:
                        mine[N] += many
                        mine[WEIGHT] += w
                        mine[Y] += below[i]
                        mine[NUMERATOR] += units[i]
                        mine[X] += above[i]
                    else:
                        mine[OUTSIDE] += w
                        if what[i] == 1:
                            mine[LEFT_OUT] += w
        for i in range(count):
            for s in range(scratch.shape[1]):
                if scratch[i, s, N] != ZERO:
                    scratch[i, s, HOUSEHOLDS] = ONE
        if closed:
            sums = square(sums, unit_key[h], desk, kinds.other, unit, count)
            continue
        for i in range(count):
            key = (unit_key[h] << HALF) | np.uint64(touched[i])
            if sums.keys[find(sums.keys, key)] == EMPTY:
                sums = with_row(sums, key)
            slot = sums.slots[find(sums.keys, key)]
            for s in range(scratch.shape[1]):
                for f in range(FIRST_ORDER):
                    sums.rows[slot, s, f] += scratch[i, s, f]
    return sums, unit


@njit(cache=True)
def close(
    order: Any, cluster: Any, cell: Any, stratum: Any, open_rows: Any, desk: Any, other_series: Any, unit: int,
    sums: Any,
) -> Any:  # fmt: skip
    """Square open clusters: rows of `open_rows` in `order` (by cluster), each of one (cluster, cell).

    cluster, cell: of each row; stratum: of each cluster of the state. Returns (sums, the last unit's number).
    """
    i = 0
    while i < order.shape[0]:
        unit += 1
        count = 0
        now = cluster[order[i]]
        while i < order.shape[0] and cluster[order[i]] == now:
            c = cell[order[i]]
            desk.mark[c] = unit
            desk.local[c] = count
            desk.touched[count] = c
            desk.scratch[count] = open_rows[order[i]]
            count += 1
            i += 1
        sums = square(sums, stratum[now], desk, other_series, unit, count)
    return sums, unit
