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

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_FINE = 1048576.0  # units of the largest weight of a person: finer than the tolerance
_TOLERANCE = 1e-5  # as R's degf has it
_MORE = 16  # rows than replicates


def kept_of(replicates: int) -> int:
    """How many directions of a cell are kept."""
    return 2 * replicates


@njit(cache=True, nogil=True)
def _units(weights: Any, most: Any, into: Any) -> None:
    """A person's weights over the largest of them, in whole units."""
    unit = _FINE / np.float64(most)
    for r in range(weights.shape[0]):
        into[r] = np.int64(np.floor(weights[r] * unit + 0.5))


@njit(cache=True, nogil=True)
def directions(weights: Any) -> Any:
    """Each row over its largest number, in whole units. weights: (rows, replicates), no row of which is all 0."""
    found = np.zeros(weights.shape, np.int32)
    for i in range(weights.shape[0]):
        _units(weights[i], np.abs(weights[i]).max(), found[i])
    return found


@njit(cache=True, nogil=True)
def hashes_of(weights: Any) -> Any:
    """(rows) the hash of the direction of each row, NONE where all weights are 0; (rows) the largest weight."""
    found, largest = np.full(weights.shape[0], NONE), np.zeros(weights.shape[0], np.int64)
    units = np.zeros(weights.shape[1], np.int32)
    for i in range(weights.shape[0]):
        most = np.int64(0)
        for r in range(weights.shape[1]):
            most = max(most, abs(weights[i, r]))
        largest[i] = most
        if most == 0:
            continue
        _units(weights[i], most, units)
        now = np.uint64(0xCBF29CE484222325)
        for r in range(weights.shape[1]):
            now = (now ^ np.uint64(units[r])) * np.uint64(0x9E3779B97F4A7C15)
            now ^= now >> np.uint64(29)
        now = (now ^ (now >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        now = (now ^ (now >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found[i] = min(now ^ (now >> np.uint64(31)), NONE - np.uint64(1))
    return found, largest


@njit(cache=True, nogil=True)
def _rank(rows: Any) -> Any:
    """The rank of a matrix: Cholesky's decomposition of its products, the largest pivot first. rows: (n, replicates).

    The numbers are whole and the products below 2^53, so that they are exact.
    """
    size = rows.shape[1]
    products = np.zeros((size, size))
    for i in range(rows.shape[0]):
        for a in range(size):
            value = rows[i, a]
            for b in range(size):
                products[a, b] += value * rows[i, b]
    first = 0.0
    for rank in range(size):
        at = rank
        for a in range(rank, size):
            if products[a, a] > products[at, at]:
                at = a
        pivot = products[at, at]
        first = pivot if rank == 0 else first
        if pivot <= _TOLERANCE**2 * first:
            return rank
        for a in range(size):
            products[rank, a], products[at, a] = products[at, a], products[rank, a]
        for a in range(size):
            products[a, rank], products[a, at] = products[a, at], products[a, rank]
        for a in range(rank + 1, size):
            part = products[a, rank] / pivot
            for b in range(rank + 1, size):
                products[a, b] -= part * products[rank, b]
    return size


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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
            rows = self.rows[np.searchsorted(self.hashes, hashes)].astype(np.float64)
            few = rows.shape[1] + _MORE
            found = _rank(rows[:few])  # mostly they have full rank, and the others need not be looked at
            self._ranks[key] = found if found == rows.shape[1] or len(rows) <= few else _rank(rows)
        return self._ranks[key]
