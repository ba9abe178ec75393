"""The loops over rows: looking up what a combination makes, and counting."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, nogil=True)
def add_words(index: Any, table: Any, words: Any) -> None:
    """words[m, r, k] |= table[index[r], m, k]; words (masks, rows, k), table (combinations, masks, k) of bits."""
    for r in range(index.shape[0]):
        at = index[r]
        for m in range(table.shape[1]):
            for k in range(table.shape[2]):
                words[m, r, k] |= table[at, m, k]


@njit(cache=True, nogil=True)
def put_cells(index: Any, table: Any, places: Any, cells: Any) -> None:
    """cells[r, places[k]] = table[index[r], k]; cells (rows, tables), table (combinations, k)."""
    for r in range(index.shape[0]):
        at = index[r]
        for k in range(places.shape[0]):
            cells[r, places[k]] = table[at, k]


@njit(cache=True, nogil=True)
def tally(index: Any, part: Any, times: Any, counts: Any) -> None:
    """counts[part[r], index[r]] += times[r]; each once where times has no row, all in part 0 where part has none."""
    for r in range(index.shape[0]):
        counts[part[r] if part.shape[0] else 0, index[r]] += times[r] if times.shape[0] else 1
