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

from harmonize.tabulate.limbs import EMPTY, HALF, ONE, ZERO, add_limbs, add_product, find, product
from harmonize.tabulate.sums import (
    BOTH,
    CLUSTERS,
    FIELDS,
    FIRST_ORDER,
    HOUSEHOLDS,
    LEFT_OUT,
    NUMERATOR,
    OUTSIDE,
    PAIR_FIELDS,
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
    """Where one unit is worked on: scratch[i] holds the sums of cell touched[i], of the series that it has met.

    mark[cell] is the last unit that met the cell, local[cell] its i then; partner[cell] the cell it is
    compared with, or -1. met[i, s] is the last unit that met series s there: what scratch has of another is of an
    earlier unit. listed[i, :many[i]] are the series met. stratum[cell], row[cell]: in which stratum the cell was met
    last, and where its row of sums is, -1 where no row is known.
    """

    partner: Any
    scratch: Any
    mark: Any
    local: Any
    touched: Any
    met: Any
    listed: Any
    many: Any
    stratum: Any
    row: Any


@njit(cache=True, inline="always")
def _begin(desk: Any, cell: Any, unit: int, count: int) -> None:
    """Put a cell on the desk as number `count`, without a series."""
    desk.mark[cell] = unit
    desk.local[cell] = count
    desk.touched[count] = cell
    desk.many[count] = 0


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
    partner, mark, local, touched = desk.partner, desk.mark, desk.local, desk.touched
    listed, many, series = desk.listed, desk.many, desk.scratch.shape[1]
    # Arrays are taken out of the tuples once, and flat: taking them, or a row of them, counts references each time.
    scratch = desk.scratch.reshape(-1)
    keys, slots, rows, pair_of, pairs = sums.keys, sums.slots, sums.rows.reshape(-1), sums.pair_of, sums.pairs
    for i in range(count):
        cell = touched[i]
        if desk.stratum[cell] == stratum and desk.row[cell] >= 0:
            slot = desk.row[cell]  # most units are in the stratum of the last: nothing is looked up
        else:
            key = (stratum << HALF) | np.uint64(cell)
            at = find(keys, key)
            if keys[at] == EMPTY:
                sums = with_row(sums, key)
                keys, slots, rows, pair_of = sums.keys, sums.slots, sums.rows.reshape(-1), sums.pair_of
                at = find(keys, key)
            slot = slots[at]
            desk.stratum[cell] = stratum
            desk.row[cell] = slot
        other = partner[cell]
        both = other >= 0 and mark[other] == unit
        if both and pair_of[slot] < 0:
            sums = with_pair(sums, slot)
            pairs = sums.pairs
        for k in range(many[i]):
            s = listed[i, k]
            mine = (i * series + s) * FIRST_ORDER
            row = (slot * series + s) * FIELDS
            for f in range(FIRST_ORDER):
                rows[row + f] += scratch[mine + f]
            if scratch[mine + WEIGHT] == ZERO:  # persons of weight 0 alone make no degree of freedom, as in R
                continue
            rows[row + CLUSTERS] += ONE
            x, y = scratch[mine + X], scratch[mine + Y]
            if y != ZERO:
                low, high = product(y, y)
                add_limbs(rows, row + YY, low, high)
                if x == y:  # all of the weight is above the line
                    add_limbs(rows, row + XX, low, high)
                    add_limbs(rows, row + XY, low, high)
                    continue
            if x != ZERO:
                add_product(rows, row + XX, x, x)
                add_product(rows, row + XY, x, y)
        if both:
            _cross(pairs, pair_of[slot], i, local[other], desk, other_series, unit)
    return sums


@njit(cache=True)
def _cross(all_pairs: Any, number: int, i: int, j: int, desk: Any, other_series: Any, unit: int) -> None:
    """Add the products of two cells of one cluster, for each series that counts persons in both.

    number: of the pair row.
    """
    scratch, met, listed, series = desk.scratch.reshape(-1), desk.met, desk.listed, desk.scratch.shape[1]
    pairs = all_pairs.reshape(-1)
    for k in range(desk.many[i]):
        s = listed[i, k]
        s2 = other_series[s]
        first, second = (i * series + s) * FIRST_ORDER, (j * series + s2) * FIRST_ORDER
        if met[j, s2] != unit or scratch[first + WEIGHT] == ZERO or scratch[second + WEIGHT] == ZERO:
            continue
        pair = (number * series + s) * PAIR_FIELDS
        x, y, x2, y2 = scratch[first + X], scratch[first + Y], scratch[second + X], scratch[second + Y]
        if x != ZERO and x2 != ZERO:
            add_product(pairs, pair + X_X, x, x2)
        if x != ZERO and y2 != ZERO:
            add_product(pairs, pair + X_Y, x, y2)
        if y != ZERO and x2 != ZERO:
            add_product(pairs, pair + Y_X, y, x2)
        if y != ZERO and y2 != ZERO:
            add_product(pairs, pair + Y_Y, y, y2)
        pairs[pair + BOTH] += ONE


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
    mark, local, scratch, touched = desk.mark, desk.local, desk.scratch.reshape(-1), desk.touched
    series = desk.scratch.shape[1]
    in_unit, listed, many_met = desk.met, desk.listed, desk.many
    desk.row[:] = -1  # the sums may have gone to the files since
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
                    _begin(desk, cell, unit, count)
                    count += 1
                place = local[cell]
                for i in range(met):
                    s = which[i]
                    if not asked[t, s]:
                        continue
                    mine = (place * series + s) * FIRST_ORDER
                    if in_unit[place, s] != unit:
                        in_unit[place, s] = unit
                        listed[place, many_met[place]] = s
                        many_met[place] += 1
                        for f in range(FIRST_ORDER):
                            scratch[mine + f] = ZERO
                    if what[i] >= 2:
                        scratch[mine + N] += many
                        scratch[mine + WEIGHT] += w
                        scratch[mine + Y] += below[i]
                        scratch[mine + NUMERATOR] += units[i]
                        scratch[mine + X] += above[i]
                    else:
                        scratch[mine + OUTSIDE] += w
                        if what[i] == 1:
                            scratch[mine + LEFT_OUT] += w
        for i in range(count):
            for k in range(many_met[i]):
                mine = (i * series + listed[i, k]) * FIRST_ORDER
                if scratch[mine + N] != ZERO:
                    scratch[mine + HOUSEHOLDS] = ONE
        if closed:
            sums = square(sums, unit_key[h], desk, kinds.other, unit, count)
            continue
        for i in range(count):
            key = (unit_key[h] << HALF) | np.uint64(touched[i])
            if sums.keys[find(sums.keys, key)] == EMPTY:
                sums = with_row(sums, key)
            slot = sums.slots[find(sums.keys, key)]
            for k in range(many_met[i]):
                s = listed[i, k]
                for f in range(FIRST_ORDER):
                    sums.rows[slot, s, f] += scratch[(i * series + s) * FIRST_ORDER + f]
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
    desk.row[:] = -1
    while i < order.shape[0]:
        unit += 1
        count = 0
        now = cluster[order[i]]
        while i < order.shape[0] and cluster[order[i]] == now:
            _begin(desk, cell[order[i]], unit, count)
            row = open_rows[order[i]]
            for s in range(row.shape[0]):
                if row[s, N] == ZERO and row[s, OUTSIDE] == ZERO:
                    continue
                desk.met[count, s] = unit
                desk.listed[count, desk.many[count]] = s
                desk.many[count] += 1
                for f in range(FIRST_ORDER):
                    desk.scratch[count, s, f] = row[s, f]
            count += 1
            i += 1
        sums = square(sums, stratum[now], desk, other_series, unit, count)
    return sums, unit
