"""What stands between the batches of a run and its rows of sums: the desk of the compiled loop, and bundles.

A store may have several bundlers, each in a thread of its own: only the fold is for one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

from harmonize.tabulate import kernel
from harmonize.tabulate.bundles import CLOSED, OPEN, PAIRS, folded, no_bundles
from harmonize.tabulate.desk import desk_for, width_of
from harmonize.tabulate.kinds import Kinds
from harmonize.tabulate.limbs import EMPTY
from harmonize.tabulate.store import Store
from harmonize.tabulate.sums import FIELDS, PAIR_FIELDS
from harmonize.tabulate.table import Table

Ints = npt.NDArray[np.int64]
Sixty4 = npt.NDArray[np.uint64]
_ROOM = 1 << 12  # bundles: more are seldom met again before the fold, and no longer fit the processor's caches
_SHARED = frozenset({  # dimensions that most persons of a household have in common
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "return_migrant", "urban_rural",
})  # fmt: skip
_STEP = 512  # bundles folded before the limit of the store is looked at again


class Bundler:
    """Adds batches to a store by way of bundles. What it holds is in the store after `fold`."""

    def __init__(
        self, store: Store, tables: Sequence[Table], kinds: Kinds, parts: Callable[[], Ints], one_at_a_time: Lock
    ) -> None:
        """store: of finished clusters, or of open ones; parts: see Store.settle. one_at_a_time: of all its bundlers."""
        self.store, self.kinds, self._parts, self._one_at_a_time = store, kinds, parts, one_at_a_time
        self._closed = store.fields == FIELDS
        self._kind_of = kinds_of_tables(tables)
        self._met = np.zeros(0, np.int64)
        self._unit = 0
        self._cells = self._rows = self._groups = 0
        self._make_room(_ROOM)

    def add(
        self, starts: Ints, keys: Sixty4, codes: npt.NDArray[np.int32], dense: npt.NDArray[np.int32],
        partner: npt.NDArray[np.int32], weight: Sixty4, persons: Sixty4, masks: Sequence[Sixty4], amounts: Sixty4,
    ) -> None:  # fmt: skip
        """Add a batch: see kernel.tabulate."""
        rows = int(np.diff(starts).max(initial=0))
        self._widen(_bits(masks[0]))
        self._fit(len(partner), rows, min(codes.shape[1] * rows, len(partner)))  # no unit has more cells
        at = 0
        while True:
            at, self._unit = kernel.tabulate(
                at, starts, keys, self._closed, codes, dense, partner, weight, persons, tuple(masks), amounts,
                self.kinds, self._wide, self._desk, self._unit, self._bundles, self._pairs,
            )  # fmt: skip
            if at == len(keys):
                return
            self.fold()

    def close(
        self, cluster: Ints, cell: Ints, stratum: Sixty4, rows: Sixty4, table_of: Ints,
        partner: npt.NDArray[np.int32],
    ) -> None:  # fmt: skip
        """Square open clusters: see kernel.close."""
        order = np.argsort(cluster, kind="stable")
        most = int(np.unique(cluster, return_counts=True)[1].max(initial=0))
        self._widen(np.arange(rows.shape[1]))
        self._fit(len(partner), 0, most)
        at = 0
        while True:
            at, self._unit = kernel.close(
                at, order, cluster, cell, stratum, rows, table_of, partner, self._wide, self._desk, self._unit,
                self._bundles, self._pairs,
            )  # fmt: skip
            if at == len(order):
                return
            self.fold()

    def fold(self) -> None:
        """Add the bundles to the rows of their cells."""
        with self._one_at_a_time:
            self._fold()

    def _fold(self) -> None:
        for bundles, fold in ((self._bundles, CLOSED if self._closed else OPEN), (self._pairs, PAIRS)):
            used = int(bundles.used[0])
            for first in range(0, used, _STEP):
                last = min(first + _STEP, used)
                store = self.store
                store.sums = folded(fold, bundles, first, last, self._wide.number, self.kinds.asked, store.sums)
                store.settle(self._parts)
            bundles.places.fill(EMPTY)
            bundles.used[0] = 0

    def _widen(self, met: Ints) -> None:
        """Make room for series that nobody was met in yet."""
        every = np.union1d(self._met, met)
        if len(every) > len(self._met) or not len(self._met):
            self.fold()
            self._met = every
            self._make_room(self._room)

    def _fit(self, cells: int, rows: int, groups: int) -> None:
        """Make the desk as large as the batch asks."""
        if cells > self._cells or rows > self._rows or groups > self._groups:
            self._cells, self._rows = max(cells, self._cells), max(rows, self._rows)
            self._groups = max(groups, self._groups)
            self.fold()
            self._make_room(max(self._room, self._groups))

    def _make_room(self, room: int) -> None:
        self._room = room
        self._wide = width_of(self._met, self.kinds)
        tables, width = len(self._kind_of), len(self._wide.number)
        self._desk = desk_for(self._cells, self._kind_of, self._rows, self._groups, width)
        self._bundles = no_bundles(room, tables, self.store.fields, width)
        self._pairs = no_bundles(room if self._closed else 1, tables, PAIR_FIELDS, width)


def _bits(base: Sixty4) -> Ints:
    """The numbers of the series that somebody of a batch is in the base of. base: (rows, words)."""
    words = np.bitwise_or.reduce(base, axis=0)
    return np.flatnonzero(np.unpackbits(words.view(np.uint8), bitorder="little"))


def kinds_of_tables(tables: Sequence[Table]) -> Ints:
    """The kind of each table: tables of different kinds are never in one bundle.

    A person's age, sex and region of birth together are nearly hers alone, and so a bundle of tables that have one
    each would be. Each variable that differs within households is a kind, of the tables that have it and none larger.
    """
    number: dict[str, int] = {}
    kinds = []
    for table in tables:
        own = [d for d in zip(table.dimensions, table.categories, strict=True) if d[0] not in _SHARED]
        name = max(own, key=lambda d: (len(d[1]), d[0]))[0] if own else ""
        kinds.append(number.setdefault(name, len(number)))
    return np.array(kinds, np.int64)
