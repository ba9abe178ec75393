"""The compiled loops of replicate sums: persons to patterns, patterns to the sums of cells and series."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from harmonize.tabulate.limbs import ONE, ZERO
from harmonize.tabulate.span import put


class Patterns(NamedTuple):
    """Persons who share the sample, all cell codes and all bits, added up.

    places: hash table of the patterns' numbers, -1 for none; sample: (patterns), codes: (patterns, tables), universe,
    numerator: (patterns, words); first: (patterns) its first vector; vectors: (vectors, replicates) sums of the
    weights, then of the weighted amounts of each mean that the persons are in; used: patterns, vectors.
    """

    places: Any
    sample: Any
    codes: Any
    universe: Any
    numerator: Any
    first: Any
    vectors: Any
    used: Any


def no_patterns(patterns: int, tables: int, words: int, most: int, replicates: int) -> Patterns:
    """Room for so many, and for half as many vectors again. most: vectors that one person may need."""
    size = 1 << (2 * patterns - 1).bit_length()
    return Patterns(
        np.full(size, -1, np.int64), np.zeros(patterns, np.int64), np.zeros((patterns, tables), np.int32),
        np.zeros((patterns, words), np.uint64), np.zeros((patterns, words), np.uint64), np.zeros(patterns, np.int64),
        np.zeros((patterns + patterns // 2 + most, replicates), np.int64), np.zeros(2, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _place(patterns: Any, sample: Any, codes: Any, universe: Any, numerator: Any) -> Any:
    """Where a person's pattern is in the hash table, or where it would be."""
    now = np.uint64(sample)
    for t in range(codes.shape[0]):
        now = (now ^ np.uint64(codes[t])) * np.uint64(0x9E3779B97F4A7C15)
        now ^= now >> np.uint64(32)
    for word in range(universe.shape[0]):
        now = (now ^ universe[word]) * np.uint64(0xBF58476D1CE4E5B9)
        now ^= now >> np.uint64(32)
        now = (now ^ numerator[word]) * np.uint64(0x94D049BB133111EB)
        now ^= now >> np.uint64(32)
    mask = patterns.places.shape[0] - 1
    at = np.int64(now >> np.uint64(1)) & mask
    while True:
        p = patterns.places[at]
        if p < 0:
            return at
        same = patterns.sample[p] == sample
        for t in range(codes.shape[0]):
            same = same and patterns.codes[p, t] == codes[t]
        for word in range(universe.shape[0]):
            same = same and patterns.universe[p, word] == universe[word]
            same = same and patterns.numerator[p, word] == numerator[word]
        if same:
            return at
        at = (at + 1) & mask


@njit(cache=True, nogil=True)
def gather(
    start: int, sample: Any, codes: Any, universe: Any, numerator: Any, amounts: Any, weights: Any, above: Any,
    below: Any, most: int, patterns: Patterns,
) -> Any:  # fmt: skip
    """Add persons from row `start` to their patterns, until there is no room. Returns the row that is next.

    sample: (rows) number; weights: (rows, replicates); amounts, above, below: see Kinds; most: vectors that one person
    may need.
    """
    vectors, used = patterns.vectors, patterns.used
    for i in range(start, codes.shape[0]):
        anything = False
        for word in range(universe.shape[1]):
            anything = anything or universe[i, word] != ZERO
        if not anything:
            continue
        place = _place(patterns, sample[i], codes[i], universe[i], numerator[i])
        p = patterns.places[place]
        fresh = p < 0
        if fresh:
            if used[0] == patterns.sample.shape[0] or used[1] + most > vectors.shape[0]:
                return i
            p = used[0]
            used[0] += 1
            patterns.places[place] = p
            patterns.sample[p] = sample[i]
            patterns.codes[p] = codes[i]
            patterns.universe[p] = universe[i]
            patterns.numerator[p] = numerator[i]
            patterns.first[p] = used[1]
        at = patterns.first[p]
        _add(vectors[at], weights[i], np.int64(1), fresh)
        at += 1
        for word in range(universe.shape[1]):
            bits = universe[i, word]
            s = 64 * word
            while bits != ZERO:
                if bits & ONE and above[s] >= 0:
                    _add(vectors[at], weights[i], np.int64(amounts[i, above[s]]), fresh)
                    at += 1
                    if below[s] >= 0:
                        _add(vectors[at], weights[i], np.int64(amounts[i, below[s]]), fresh)
                        at += 1
                bits = bits >> ONE
                s += 1
        if fresh:
            used[1] = at
    return codes.shape[0]


@njit(cache=True, nogil=True)
def _add(vector: Any, weights: Any, times: Any, fresh: Any) -> None:
    if fresh:
        for r in range(vector.shape[0]):
            vector[r] = times * weights[r]
    else:
        for r in range(vector.shape[0]):
            vector[r] += times * weights[r]


@njit(cache=True, nogil=True)
def flush(patterns: Patterns, row_of: Any, slot_of: Any, asked: Any, above: Any, below: Any, x: Any, y: Any) -> None:
    """Add all patterns to the sums of their cells and series, and forget them.

    row_of: (samples, codes), slot_of: (rows, series), all of them numbered; x, y: (slots, replicates).
    """
    vectors = patterns.vectors
    for p in range(patterns.used[0]):
        for t in range(patterns.codes.shape[1]):
            row = row_of[patterns.sample[p], patterns.codes[p, t]]
            at = patterns.first[p] + 1
            for word in range(patterns.universe.shape[1]):
                bits, over = patterns.universe[p, word], patterns.numerator[p, word]
                s = 64 * word
                while bits != ZERO:
                    if bits & ONE:
                        mean, per = above[s] >= 0, below[s] >= 0
                        if asked[t, s]:
                            slot = slot_of[row, s]
                            if mean:
                                _add(x[slot], vectors[at], np.int64(1), False)
                            elif over & ONE:
                                _add(x[slot], vectors[patterns.first[p]], np.int64(1), False)
                            if mean and per:
                                _add(y[slot], vectors[at + 1], np.int64(1), False)
                            else:
                                _add(y[slot], vectors[patterns.first[p]], np.int64(1), False)
                        at += (1 if mean else 0) + (1 if mean and per else 0)
                    bits, over = bits >> ONE, over >> ONE
                    s += 1
    patterns.places[:] = -1
    patterns.used[:] = 0


@njit(cache=True, nogil=True)
def number(
    start: int, sample: Any, codes: Any, universe: Any, hashes: Any, asked: Any, row_of: Any, slot_of: Any,
    lists: Any, counts: Any, used: Any, entered: Any,
) -> Any:  # fmt: skip
    """Number the cells and series of persons from row `start`, and keep the directions of their weights.

    Until there is no room: returns the row that is next. hashes: of the directions, see span; lists: (slots, kept) the
    lowest of each slot, counts: how many; used: rows of slot_of, and slots. entered: (rows) whether a list took it.
    """
    for i in range(start, codes.shape[0]):
        anything = False
        for word in range(universe.shape[1]):
            anything = anything or universe[i, word] != ZERO
        if not anything:
            continue
        for t in range(codes.shape[1]):
            row = row_of[sample[i], codes[i, t]]
            if row < 0:
                if used[0] == slot_of.shape[0]:
                    return i
                row = used[0]
                used[0] += 1
                row_of[sample[i], codes[i, t]] = row
            for word in range(universe.shape[1]):
                bits = universe[i, word]
                s = 64 * word
                while bits != ZERO:
                    if bits & ONE and asked[t, s]:
                        slot = slot_of[row, s]
                        if slot < 0:
                            if used[1] == counts.shape[0]:
                                return i
                            slot = used[1]
                            used[1] += 1
                            slot_of[row, s] = slot
                        count, last = counts[slot], lists.shape[1] - 1
                        some = hashes[i] != np.uint64(0xFFFFFFFFFFFFFFFF)
                        if some and (count <= last or hashes[i] < lists[slot, last]):
                            counts[slot] = put(hashes[i], lists[slot], count)
                            entered[i] = True
                    bits = bits >> ONE
                    s += 1
    return codes.shape[0]
