"""SipHash-2-4 of many texts at once: a keyed hash that nobody foresees who doesn't have the key.

Source: Aumasson & Bernstein (2012), SipHash: a fast short-input PRF.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Hashes = npt.NDArray[np.uint64]
KEY_BYTES = 16


def siphashes(key: bytes, letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> Hashes:
    """The hash of each text. key: 16 bytes. letters: the bytes of all texts; ends: where in them each one ends."""
    first, second = np.frombuffer(key, "<u8", 2).astype(np.uint64)
    found = np.empty(len(ends), np.uint64)
    _hashed(first, second, letters, ends, found)
    return found


@njit(cache=True, inline="always")
def _turned(x: Any, by: int) -> Any:
    return (x << np.uint64(by)) | (x >> np.uint64(64 - by))


@njit(cache=True, nogil=True)
def _round(a: Any, b: Any, c: Any, d: Any) -> Any:
    a += b
    b = _turned(b, 13) ^ a
    a = _turned(a, 32)
    c += d
    d = _turned(d, 16) ^ c
    a += d
    d = _turned(d, 21) ^ a
    c += b
    b = _turned(b, 17) ^ c
    c = _turned(c, 32)
    return a, b, c, d


@njit(cache=True, nogil=True)
def _mixed(a: Any, b: Any, c: Any, d: Any, word: Any) -> Any:
    a, b, c, d = _round(a, b, c, d ^ word)
    a, b, c, d = _round(a, b, c, d)
    return a ^ word, b, c, d


@njit(cache=True, nogil=True)
def _hashed(first: Any, second: Any, letters: Any, ends: Any, found: Any) -> None:
    start = 0
    for i in range(len(ends)):
        length = ends[i] - start
        a = first ^ np.uint64(0x736F6D6570736575)
        b = second ^ np.uint64(0x646F72616E646F6D)
        c = first ^ np.uint64(0x6C7967656E657261)
        d = second ^ np.uint64(0x7465646279746573)
        word = np.uint64(0)
        for j in range(length):
            word |= np.uint64(letters[start + j]) << np.uint64(8 * (j % 8))
            if j % 8 == 7:
                a, b, c, d = _mixed(a, b, c, d, word)
                word = np.uint64(0)
        word |= np.uint64(length % 256) << np.uint64(56)
        a, b, c, d = _mixed(a, b, c, d, word)
        c ^= np.uint64(0xFF)
        for _ in range(4):
            a, b, c, d = _round(a, b, c, d)
        found[i] = a ^ b ^ c ^ d
        start = ends[i]
