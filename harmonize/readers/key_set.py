"""A compact set of 64-bit hashes, 8 bytes a slot, to notice a key that comes a second time.

Two keys share a hash once in about 10^4 files of 50 million households: then rows are repartitioned
without need, and the numbers stay right.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Hashes = npt.NDArray[np.uint64]


class KeySet:
    """Open addressing with doubling, at most 7/8 full."""

    def __init__(self) -> None:
        self._slots: Hashes = np.zeros(1 << 16, dtype=np.uint64)
        self._count = 0

    def add_all(self, hashes: Hashes) -> bool:
        """Add the hashes; True if any was in the set before or comes twice among them."""
        while (self._count + len(hashes)) * 8 > len(self._slots) * 7:
            larger = np.zeros(len(self._slots) * 2, dtype=np.uint64)
            _insert(larger, self._slots, True)
            self._slots = larger
        repeated = _insert(self._slots, hashes, False)
        self._count += len(hashes)
        return bool(repeated)


@njit(cache=True, nogil=True)
def _insert(slots: Hashes, hashes: Hashes, skip_zero: bool) -> bool:
    """Insert all; True if one was there. Zero marks a free slot, so a hash of zero is stored as one."""
    mask = np.uint64(len(slots) - 1)
    repeated = False
    for value in hashes:
        if value == 0:
            if skip_zero:
                continue
            value = np.uint64(1)
        # polars' hashes are mixed already; another multiplication keeps doubling tables free of runs
        at = ((value * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & mask
        while slots[at] != 0 and slots[at] != value:
            at = (at + np.uint64(1)) & mask
        if slots[at] == value:
            repeated = True
        slots[at] = value
    return repeated
