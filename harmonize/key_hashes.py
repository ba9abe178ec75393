"""Hashes of household keys that are the same on every machine and with every version of polars.

Two keys share a hash once in about 10^4 extracts of 50 million households: they are then taken for one
household and the parts are refused without need. Numbers are never wrong by it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

Hashes = npt.NDArray[np.uint64]


def key_hashes(keys: pl.Series) -> Hashes:
    """The hash of each text; none may be null."""
    letters = np.frombuffer("".join(keys).encode(), np.uint8)
    ends = np.cumsum(keys.str.len_bytes().to_numpy().astype(np.int64))
    hashes = np.empty(len(ends), np.uint64)
    _hashed(letters, ends, hashes)
    return hashes


@njit(cache=True, inline="always")
def mixed(now: Any) -> Any:
    """The last steps of splitmix64: every bit of a number changes half of those of its hash."""
    now = (now ^ (now >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    now = (now ^ (now >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return now ^ (now >> np.uint64(31))


@njit(cache=True, nogil=True)
def _hashed(letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64], found: Hashes) -> None:
    """FNV-1a over the bytes of each text, mixed after each byte and once more at its end."""
    start = 0
    for i in range(len(ends)):
        now = np.uint64(0xCBF29CE484222325)
        for at in range(start, ends[i]):
            now = (now ^ np.uint64(letters[at])) * np.uint64(0x100000001B3)
            now ^= now >> np.uint64(32)
        found[i] = mixed(now)
        start = ends[i]
