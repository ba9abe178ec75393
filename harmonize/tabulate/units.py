"""A unit's cells as groups, and the comparisons of two groups of it: steps of the compiled loop, inlined there.

Arrays come one by one: to take them out of a tuple counts references, which would take longer than the step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from harmonize.tabulate.bundles import bundle_of, mixed
from harmonize.tabulate.limbs import ONE, ZERO
from harmonize.tabulate.sums import BOTH, CLUSTERS, FIELDS, FIRST_ORDER, PAIR_FIELDS, X_X, X_Y, Y_X, Y_Y, X, Y
from harmonize.tabulate.vectors import add_products, add_vector, square, tell_household

_FIRST = np.uint64(FIRST_ORDER)


@njit(cache=True, nogil=True)
def grouped(
    count: int, by_members: bool, tables: int, members: Any, group: Any, touched: Any, table: Any, kind_of: Any,
    who: Any, kind: Any, like: Any, cells: Any, key: Any, recent: Any,
) -> int:  # fmt: skip
    """Put the cells met into groups, and tell how many these are. by_members: else each cell alone. See Desk."""
    groups = 0
    for k in range(count):
        cell, own = touched[k], kind_of[table[k]]
        g = alike = groups
        if by_members:
            mine = members[cell]
            guess = (mine ^ (mine >> np.uint64(5)) ^ (np.uint64(own) << np.uint64(3))) & np.uint64(recent.shape[0] - 1)
            g = recent[guess]
            if g >= groups or who[g] != mine or kind[g] != own:
                g = 0
                while g < groups and (who[g] != mine or kind[g] != own):
                    if who[g] == mine:
                        alike = like[g]
                    g += 1
                recent[guess] = g
        if g == groups:
            groups += 1
            who[g], kind[g], like[g], key[g] = members[cell], own, alike, ZERO
            for t in range(tables):
                cells[g * tables + t] = -1
        group[cell] = g
        cells[g * tables + table[k]] = cell
        key[g] += mixed(cell)
    return groups


@njit(cache=True, nogil=True)
def sum_groups(
    groups: Any, rows: Any, closed: bool, who: Any, like: Any, vector: Any, vectors: Any, width: Any
) -> None:  # fmt: skip
    """The vector of each group: that of its row, of the first group of the same members, or a sum of several rows."""
    size = _FIRST * width
    for g in range(groups):
        if like[g] != g:
            vector[g] = vector[like[g]]
            continue
        rest, i = who[g], 0
        while rest & ONE == ZERO:
            rest, i = rest >> ONE, i + 1
        vector[g] = i
        rest = rest >> ONE
        if rest == ZERO:
            continue
        vector[g] = rows + g
        to, one = np.uint64(rows + g) * size, np.uint64(i) * size
        for j in range(size):
            vectors[to + j] = vectors[one + j]
        while rest != ZERO:
            i += 1
            if rest & ONE:
                add_vector(vectors, to, vectors, np.uint64(i) * size, width)
            rest = rest >> ONE
        tell_household(vectors, to, closed, width)


@njit(cache=True, nogil=True)
def sum_cells(
    begin: int, rows: int, groups: int, closed: bool, codes: Any, dense: Any, group: Any, here: Any, vector: Any,
    vectors: Any, width: Any,
) -> None:  # fmt: skip
    """The vector of each cell of a unit whose cells are groups of their own."""
    size = _FIRST * width
    for g in range(groups):
        vector[g] = rows + g
        to = np.uint64(rows + g) * size
        for j in range(size):
            vectors[to + j] = ZERO
    for i in range(rows):
        if here[i]:
            for t in range(codes.shape[1]):
                to = np.uint64(rows + group[dense[codes[begin + i, t]]]) * size
                add_vector(vectors, to, vectors, np.uint64(i) * size, width)
    for g in range(groups):
        tell_household(vectors, np.uint64(rows + g) * size, closed, width)


@njit(cache=True, nogil=True)
def add_groups(
    groups: int, tables: int, unit: Any, closed: bool, cells: Any, key: Any, bundle: Any, vector: Any, vectors: Any,
    width: Any, places: Any, units: Any, there: Any, sums: Any, used: Any,
) -> None:  # fmt: skip
    """Add the vector of each group to its bundle, and its squares where the unit is a whole cluster.

    unit: the stratum or the open cluster. All bundles are found before the first is added to: what is looked up for
    one is still on its way from memory when the next is looked up.
    """
    size = _FIRST * width
    fields = np.uint64(FIELDS if closed else FIRST_ORDER) * width
    for g in range(groups):
        bundle[g] = bundle_of(places, units, there, sums, used, unit, key[g], cells, g * tables, tables)
    for g in range(groups):
        to, own = np.uint64(bundle[g]) * fields, np.uint64(vector[g]) * size
        add_vector(sums, to, vectors, own, width)
        if closed:
            square(sums, to, vectors, own, width)


@njit(cache=True, nogil=True)
def cross(
    count: Any, tables: Any, partner: Any, unit: Any, stratum: Any, mark: Any, group: Any, touched: Any, table: Any,
    vector: Any, vectors: Any, pairs: Any, cells: Any, key: Any, other: Any, width: Any, places: Any,
    units: Any, there: Any, sums: Any, used: Any,
) -> None:  # fmt: skip
    """Add the products of each two groups of a cluster some of whose cells are compared.

    other: see Width; places to used: the arrays of the bundles of pairs.
    """
    found = 0
    for k in range(count):
        cell = touched[k]
        compared = partner[cell]
        if compared >= 0 and mark[compared] == unit:
            a, b, p = group[cell], group[compared], 0
            while p < found and (pairs[p, 0] != a or pairs[p, 1] != b):
                p += 1
            if p == found:
                found += 1
                pairs[p, 0], pairs[p, 1], key[p] = a, b, ZERO
                for t in range(tables):
                    cells[p * tables + t] = -1
            cells[p * tables + table[k]] = cell
            key[p] += mixed(cell)
    size = _FIRST * width
    spare = np.uint64(vectors.shape[0]) - size
    for p in range(found):
        first, second = np.uint64(vector[pairs[p, 0]]) * size, np.uint64(vector[pairs[p, 1]]) * size
        if other.shape[0]:  # each series with that of the second cell which it is compared with
            for f in range(_FIRST):
                for j in range(width):
                    o = other[j]
                    vectors[spare + f * width + j] = vectors[second + f * width + np.uint64(o)] if o >= 0 else ZERO
            second = spare
        pair = bundle_of(places, units, there, sums, used, stratum, key[p], cells, p * tables, tables)
        to = np.uint64(pair) * np.uint64(PAIR_FIELDS) * width
        x, y = first + np.uint64(X) * width, first + np.uint64(Y) * width
        x2, y2 = second + np.uint64(X) * width, second + np.uint64(Y) * width
        add_products(sums, to + np.uint64(X_X) * width, vectors, x, x2, width)
        add_products(sums, to + np.uint64(X_Y) * width, vectors, x, y2, width)
        add_products(sums, to + np.uint64(Y_X) * width, vectors, y, x2, width)
        add_products(sums, to + np.uint64(Y_Y) * width, vectors, y, y2, width)
        both, clusters = to + np.uint64(BOTH) * width, first + np.uint64(CLUSTERS) * width
        too = second + np.uint64(CLUSTERS) * width
        for j in range(width):
            sums[both + j] += vectors[clusters + j] & vectors[too + j]
