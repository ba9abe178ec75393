"""Where the compiled loop works on one unit, and which series its vectors have."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.tabulate.kinds import Kinds
from harmonize.tabulate.sums import FIRST_ORDER

Ints = npt.NDArray[np.int64]
_GUESSES = 64  # places of Desk.recent, a power of two
_LANES = 4  # numbers that a processor adds at once, or a multiple of those


class Desk(NamedTuple):
    """The cells, groups and vectors of one unit. A *group* is the cells of one bundle: see harmonize.tabulate.bundles.

    here: by row, whether it counts in any series. By dense cell: mark, the last unit that met it; members, its
    persons in that unit, a bit a row; group, its group there. touched, table: the cells met, in the order of tables,
    and the table of each.
    By group: who, its members; kind, that of its tables (kind_of, by table); like, the first group of the same
    members; cells (groups * tables), the cell of each table or -1; key, the sum of the hashes of its cells; bundle, its
    number; vector, the place of its sums in `vectors`, whose first ones are of the rows, and whose last one is spare.
    recent: by a hash of members and kind, the group that was found last, which is looked at first.
    pairs, pair_cells, pair_key: of each two groups that are compared, these, and the same of the first cells.
    """

    here: Any
    mark: Any
    members: Any
    group: Any
    touched: Any
    table: Any
    kind_of: Any
    who: Any
    kind: Any
    like: Any
    cells: Any
    key: Any
    bundle: Any
    recent: Any
    vector: Any
    vectors: Any
    pairs: Any
    pair_cells: Any
    pair_key: Any


def desk_for(cells: int, kind_of: Ints, rows: int, groups: int, width: int) -> Desk:
    """A desk for so many dense cells, tables (by their kinds), rows and groups of the largest unit, and series."""
    tables = len(kind_of)
    return Desk(
        here=np.zeros(rows, np.bool_),
        mark=np.zeros(cells, np.int64),
        members=np.zeros(cells, np.uint64),
        group=np.zeros(cells, np.int64),
        touched=np.zeros(groups, np.int64),
        table=np.zeros(groups, np.int64),
        kind_of=kind_of,
        who=np.zeros(groups, np.uint64),
        kind=np.zeros(groups, np.int64),
        like=np.zeros(groups, np.int64),
        cells=np.zeros(groups * tables, np.int32),
        key=np.zeros(groups, np.uint64),
        bundle=np.zeros(groups, np.uint64),
        recent=np.zeros(_GUESSES, np.int64),
        vector=np.zeros(groups, np.int64),
        vectors=np.zeros((rows + groups + 1) * FIRST_ORDER * width, np.uint64),
        pairs=np.zeros((groups, 2), np.int64),
        pair_cells=np.zeros(groups * tables, np.int32),
        pair_key=np.zeros(groups, np.uint64),
    )


class Width(NamedTuple):
    """The series that somebody was met in so far: those that vectors have, padded to whole lanes.

    number: of each among all series. bit: its place in its word of the masks; ends: (words) one after the last of
    each word. other: the place here of the series of the second cell in cross sums, or -1; empty where each is
    compared with itself. means: the places of those that are means.
    """

    number: Any
    bit: Any
    ends: Any
    other: Any
    means: Any


def width_of(met: Ints, kinds: Kinds) -> Width:
    """The layout of vectors that have these series."""
    series = len(kinds.other)
    pads = -len(met) % _LANES
    number = np.append(met, np.zeros(pads, np.int64))
    place = np.full(series, -1, np.int64)
    place[met] = np.arange(len(met))
    moved = bool((kinds.other != np.arange(series)).any())
    return Width(
        number,
        (number % 64).astype(np.uint64),
        np.array([np.searchsorted(met, 64 * (word + 1)) for word in range(max(1, -(-series // 64)))], np.uint64),
        np.append(place[kinds.other[met]], np.full(pads, -1)) if moved else np.zeros(0, np.int64),
        np.flatnonzero(kinds.above[met] >= 0),
    )
