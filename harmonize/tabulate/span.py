"""Which directions the replicate weights of a cell's persons have: for the rank of their matrix.

The degrees of freedom of replicate weights are the rank of the matrix (persons, replicates), less one (R package
survey, degf). Of each cell and series the persons are known by the direction of their weights, as a hash, and the
lowest hashes are kept, twice as many as there are replicates: all directions where there are no more, as with
a jackknife, else a draw of them, whose rank is that of all unless hundreds of directions lie in one plane by design.
Hashes do not depend on the order of rows; kept lists of two parts make that of both.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit
from scipy.linalg import qr

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_FINE = 1 << 20  # units of the largest weight of a person: finer than the tolerance
_TOLERANCE = 1e-5  # as R's degf has it


def kept_of(replicates: int) -> int:
    """How many directions of a cell are kept."""
    return 2 * replicates


def directions(weights: Ints) -> npt.NDArray[np.int32]:
    """Each row over its largest number, in whole units. weights: (rows, replicates)."""
    most = np.abs(weights).max(axis=1, keepdims=True, initial=1).astype(np.float64)
    found: npt.NDArray[np.int32] = np.round(weights / most * _FINE).astype(np.int32)
    return found


@njit(cache=True)
def hashes_of(weights: Any) -> Any:
    """(rows) the hash of the direction of each row, see `directions`; NONE where all weights are 0."""
    found = np.full(weights.shape[0], np.uint64(0xFFFFFFFFFFFFFFFF))
    for i in range(weights.shape[0]):
        most = np.int64(0)
        for r in range(weights.shape[1]):
            most = max(most, abs(weights[i, r]))
        if most == 0:
            continue
        now = np.uint64(0xCBF29CE484222325)
        for r in range(weights.shape[1]):
            unit = np.int64(np.round(weights[i, r] / np.float64(most) * 1048576.0))
            now = (now ^ np.uint64(unit)) * np.uint64(0x9E3779B97F4A7C15)
            now ^= now >> np.uint64(29)
        now = (now ^ (now >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        now = (now ^ (now >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found[i] = min(now ^ (now >> np.uint64(31)), np.uint64(0xFFFFFFFFFFFFFFFE))
    return found


@njit(cache=True)
def put(hash: Any, list: Any, count: int) -> int:
    """Put a hash into an ascending list of the lowest, of which `count` are there. Returns how many there are then."""
    most = list.shape[0]
    if count == most and hash >= list[most - 1]:
        return count
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if list[middle] < hash:
            low = middle + 1
        else:
            high = middle
    if low < count and list[low] == hash:
        return count
    if count < most:
        count += 1
    for at in range(count - 1, low, -1):
        list[at] = list[at - 1]
    list[low] = hash
    return count


@njit(cache=True)
def put_all(slot: Any, lists: Any, counts: Any, into: Any, into_counts: Any) -> None:
    """Put lists of others into those of `slot`. lists: (n, kept), counts: how many each has."""
    for i in range(slot.shape[0]):
        for k in range(counts[i]):
            into_counts[slot[i]] = put(lists[i, k], into[slot[i]], into_counts[slot[i]])


class Directions:
    """The directions that some list has, by their hash."""

    def __init__(self, replicates: int) -> None:
        self.hashes: Hashes = np.zeros(0, np.uint64)  # ascending
        self.rows = np.zeros((0, replicates), np.int32)
        self._settled = 10_000
        self._ranks: dict[bytes, int] = {}

    def put(self, hashes: Hashes, weights: Ints, chosen: npt.NDArray[np.bool_]) -> None:
        """Take in the directions of the `chosen` rows. weights: (rows, replicates)."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.unique(hashes[rows], return_index=True)[1]]
        rows = rows[~np.isin(hashes[rows], self.hashes)]
        if len(rows):
            self.join(hashes[rows], directions(weights[rows]))

    def join(self, hashes: Hashes, rows: npt.NDArray[np.int32]) -> None:
        """Take in directions. rows: (n, replicates)."""
        found, first = np.unique(np.concatenate([self.hashes, hashes]), return_index=True)
        self.hashes, self.rows = found, np.concatenate([self.rows, rows])[first]

    def settle(self, lists: Hashes) -> None:
        """Forget, now and then, those that no list has any more."""
        if len(self.hashes) > 2 * self._settled:
            self.keep(lists)
            self._settled = max(len(self.hashes), 10_000)

    def keep(self, lists: Hashes) -> None:
        """Forget those that no list has."""
        there = np.isin(self.hashes, np.unique(lists))
        self.hashes, self.rows = self.hashes[there], self.rows[there]

    def rank(self, hashes: Hashes) -> int:
        """The rank of the matrix of these directions. hashes: ascending."""
        key = hashes.tobytes()
        if key not in self._ranks:
            self._ranks[key] = self._rank(hashes)
        return self._ranks[key]

    def _rank(self, hashes: Hashes) -> int:
        if not len(hashes):
            return 0
        rows = self.rows[np.searchsorted(self.hashes, hashes)].astype(np.float64)
        (triangle,) = qr(rows, mode="r", pivoting=True)[:1]
        steps = np.abs(np.diagonal(triangle))
        return int((steps > _TOLERANCE * steps[0]).sum())
