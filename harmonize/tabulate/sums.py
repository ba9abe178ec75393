"""Rows of exact sums by key, growing: what the kernel adds to.

All arrays are uint64: numba turns a mix of signed and unsigned into floats.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.tabulate.limbs import EMPTY, put_keys

# Fields of a state row (one stratum, cell and series); sums of squares take two limbs each.
# WEIGHT is that of the counted persons; Y is the same where each is one below the line. OUTSIDE is the weight
# of the base beyond the universe: base = WEIGHT + OUTSIDE.
N, HOUSEHOLDS, NUMERATOR, CLUSTERS, X, Y, WEIGHT, LEFT_OUT, OUTSIDE = range(9)
FIRST_ORDER = 9
XX, XY, YY = range(9, 15, 2)
FIELDS = 15

# Fields of a pair row, for a cell whose clusters are compared with another's: cross sums, and how many
# clusters have both. Few cells have one, so they are kept apart.
X_X, X_Y, Y_X, Y_Y = range(0, 8, 2)
BOTH = 8
PAIR_FIELDS = 9


class Sums(NamedTuple):
    """Rows of sums by key, growing: an open-addressing table of keys to rows, and the pair rows of some.

    keys, slots: the table; rows: (capacity, series, fields), `used` of them in use. pair_of[slot] is the
    row of `pairs` with the cross sums of that row, or -1; `paired` of them are in use.
    """

    keys: Any
    slots: Any
    rows: Any
    used: int
    pair_of: Any
    pairs: Any
    paired: int


def no_sums(series: int, fields: int) -> Sums:
    """Sums without a row."""
    return Sums(
        keys=np.full(1 << 12, EMPTY, np.uint64),
        slots=np.zeros(1 << 12, np.int64),
        rows=np.zeros((1 << 10, series, fields), np.uint64),
        used=0,
        pair_of=np.full(1 << 10, -1, np.int64),
        pairs=np.zeros((1 << 6, series, PAIR_FIELDS), np.uint64),
        paired=0,
    )


def emptied(sums: Sums) -> Sums:
    """The same arrays without a row, ready to be filled again."""
    sums.keys.fill(EMPTY)
    sums.rows[: sums.used].fill(0)
    sums.pair_of.fill(-1)
    sums.pairs[: sums.paired].fill(0)
    return sums._replace(used=0, paired=0)


def keys_in_order(sums: Sums) -> npt.NDArray[np.uint64]:
    """The key of each row in use."""
    keys = np.empty(sums.used, np.uint64)
    there = sums.keys != EMPTY
    keys[sums.slots[there]] = sums.keys[there]
    return keys


def bytes_in_use(sums: Sums) -> int:
    """Bytes of the rows and pair rows in use; the arrays have room for up to twice as many."""
    return int(sums.used * sums.rows[0].nbytes + sums.paired * sums.pairs[0].nbytes)


def with_room(sums: Sums, more: int) -> Sums:
    """The same sums, whose table has room for the keys of so many further rows: see `number_rows`."""
    keys, slots, size = sums.keys, sums.slots, _doubled(len(sums.keys), 2 * (sums.used + more))
    if size > len(keys):
        keys, slots = np.full(size, EMPTY, np.uint64), np.zeros(size, np.int64)
        put_keys(sums.keys, sums.slots, keys, slots)
    pair_of = sums.pair_of
    if sums.used + more > len(pair_of):
        pair_of = np.full(_doubled(len(pair_of), sums.used + more), -1, np.int64)
        pair_of[: sums.used] = sums.pair_of[: sums.used]
    return sums._replace(keys=keys, slots=slots, pair_of=pair_of)


def with_rows(sums: Sums, used: int, paired: int) -> Sums:
    """The same sums with so many rows and pair rows, the new ones of zeros."""
    rows, pairs = _longer(sums.rows, sums.used, used), _longer(sums.pairs, sums.paired, paired)
    return sums._replace(rows=rows, used=used, pairs=pairs, paired=paired)


def _longer(rows: npt.NDArray[np.uint64], before: int, now: int) -> npt.NDArray[np.uint64]:
    """The first `before` rows, with room for `now`."""
    if now <= len(rows):
        return rows
    wide = np.zeros((_doubled(len(rows), now), *rows.shape[1:]), np.uint64)
    wide[:before] = rows[:before]
    return wide


def _doubled(size: int, least: int) -> int:
    """The size, doubled until it is the least that is needed."""
    while size < least:
        size *= 2
    return size
