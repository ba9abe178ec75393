"""The compiled loop: persons in household order to exact sums by stratum, cell and series.

A *unit* is a run of rows of one household. Within it first-order sums are gathered per (cell, series);
when the unit is a whole cluster they are squared into the state, otherwise they are added to the open
cluster. Weights are fixed-point integers, squares exact 128-bit integers in two limbs, so that no
order of rows, chunks or files changes a bit. All arrays are uint64: numba turns a mix of signed and
unsigned into floats.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

# Fields of a state row (one stratum, cell and series); sums of squares take two limbs each.
# OUTSIDE is the weight of the base beyond the universe: base = Y + OUTSIDE.
N, HOUSEHOLDS, NUMERATOR, CLUSTERS, X, Y, LEFT_OUT, OUTSIDE = range(8)
FIRST_ORDER = 8
XX, XY, YY = range(8, 14, 2)
FIELDS = 14

# Fields of a pair row, for a cell whose clusters are compared with another's: cross sums, and how many
# clusters have both. Few cells have one, so they are kept apart.
X_X, X_Y, Y_X, Y_Y = range(0, 8, 2)
BOTH = 8
PAIR_FIELDS = 9

_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_0 = np.uint64(0)
_1 = np.uint64(1)
_SIGN = np.uint64(1 << 63)


@njit(cache=True, inline="always")
def _add_product(row: Any, at: int, a: Any, b: Any) -> None:
    """row[at], row[at + 1] (low, high) += a * b, exactly."""
    if (a | b) >> _32 == _0:  # the product fits one limb
        low = a * b
        total = row[at] + low
        if total < low:
            row[at + 1] += _1
        row[at] = total
        return
    a0, a1, b0, b1 = a & _LOW, a >> _32, b & _LOW, b >> _32
    p00, p01, p10, p11 = a0 * b0, a0 * b1, a1 * b0, a1 * b1
    mid = (p00 >> _32) + (p01 & _LOW) + (p10 & _LOW)
    low = (p00 & _LOW) | (mid << _32)
    total = row[at] + low
    if total < low:
        row[at + 1] += _1
    row[at] = total
    row[at + 1] += p11 + (p01 >> _32) + (p10 >> _32) + (mid >> _32)


@njit(cache=True)
def _find(keys: Any, slots: Any, key: Any) -> Any:
    """Position of `key` in an open-addressing table, or of the empty place where it belongs."""
    mask = np.uint64(keys.shape[0] - 1)
    h = key * np.uint64(0x9E3779B97F4A7C15)
    at = (h ^ (h >> _32)) & mask
    while keys[at] != _EMPTY and keys[at] != key:
        at = (at + _1) & mask
    return np.int64(at)


@njit(cache=True)
def _rehash(keys: Any, slots: Any) -> Any:
    new_keys = np.full(keys.shape[0] * 2, _EMPTY, np.uint64)
    new_slots = np.zeros(keys.shape[0] * 2, np.int64)
    for i in range(keys.shape[0]):
        if keys[i] != _EMPTY:
            at = _find(new_keys, new_slots, keys[i])
            new_keys[at] = keys[i]
            new_slots[at] = slots[i]
    return new_keys, new_slots


@njit(cache=True)
def slot_of(keys: Any, slots: Any, rows: Any, used: int, key: Any) -> Any:
    """The state row of `key`, made if new: returns (keys, slots, rows, used, slot), arrays perhaps grown."""
    at = _find(keys, slots, key)
    if keys[at] == _EMPTY:
        if used * 2 >= keys.shape[0]:
            keys, slots = _rehash(keys, slots)
            at = _find(keys, slots, key)
        if used == rows.shape[0]:
            grown = np.zeros((rows.shape[0] * 2, rows.shape[1], rows.shape[2]), np.uint64)
            grown[:used] = rows
            rows = grown
        keys[at] = key
        slots[at] = used
        used += 1
    return keys, slots, rows, used, slots[at]


@njit(cache=True)
def number_cells(codes: Any, deltas: Any, dense: Any, cells: Any, partner: Any, used: int) -> int:
    """Give each new cell of the batch, and its contrast partner, a dense number.

    codes: (rows, tables) cell codes; deltas: per table the step from a first to a second cell of a
    contrast (0: none) and the code range of first cells. Returns how many cells are numbered now.
    """
    for t in range(codes.shape[1]):
        for r in range(codes.shape[0]):
            code = codes[r, t]
            if dense[code] < 0:
                dense[code] = used
                cells[used] = code
                partner[used] = -1
                used += 1
                if deltas[t, 0] != 0 and deltas[t, 1] <= code < deltas[t, 2]:
                    other = code + deltas[t, 0]
                    if dense[other] < 0:
                        dense[other] = used
                        cells[used] = other
                        partner[used] = -1
                        used += 1
                    partner[dense[code]] = dense[other]
            elif deltas[t, 0] != 0 and deltas[t, 1] <= code < deltas[t, 2] and partner[dense[code]] < 0:
                other = code + deltas[t, 0]
                if dense[other] < 0:
                    dense[other] = used
                    cells[used] = other
                    partner[used] = -1
                    used += 1
                partner[dense[code]] = dense[other]
    return used


@njit(cache=True)
def square(
    keys: Any,
    slots: Any,
    rows: Any,
    used: int,
    pair_of: Any,
    pairs: Any,
    paired: int,
    stratum: Any,
    touched: Any,
    count: int,
    mark: Any,
    local: Any,
    unit: int,
    scratch: Any,
    partner: Any,
) -> Any:
    """Fold the finished cluster into the state of its stratum. Returns the grown state.

    pair_of[slot] is the row of `pairs` with the cross sums of that row, or -1; paired: rows of it in use.
    scratch[i] holds the sums of cell touched[i]; local[cell] is that i where mark[cell] is this unit.
    """
    for i in range(count):
        cell = touched[i]
        key = (stratum << _32) | np.uint64(cell)
        keys, slots, rows, used, slot = slot_of(keys, slots, rows, used, key)
        if slot >= pair_of.shape[0]:
            longer = np.full(rows.shape[0], -1, np.int64)
            longer[: pair_of.shape[0]] = pair_of
            pair_of = longer
        other = partner[cell]
        both = other >= 0 and mark[other] == unit
        if both and pair_of[slot] < 0:
            if paired == pairs.shape[0]:
                grown = np.zeros((pairs.shape[0] * 2, pairs.shape[1], pairs.shape[2]), np.uint64)
                grown[:paired] = pairs
                pairs = grown
            pair_of[slot] = paired
            paired += 1
        for s in range(rows.shape[1]):
            mine = scratch[i, s]
            if mine[OUTSIDE] == _0 and mine[N] == _0:
                continue
            row = rows[slot, s]
            for f in range(FIRST_ORDER):
                row[f] += mine[f]
            if mine[N] == _0:
                continue
            row[CLUSTERS] += _1
            x, y = mine[X], mine[Y]
            if x != _0:
                _add_product(row, XX, x, x)
                _add_product(row, XY, x, y)
            _add_product(row, YY, y, y)
            if both and scratch[local[other], s, N] != _0:
                pair = pairs[pair_of[slot], s]
                x2, y2 = scratch[local[other], s, X], scratch[local[other], s, Y]
                if x != _0 and x2 != _0:
                    _add_product(pair, X_X, x, x2)
                if x != _0:
                    _add_product(pair, X_Y, x, y2)
                if x2 != _0:
                    _add_product(pair, Y_X, y, x2)
                _add_product(pair, Y_Y, y, y2)
                pair[BOTH] += _1
    return keys, slots, rows, used, pair_of, pairs, paired


@njit(cache=True)
def tabulate(
    starts: Any,
    unit_key: Any,
    closed: bool,
    codes: Any,
    dense: Any,
    weight: Any,
    base: Any,
    left_out: Any,
    universe: Any,
    numerator: Any,
    partner: Any,
    scratch: Any,
    mark: Any,
    local: Any,
    touched: Any,
    unit: int,
    keys: Any,
    slots: Any,
    rows: Any,
    used: int,
    pair_of: Any,
    pairs: Any,
    paired: int,
) -> Any:
    """Add one batch of whole households.

    starts: (units + 1) first row of each unit; unit_key: per unit the stratum (closed: the unit is a
    whole cluster) or the cluster (open: its sums stay first-order). The masks hold a bit per series.
    Returns (keys, slots, rows, used, pair_of, pairs, paired, unit, overflow).
    """
    overflow = False
    series = rows.shape[1]
    which = np.zeros(64, np.int64)
    what = np.zeros(64, np.int64)  # 3 in the numerator, 2 in the universe, 1 left out, 0 else in the base
    for h in range(starts.shape[0] - 1):
        unit += 1
        count = 0
        for r in range(starts[h], starts[h + 1]):
            bits = base[r]
            if bits == _0:
                continue
            w, u, v, lo = weight[r], universe[r], numerator[r], left_out[r]
            met = 0  # the series of this person, listed once for all tables
            s = 0
            while bits != _0:
                if bits & _1:
                    which[met] = s
                    what[met] = 2 * np.int64(u & _1) + np.int64((v | lo) & _1)
                    met += 1
                bits, u, v, lo = bits >> _1, u >> _1, v >> _1, lo >> _1
                s += 1
            for t in range(codes.shape[1]):
                cell = dense[codes[r, t]]
                if mark[cell] != unit:
                    mark[cell] = unit
                    local[cell] = count
                    scratch[count] = _0
                    touched[count] = cell
                    count += 1
                here = scratch[local[cell]]
                for i in range(met):
                    mine = here[which[i]]
                    if what[i] >= 2:
                        mine[N] += _1
                        mine[Y] += w
                        if what[i] == 3:
                            mine[NUMERATOR] += _1
                            mine[X] += w
                    else:
                        mine[OUTSIDE] += w
                        if what[i] == 1:
                            mine[LEFT_OUT] += w
        for i in range(count):
            for s in range(series):
                if scratch[i, s, N] != _0:
                    scratch[i, s, HOUSEHOLDS] = _1
        if count == 0:
            continue
        if closed:
            keys, slots, rows, used, pair_of, pairs, paired = square(
                keys,
                slots,
                rows,
                used,
                pair_of,
                pairs,
                paired,
                unit_key[h],
                touched,
                count,
                mark,
                local,
                unit,
                scratch,
                partner,
            )
        else:
            for i in range(count):
                cell = touched[i]
                key = (unit_key[h] << _32) | np.uint64(cell)
                keys, slots, rows, used, slot = slot_of(keys, slots, rows, used, key)
                for s in range(rows.shape[1]):
                    for f in range(FIRST_ORDER):
                        rows[slot, s, f] += scratch[i, s, f]
    for i in range(used):
        for s in range(rows.shape[1]):
            if rows[i, s, Y] + rows[i, s, OUTSIDE] >= _SIGN:
                overflow = True
    return keys, slots, rows, used, pair_of, pairs, paired, unit, overflow


@njit(cache=True)
def close(
    order: Any,
    cluster: Any,
    cell: Any,
    stratum: Any,
    open_rows: Any,
    partner: Any,
    scratch: Any,
    mark: Any,
    local: Any,
    touched: Any,
    unit: int,
    keys: Any,
    slots: Any,
    rows: Any,
    used: int,
    pair_of: Any,
    pairs: Any,
    paired: int,
) -> Any:
    """Square the open clusters: rows of `open_rows` in `order` (by cluster), each of one (cluster, cell)."""
    i = 0
    while i < order.shape[0]:
        unit += 1
        count = 0
        now = cluster[order[i]]
        while i < order.shape[0] and cluster[order[i]] == now:
            c = cell[order[i]]
            mark[c] = unit
            local[c] = count
            touched[count] = c
            scratch[count] = open_rows[order[i]]
            count += 1
            i += 1
        keys, slots, rows, used, pair_of, pairs, paired = square(
            keys,
            slots,
            rows,
            used,
            pair_of,
            pairs,
            paired,
            stratum[now],
            touched,
            count,
            mark,
            local,
            unit,
            scratch,
            partner,
        )
    return keys, slots, rows, used, pair_of, pairs, paired
