"""The loops over rows: looking up what a combination makes, and counting.

Places are made unsigned (`u`): of others it is looked whether they count from the end, a quarter of the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

u = np.uint32


@njit(cache=True, nogil=True)
def add_words(index: Any, table: Any, words: Any) -> None:
    """words[r, k] |= table[index[r], k]; words (rows, k), table (combinations, k) of bits."""
    for r in range(index.shape[0]):
        at = u(index[r])
        for k in range(table.shape[1]):
            words[r, k] |= table[at, k]


@njit(cache=True, nogil=True)
def put_cells(index: Any, table: Any, places: Any, cells: Any) -> None:
    """cells[r, places[k]] = table[index[r], k]; cells (rows, tables), table (combinations, k)."""
    for r in range(index.shape[0]):
        at = u(index[r])
        for k in range(places.shape[0]):
            cells[r, u(places[k])] = table[at, k]


@njit(cache=True, nogil=True)
def tally(index: Any, part: Any, times: Any, counts: Any) -> None:
    """counts[w, part[r], index[r]] += times[r]; each once where times has no row, all in part 0 where part has none.

    w goes round its length, a power of two: a sum waits for the one before, and rows of one code follow each other.
    """
    ways = u(counts.shape[0] - 1)
    if part.shape[0]:
        for r in range(index.shape[0]):
            counts[u(r) & ways, u(part[r]), u(index[r])] += times[r] if times.shape[0] else 1
    else:
        for r in range(index.shape[0]):
            counts[u(r) & ways, 0, u(index[r])] += times[r] if times.shape[0] else 1


@njit(cache=True, nogil=True)
def tally_both(index: Any, part: Any, persons: Any, weight: Any, counts: Any) -> None:
    """counts[w, part[r], index[r]] += persons[r], weight[r]; (ways, parts, codes, 2). For w see tally."""
    ways = u(counts.shape[0] - 1)
    for r in range(index.shape[0]):
        way, p, i = u(r) & ways, u(part[r]), u(index[r])
        counts[way, p, i, 0] += persons[r]
        counts[way, p, i, 1] += weight[r]


@njit(cache=True, nogil=True)
def add_counts(counts: Any, table: Any, at: Any, sums: Any) -> None:
    """sums[at[p], table[i]] += counts[p, i]; (parts, codes, 2). Codes that one of the two has not are no row's."""
    for p in range(counts.shape[0]):
        for i in range(min(counts.shape[1], table.shape[0])):
            for k in range(counts.shape[2]):
                sums[at[p], table[i], k] += counts[p, i, k]


@njit(cache=True, nogil=True)
def known_codes(numbers: Any, low: int, code: Any, codes: Any) -> bool:
    """codes[r] = code[numbers[r] - low], -1 beyond them; whether none is -1, which has no code yet."""
    least = np.int32(0)
    for r in range(numbers.shape[0]):
        at = np.uint64(numbers[r] - low)  # what is below is far above
        found = code[at] if at < np.uint64(code.shape[0]) else np.int32(-1)
        codes[r] = found
        least = min(least, found)
    return bool(least >= 0)


@njit(cache=True, nogil=True)
def look_up(index: Any, table: Any, found: Any) -> None:
    """found[r] = table[index[r]]: numpy's own takes five times as long with an index of 32 bits."""
    for r in range(index.shape[0]):
        found[r] = table[u(index[r])]


@njit(cache=True, nogil=True)
def pack(before: Any, codes: Any, bits: int, packed: Any) -> None:
    """packed[r] = before[r] << bits | codes[r]."""
    for r in range(packed.shape[0]):
        packed[r] = (before[r] << bits) | codes[r]


@njit(cache=True, nogil=True)
def known_places(before: Any, codes: Any, bits: int, place: Any, places: Any) -> bool:
    """places[r] = place[before[r] << bits | codes[r]]; whether none is -1, which has no place yet."""
    least = np.int32(0)
    for r in range(places.shape[0]):
        found = place[u((u(before[r]) << u(bits)) | u(codes[r]))]
        places[r] = found
        least = min(least, found)
    return bool(least >= 0)


@njit(cache=True, nogil=True)
def give_places(before: Any, codes: Any, bits: int, place: Any, rows: Any, first: int, step: int) -> None:
    """place[before[r] << bits | codes[r]] = first, first + step, ... for the rows r of `rows`."""
    for i in range(rows.shape[0]):
        place[u((u(before[rows[i]]) << u(bits)) | u(codes[rows[i]]))] = first + step * i


@njit(cache=True, nogil=True)
def number_new(before: Any, codes: Any, bits: int, place: Any, places: Any, count: int, rows: Any) -> int:
    """places[r] = a number from `count` on, as they are met, where what the row has has no place yet.

    rows: is given the first row of each. `place` has -2 and less of them until `give_places`: who looks meanwhile finds
    that they have none. Returns how many there are; -1, and `place` as it was, where `rows` has no room for them.
    """
    new = 0
    for r in range(places.shape[0]):
        if places[r] >= 0:
            continue
        at = u((u(before[r]) << u(bits)) | u(codes[r]))
        if place[at] == -1:
            if new == rows.shape[0]:
                give_places(before, codes, bits, place, rows, -1, 0)
                return -1
            place[at] = -2 - new
            rows[new] = r
            new += 1
        places[r] = place[at] if place[at] >= 0 else count - 2 - place[at]
    return new
