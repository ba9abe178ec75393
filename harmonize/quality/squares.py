"""Sums of the squares of weights, exactly: what tells how much unequal weights add to chance.

L. Kish, Survey Sampling (1965), section 11.7: the variance is that of equal weights times n Σw² / (Σw)².
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from harmonize.tabulate.limbs import ONE, ZERO, product

Ints = npt.NDArray[np.int64]
Whole = npt.NDArray[np.object_]  # of Python's whole numbers: the square of a weight may pass 64 bits


def squares(
    part: npt.NDArray[np.int32], parts: int, code: Ints, at: npt.NDArray[np.int32], times: Ints, weight: Ints, size: int
) -> Whole:
    """(parts, size) Σw² over persons by part and code, in squared units of the weight.

    part: of each row. code: of each combination, and `at` which a row has. times, weight: the persons that a row
    stands for, who share its weight alike, and their weight; neither is negative.
    """
    low, high = np.zeros((2, parts, size), np.uint64)
    _add(part, code, at, times.astype(np.uint64), weight.astype(np.uint64), low, high)
    found: Whole = (high.astype(object) << 64) + low.astype(object)
    return found


@njit(cache=True, nogil=True)
def _add(part: Any, code: Any, at: Any, times: Any, weight: Any, low: Any, high: Any) -> None:
    """Two limbs a sum; unsigned all, see `limbs`."""
    for r in range(part.shape[0]):
        if weight[r] != ZERO and times[r] != ZERO:
            each = weight[r] // times[r]
            square, more = product(each, each * times[r])
            p, c = part[r], code[at[r]]
            total = low[p, c] + square
            if total < square:
                more += ONE
            low[p, c] = total
            high[p, c] += more


def design_effect(persons: int, weight: int, square: int) -> float:
    """By what unequal weights multiply the variance of a share of persons: 1 of equal ones, and of nobody."""
    return max(persons * square / weight**2, 1.0) if weight else 1.0
