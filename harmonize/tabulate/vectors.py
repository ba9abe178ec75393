"""Vectors: what persons add to each first-order field and series of a cell, the series innermost.

The compiler adds several series at once. What indexes a vector is unsigned: a signed index would be looked at for its
sign each time, which keeps the compiler from it. All of them are inlined where they are used.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from harmonize.tabulate.limbs import LOW, ONE, ZERO, product
from harmonize.tabulate.sums import CLUSTERS, FIRST_ORDER, HOUSEHOLDS, WEIGHT, XX, XY, YY, N, X, Y


@njit(cache=True, inline="always")
def spread(vectors: Any, to: Any, bits: Any, bit: Any, first: Any, last: Any, value: Any) -> None:
    """Write `value` for each series whose bit is set, else 0. bit: the place of each in the word."""
    for j in range(first, last):
        vectors[to + j] = value & (ZERO - ((bits >> bit[j]) & ONE))


@njit(cache=True, inline="always")
def _tell(vectors: Any, at: Any, field: Any, of: Any, width: Any) -> None:
    """Write 1 into a field where another is above 0, else 0."""
    to, there = at + np.uint64(field) * width, at + np.uint64(of) * width
    for j in range(width):
        vectors[to + j] = np.uint64(vectors[there + j] != ZERO)


@njit(cache=True, inline="always")
def tell_cluster(vectors: Any, at: Any, width: Any) -> None:
    """One cluster where there is a weight: persons of weight 0 alone make no degree of freedom, as in R."""
    _tell(vectors, at, CLUSTERS, WEIGHT, width)


@njit(cache=True, inline="always")
def tell_household(vectors: Any, at: Any, closed: bool, width: Any) -> None:
    """One household where persons count, which is a cluster where it is `closed`."""
    _tell(vectors, at, HOUSEHOLDS, N, width)
    if closed:
        tell_cluster(vectors, at, width)


@njit(cache=True, inline="always")
def add_vector(sums: Any, to: Any, vectors: Any, start: Any, width: Any) -> None:
    """Add a vector to the first-order sums of a bundle, or to another vector."""
    for j in range(np.uint64(FIRST_ORDER) * width):
        sums[to + j] += vectors[start + j]


@njit(cache=True, nogil=True)
def add_products(sums: Any, to: Any, vectors: Any, a: Any, b: Any, width: Any) -> None:
    """Add the products of two runs of numbers, exactly. to: of the low limbs, after which come the high ones."""
    large, carries, high = ZERO, ZERO, to + width
    for j in range(width):
        large |= vectors[a + j] | vectors[b + j]
    if large <= LOW:  # the products fit one limb, and several are made at once: & LOW tells the compiler so
        for j in range(width):
            low = (vectors[a + j] & LOW) * (vectors[b + j] & LOW)
            total = sums[to + j] + low
            carries |= np.uint64(total < low)
            sums[to + j] = total
        if carries != ZERO:  # seldom: the high limbs are left where they are
            for j in range(width):
                sums[high + j] += np.uint64(sums[to + j] < (vectors[a + j] & LOW) * (vectors[b + j] & LOW))
        return
    for j in range(width):
        low, more = product(vectors[a + j], vectors[b + j])
        total = sums[to + j] + low
        sums[high + j] += more + np.uint64(total < low)
        sums[to + j] = total


@njit(cache=True, nogil=True)
def square(sums: Any, to: Any, vectors: Any, at: Any, width: Any) -> None:
    """Add the squares and the product of x and y of a vector to a bundle: add_products of each, in one loop."""
    x, y = at + np.uint64(X) * width, at + np.uint64(Y) * width
    xx, xy, yy = to + np.uint64(XX) * width, to + np.uint64(XY) * width, to + np.uint64(YY) * width
    large, carries = ZERO, ZERO
    for j in range(width):
        large |= vectors[x + j] | vectors[y + j]
    if large > LOW:
        add_products(sums, xx, vectors, x, x, width)
        add_products(sums, xy, vectors, x, y, width)
        add_products(sums, yy, vectors, y, y, width)
        return
    for j in range(width):
        a, b = vectors[x + j] & LOW, vectors[y + j] & LOW
        aa, ab, bb = a * a, a * b, b * b
        sum_aa, sum_ab, sum_bb = sums[xx + j] + aa, sums[xy + j] + ab, sums[yy + j] + bb
        carries |= np.uint64(sum_aa < aa) | np.uint64(sum_ab < ab) | np.uint64(sum_bb < bb)
        sums[xx + j], sums[xy + j], sums[yy + j] = sum_aa, sum_ab, sum_bb
    if carries != ZERO:
        for j in range(width):
            a, b = vectors[x + j] & LOW, vectors[y + j] & LOW
            sums[xx + width + j] += np.uint64(sums[xx + j] < a * a)
            sums[xy + width + j] += np.uint64(sums[xy + j] < a * b)
            sums[yy + width + j] += np.uint64(sums[yy + j] < b * b)
