"""The compiled loop: persons in household order to exact sums of bundles of cells.

A *unit* is a run of rows of one household. Each of its rows is first a vector, of what it adds to each field and
series; the vectors of one group of cells are added, and, where the unit is a whole cluster, multiplied. Weights are
fixed-point integers, squares exact 128-bit integers in two limbs, so that no order of rows, chunks or files changes
a bit. All of them are uint64: numba turns a mix of signed and unsigned into floats.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from harmonize.tabulate.limbs import ONE, ZERO
from harmonize.tabulate.sums import (
    FIRST_ORDER,
    LEFT_OUT,
    NUMERATOR,
    OUTSIDE,
    WEIGHT,
    N,
    X,
    Y,
)
from harmonize.tabulate.units import add_groups, cross, grouped, sum_cells, sum_groups
from harmonize.tabulate.vectors import spread, tell_cluster, tell_household

MANY = 64
"""Rows of a unit whose groups are told by a bit a row; each cell of a larger unit is a group of its own."""
_FIRST = np.uint64(FIRST_ORDER)


@njit(cache=True, nogil=True)
def number_cells(codes: Any, deltas: Any, dense: Any, cells: Any, partner: Any, used: int) -> int:
    """Give each new cell of the batch, and its contrast partner, a dense number.

    codes: (rows, tables) cell codes; deltas: per table the step from a first to a second cell of a
    contrast (0: none) and the code range of first cells. Returns how many cells are numbered now.
    """
    for r in range(codes.shape[0]):
        for t in range(codes.shape[1]):
            code = codes[r, t]
            step, low, high = deltas[t, 0], deltas[t, 1], deltas[t, 2]
            compared = step != 0 and low <= code < high
            if dense[code] >= 0 and not (compared and partner[dense[code]] < 0):
                continue
            used = _number(code, dense, cells, partner, used)
            if compared:
                used = _number(code + step, dense, cells, partner, used)
                partner[dense[code]] = dense[code + step]
    return used


@njit(cache=True, nogil=True)
def _number(code: Any, dense: Any, cells: Any, partner: Any, used: int) -> int:
    if dense[code] < 0:
        dense[code] = used
        cells[used] = code
        partner[used] = -1
        used += 1
    return used


@njit(cache=True, nogil=True)
def tabulate(
    at: int,
    starts: Any,
    unit_key: Any,
    closed: bool,
    codes: Any,
    dense: Any,
    partner: Any,
    weight: Any,
    persons: Any,
    masks: Any,
    amounts: Any,
    kinds: Any,
    wide: Any,
    desk: Any,
    unit: int,
    bundles: Any,
    pairs: Any,
) -> Any:
    """Add units from number `at` on, while there is room for their bundles; returns (the next unit, the last number).

    starts: (units + 1) first row of each unit; unit_key: per unit the stratum (closed: the unit is a
    whole cluster) or the cluster (open: its sums stay first-order). persons: how many each row stands
    for, or nothing: one each. masks: base, left out, universe and numerator, each (rows, words) with a bit per
    series, 64 a word. amounts: (rows, k) what the persons add to series that are means; kinds, wide, desk: see there.
    """
    base, left_out, universe, numerator = masks
    one_each = persons.shape[0] == 0
    # Arrays are taken out of the tuples once: taking them counts references each time.
    mark, members, group, touched, table = desk.mark, desk.members, desk.group, desk.touched, desk.table
    kind_of, who, kind, like, cells = desk.kind_of, desk.who, desk.kind, desk.like, desk.cells
    here, key, bundle, recent = desk.here, desk.key, desk.bundle, desk.recent
    vector, vectors = desk.vector, desk.vectors
    compared, pair_cells, pair_key, other = desk.pairs, desk.pair_cells, desk.pair_key, wide.other
    places, units, there, sums, used = bundles
    pair_places, pair_units, pair_there, pair_sums, pair_used = pairs
    bit, ends, means, number = wide.bit, wide.ends, wide.means, wide.number
    above_of, below_of, counts = kinds.above, kinds.below, kinds.counts
    tables, words = codes.shape[1], base.shape[1]
    width = np.uint64(number.shape[0])
    size = _FIRST * width
    while at < starts.shape[0] - 1:
        begin, rows = starts[at], starts[at + 1] - starts[at]
        if max(used[0], pair_used[0]) + min(tables * rows, mark.shape[0]) > units.shape[0]:
            break
        unit += 1
        for i in range(rows):
            r = begin + i
            w, many = weight[r], ONE if one_each else persons[r]
            to, first = np.uint64(i) * size, ZERO
            here[i] = False
            for word in range(words):
                inside, has, last = universe[r, word], numerator[r, word], ends[word]
                outside = base[r, word] & ~inside
                here[i] |= base[r, word] != ZERO
                spread(vectors, to + np.uint64(N) * width, inside, bit, first, last, many)
                spread(vectors, to + np.uint64(NUMERATOR) * width, has, bit, first, last, many)
                spread(vectors, to + np.uint64(X) * width, has, bit, first, last, w)
                spread(vectors, to + np.uint64(Y) * width, inside, bit, first, last, w)
                spread(vectors, to + np.uint64(WEIGHT) * width, inside, bit, first, last, w)
                spread(vectors, to + np.uint64(LEFT_OUT) * width, outside & left_out[r, word], bit, first, last, w)
                spread(vectors, to + np.uint64(OUTSIDE) * width, outside, bit, first, last, w)
                first = last
            for m in range(means.shape[0]):
                s = number[means[m]]
                if (universe[r, s // 64] >> np.uint64(s % 64)) & ONE:
                    place, amount = to + np.uint64(means[m]), amounts[r, above_of[s]]
                    vectors[place + np.uint64(X) * width] = w * amount
                    if counts[s]:
                        vectors[place + np.uint64(NUMERATOR) * width] = many * amount
                    if below_of[s] >= 0:
                        vectors[place + np.uint64(Y) * width] = w * amounts[r, below_of[s]]
            tell_household(vectors, to, closed, width)
        count = 0
        for t in range(tables):
            for i in range(rows):
                if here[i]:
                    cell = dense[codes[begin + i, t]]
                    if mark[cell] != unit:
                        mark[cell], members[cell] = unit, ZERO
                        touched[count], table[count] = cell, t
                        count += 1
                    members[cell] |= ONE << np.uint64(i % MANY)
        few = rows <= MANY
        groups = grouped(
            count, few, tables, members, group, touched, table, kind_of, who, kind, like, cells, key, recent
        )
        if few:
            sum_groups(groups, rows, closed, who, like, vector, vectors, width)
        else:
            sum_cells(begin, rows, groups, closed, codes, dense, group, here, vector, vectors, width)
        add_groups(
            groups, tables, unit_key[at], closed, cells, key, bundle, vector, vectors, width, places, units, there,
            sums, used,
        )  # fmt: skip
        if closed:
            cross(
                count, tables, partner, unit, unit_key[at], mark, group, touched, table, vector, vectors, compared,
                pair_cells, pair_key, other, width, pair_places, pair_units, pair_there, pair_sums, pair_used,
            )  # fmt: skip
        at += 1
    return at, unit


@njit(cache=True, nogil=True)
def close(
    at: int, order: Any, cluster: Any, cell: Any, stratum: Any, open_rows: Any, table_of: Any, partner: Any, wide: Any,
    desk: Any, unit: int, bundles: Any, pairs: Any,
) -> Any:  # fmt: skip
    """Square open clusters, from `order[at]` on, while there is room: rows of `open_rows` by cluster, each of a cell.

    cluster, cell: of each row; stratum: of each cluster of the state; table_of: of each cell. Returns (the next place
    in `order`, the last unit's number).
    """
    mark, members, group, touched, table = desk.mark, desk.members, desk.group, desk.touched, desk.table
    kind_of, who, kind, like, cells = desk.kind_of, desk.who, desk.kind, desk.like, desk.cells
    key, bundle, vector, vectors = desk.key, desk.bundle, desk.vector, desk.vectors
    places, units, there, sums, used = bundles
    pair_places, pair_units, pair_there, pair_sums, pair_used = pairs
    tables, number = kind_of.shape[0], wide.number
    width = np.uint64(number.shape[0])
    size = _FIRST * width
    while at < order.shape[0]:
        now, end = cluster[order[at]], at
        while end < order.shape[0] and cluster[order[end]] == now:
            end += 1
        count = end - at
        if max(used[0], pair_used[0]) + count > units.shape[0]:
            break
        unit += 1
        for g in range(count):
            row = order[at + g]
            touched[g], table[g], vector[g] = cell[row], table_of[cell[row]], g
            mark[cell[row]] = unit
            to = np.uint64(g) * size
            for j in range(wide.ends[-1]):  # what is beyond pads the vector, and stays 0
                for f in range(FIRST_ORDER):
                    vectors[to + np.uint64(f) * width + j] = open_rows[row, number[j], f]
            tell_cluster(vectors, to, width)
        grouped(count, False, tables, members, group, touched, table, kind_of, who, kind, like, cells, key, desk.recent)
        add_groups(
            count, tables, stratum[now], True, cells, key, bundle, vector, vectors, width, places, units, there,
            sums, used,
        )  # fmt: skip
        cross(
            count, tables, partner, unit, stratum[now], mark, group, touched, table, vector, vectors, desk.pairs,
            desk.pair_cells, desk.pair_key, wide.other, width, pair_places, pair_units, pair_there, pair_sums,
            pair_used,
        )  # fmt: skip
        at = end
    return at, unit
