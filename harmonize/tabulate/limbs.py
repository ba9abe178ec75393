"""Exact sums of products in two 64-bit limbs, and an open-addressing table of keys: what the kernel is made of.

All of it is uint64: numba turns a mix of signed and unsigned into floats.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
ZERO = np.uint64(0)
ONE = np.uint64(1)


@njit(cache=True, inline="always")
def product(a: Any, b: Any) -> tuple[Any, Any]:
    """The low and the high limb of a * b."""
    if (a | b) >> HALF == ZERO:  # it fits one limb
        return a * b, ZERO
    a0, a1, b0, b1 = a & LOW, a >> HALF, b & LOW, b >> HALF
    p00, p01, p10, p11 = a0 * b0, a0 * b1, a1 * b0, a1 * b1
    mid = (p00 >> HALF) + (p01 & LOW) + (p10 & LOW)
    return (p00 & LOW) | (mid << HALF), p11 + (p01 >> HALF) + (p10 >> HALF) + (mid >> HALF)


@njit(cache=True, nogil=True)
def merged(order: Any, rows: Any, first: int, last: int, into: Any, place: Any) -> None:
    """Add the rows of one key, exactly: `order` sorts them by key, into[place[i]] gets row order[i].

    rows, into: (rows, series, fields); fields `first` to `last` are sums in two limbs, the others in one.
    """
    for i in range(order.shape[0]):
        for s in range(rows.shape[1]):
            mine, sums = rows[order[i], s], into[place[i], s]
            for f in range(first):
                sums[f] += mine[f]
            for f in range(first, last, 2):
                total = sums[f] + mine[f]
                if total < mine[f]:
                    sums[f + 1] += ONE
                sums[f] = total
                sums[f + 1] += mine[f + 1]
            for f in range(last, rows.shape[2]):
                sums[f] += mine[f]


@njit(cache=True, nogil=True)
def find(keys: Any, key: Any) -> Any:
    """Position of `key` in an open-addressing table, or of the empty place where it belongs."""
    mask = np.uint64(keys.shape[0] - 1)
    h = key * np.uint64(0x9E3779B97F4A7C15)
    at = (h ^ (h >> HALF)) & mask
    while keys[at] != EMPTY and keys[at] != key:
        at = (at + ONE) & mask
    return np.int64(at)


@njit(cache=True, nogil=True)
def put_keys(keys: Any, slots: Any, to_keys: Any, to_slots: Any) -> None:
    """Put a table into a larger one that is empty."""
    for i in range(keys.shape[0]):
        if keys[i] != EMPTY:
            at = find(to_keys, keys[i])
            to_keys[at] = keys[i]
            to_slots[at] = slots[i]
