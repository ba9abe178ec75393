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

from harmonize.tabulate.limbs import HALF, ONE, SIGN, ZERO, add_product, slot_of

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
        key = (stratum << HALF) | np.uint64(cell)
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
            if mine[OUTSIDE] == ZERO and mine[N] == ZERO:
                continue
            row = rows[slot, s]
            for f in range(FIRST_ORDER):
                row[f] += mine[f]
            if mine[N] == ZERO:
                continue
            row[CLUSTERS] += ONE
            x, y = mine[X], mine[Y]
            if x != ZERO:
                add_product(row, XX, x, x)
                add_product(row, XY, x, y)
            add_product(row, YY, y, y)
            if both and scratch[local[other], s, N] != ZERO:
                pair = pairs[pair_of[slot], s]
                x2, y2 = scratch[local[other], s, X], scratch[local[other], s, Y]
                if x != ZERO and x2 != ZERO:
                    add_product(pair, X_X, x, x2)
                if x != ZERO:
                    add_product(pair, X_Y, x, y2)
                if x2 != ZERO:
                    add_product(pair, Y_X, y, x2)
                add_product(pair, Y_Y, y, y2)
                pair[BOTH] += ONE
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
            if bits == ZERO:
                continue
            w, u, v, lo = weight[r], universe[r], numerator[r], left_out[r]
            met = 0  # the series of this person, listed once for all tables
            s = 0
            while bits != ZERO:
                if bits & ONE:
                    which[met] = s
                    what[met] = 2 * np.int64(u & ONE) + np.int64((v | lo) & ONE)
                    met += 1
                bits, u, v, lo = bits >> ONE, u >> ONE, v >> ONE, lo >> ONE
                s += 1
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
                    mine = here[which[i]]
                    if what[i] >= 2:
                        mine[N] += ONE
                        mine[Y] += w
                        if what[i] == 3:
                            mine[NUMERATOR] += ONE
                            mine[X] += w
                    else:
                        mine[OUTSIDE] += w
                        if what[i] == 1:
                            mine[LEFT_OUT] += w
        for i in range(count):
            for s in range(series):
                if scratch[i, s, N] != ZERO:
                    scratch[i, s, HOUSEHOLDS] = ONE
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
                key = (unit_key[h] << HALF) | np.uint64(cell)
                keys, slots, rows, used, slot = slot_of(keys, slots, rows, used, key)
                for s in range(rows.shape[1]):
                    for f in range(FIRST_ORDER):
                        rows[slot, s, f] += scratch[i, s, f]
    for i in range(used):
        for s in range(rows.shape[1]):
            if rows[i, s, Y] + rows[i, s, OUTSIDE] >= SIGN:
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
