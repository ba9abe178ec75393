"""Sums of bundles: the cells, one a table at most, that had the very same persons in some cluster.

Most tables tell a household's persons apart in the same few ways: of all of them born here, the cells by nativity,
generation, duration or region hold the same persons, and so the same sums, squares and products. They are
computed once, and added to one bundle; `fold` adds each bundle to all of its cells, once in many clusters. In census
extracts a household has some forty cells and six bundles, and a few thousand bundles hold nearly all of it.
Sums are whole numbers: no bit depends on what was bundled. All arrays are flat, with the series innermost, so that
the compiler adds several at once, and what indexes them is unsigned, which needs no look at its sign.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from harmonize.tabulate.limbs import EMPTY, HALF, LOW, ONE, ZERO, find
from harmonize.tabulate.sums import BOTH, FIELDS, FIRST_ORDER, OUTSIDE, PAIR_FIELDS, N, Sums, with_room, with_rows

_MIX = np.uint64(0x9E3779B97F4A7C15)


class Bundles(NamedTuple):
    """Bundles by (unit, cells), as many as there is room for.

    places: open addressing, of a bundle the upper half of its hash and its number, or EMPTY: of most that are not meant
    nothing else is looked at. unit: by bundle, the stratum or the open cluster. cells: (bundles * tables) the dense
    cell of each table, or -1. sums: (bundles * fields * width), see harmonize.tabulate.sums. used: (1) how many there
    are.
    """

    places: Any
    unit: Any
    cells: Any
    sums: Any
    used: Any


def no_bundles(room: int, tables: int, fields: int, width: int) -> Bundles:
    """Room for this many bundles of so many series."""
    return Bundles(
        places=np.full(4 * (1 << (room - 1).bit_length()), EMPTY, np.uint64),
        unit=np.zeros(room, np.uint64),
        cells=np.zeros(room * tables, np.int32),
        sums=np.zeros(room * fields * width, np.uint64),
        used=np.zeros(1, np.int64),
    )


@njit(cache=True, inline="always")
def mixed(number: Any) -> Any:
    """A hash of a number; those of several are added, whatever their order."""
    found = (np.uint64(number) + ONE) * _MIX
    return (found ^ (found >> HALF)) * _MIX


@njit(cache=True, inline="always")
def bundle_of(
    places: Any, units: Any, there: Any, sums: Any, used: Any, unit: Any, key: Any, cells: Any, at: int, tables: int
) -> Any:
    """The number of a bundle, of which `cells` has the cells from `at` on; new, without sums, if it is not there.

    The first five are the arrays of Bundles: to take them out of it counts references, which takes longer than all
    else here. key: the sum of the hashes of its cells.
    """
    key ^= mixed(unit)
    mask = np.uint64(places.shape[0] - 1)
    place, half = (key ^ (key >> HALF)) & mask, key & ~LOW
    many, mine = np.uint64(tables), np.uint64(at)
    while places[place] != EMPTY:
        number = places[place] & LOW
        if places[place] & ~LOW == half and units[number] == unit:
            other = np.int32(0)
            for t in range(many):
                other |= there[number * many + t] ^ cells[mine + t]
            if other == 0:
                return number
        place = (place + ONE) & mask
    number = np.uint64(used[0])
    used[0] += 1
    places[place], units[number] = half | number, unit
    for t in range(many):
        there[number * many + t] = cells[mine + t]
    size = np.uint64(sums.shape[0] // units.shape[0])
    for j in range(size):
        sums[number * size + j] = ZERO
    return number


@njit(cache=True, nogil=True)
def number_rows(
    cells: Any, units: Any, first: int, last: int, tables: int, paired: bool, keys: Any, slots: Any, pair_of: Any,
    used: Any,
) -> None:  # fmt: skip
    """Give a row, and a pair row where they are `paired`, to each cell of the bundles `first` to below `last`.

    keys, slots, pair_of: of Sums, with room for all of them. used: (2) rows and pair rows in use.
    """
    for at in range(first * tables, last * tables):
        if cells[at] < 0:
            continue
        key = (units[at // tables] << HALF) | np.uint64(cells[at])
        place = find(keys, key)
        if keys[place] == EMPTY:
            keys[place], slots[place] = key, used[0]
            used[0] += 1
        if paired and pair_of[slots[place]] < 0:
            pair_of[slots[place]] = used[1]
            used[1] += 1


def _folder(fields: int, limbs: int, end: int, tells: int, tells_too: int, paired: bool) -> Any:
    """A compiled `fold` for rows of so many fields, which the compiler then unrolls.

    limbs, end: between these, sums in two limbs; tells, tells_too: fields, one of which is above 0 where there is
    anything to add; paired: whether they are pair rows.
    """

    @njit(cache=True, nogil=True)
    def fold(
        own: Any, cells: Any, units: Any, first: int, last: int, series_of: Any, asked: Any, keys: Any, slots: Any,
        pair_of: Any, rows: Any, held: Any, met: Any,
    ) -> None:  # fmt: skip
        """Add the bundles from number `first` to below `last` to the rows of their cells, which are there.

        own, cells, units: of Bundles. series_of: of each of the width; asked: (tables, series) whether the table has
        the series. keys, slots, pair_of: of Sums; rows: its rows or pair rows, flat. held, met: room for a bundle's
        sums and its series.
        """
        tables, width, series = asked.shape[0], series_of.shape[0], asked.shape[1]
        for number in range(first, last):
            many, at = 0, number * fields * width
            for j in range(width):
                if own[at + tells * width + j] != ZERO or own[at + tells_too * width + j] != ZERO:
                    for f in range(fields):
                        held[many * fields + f] = own[at + f * width + j]
                    met[many] = series_of[j]
                    many += 1
            for t in range(tables):
                cell = cells[number * tables + t]
                if cell < 0:
                    continue
                slot = slots[find(keys, (units[number] << HALF) | np.uint64(cell))]
                if paired:
                    slot = pair_of[slot]
                for i in range(many):
                    s = met[i]
                    if not asked[t, s]:
                        continue
                    row, mine = np.uint64((slot * series + s) * fields), np.uint64(i * fields)
                    for f in range(np.uint64(limbs)):
                        rows[row + f] += held[mine + f]
                    for f in range(np.uint64(limbs), np.uint64(end), np.uint64(2)):
                        low = held[mine + f]
                        total = rows[row + f] + low
                        rows[row + f + ONE] += held[mine + f + ONE] + np.uint64(total < low)
                        rows[row + f] = total
                    for f in range(np.uint64(end), np.uint64(fields)):
                        rows[row + f] += held[mine + f]

    return fold


class Fold(NamedTuple):
    """How bundles of one kind are added to the rows of their cells."""

    add: Any
    fields: int
    paired: bool


CLOSED = Fold(_folder(FIELDS, FIRST_ORDER, FIELDS, N, OUTSIDE, False), FIELDS, False)
OPEN = Fold(_folder(FIRST_ORDER, FIRST_ORDER, FIRST_ORDER, N, OUTSIDE, False), FIRST_ORDER, False)
PAIRS = Fold(_folder(PAIR_FIELDS, 0, BOTH, BOTH, BOTH, True), PAIR_FIELDS, True)


def folded(fold: Fold, bundles: Bundles, first: int, last: int, series_of: Any, asked: Any, sums: Sums) -> Sums:
    """The sums with the bundles from number `first` to below `last` added. series_of, asked: see `fold`."""
    tables, width = len(asked), len(series_of)
    sums = with_room(sums, (last - first) * tables)
    used = np.array([sums.used, sums.paired])
    number_rows(
        bundles.cells, bundles.unit, first, last, tables, fold.paired, sums.keys, sums.slots, sums.pair_of, used
    )
    sums = with_rows(sums, *map(int, used))
    fold.add(
        bundles.sums, bundles.cells, bundles.unit, first, last, series_of, asked, sums.keys, sums.slots, sums.pair_of,
        (sums.pairs if fold.paired else sums.rows).reshape(-1),
        np.zeros(fold.fields * width, np.uint64), np.zeros(width, np.int64),
    )  # fmt: skip
    return sums
