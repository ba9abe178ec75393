"""Series of which one counts some of another's persons: what is published of the one bounds the other's counts.

Who is employed is of the labour force; the unemployed, above the line of 8.5.2, are of those whom another series
counts. Which persons are all of others is found in the data (tabulate/support.py), whatever the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.protect.release import Ints, Release
from harmonize.protect.secondary import NOBODY
from harmonize.protect.universes import Universe
from harmonize.tabulate.support import ABOVE, BELOW, COUNTED, Seen

Bools = npt.NDArray[np.bool_]


class Persons(NamedTuple):
    """Of a series in a universe, all whom it counts or a part of them (see tabulate/support.py)."""

    u: int
    s: int
    part: int


class Nesting:
    """Which persons of a release are all of others, by their numbers in each cell.

    counts, weights: of each part, (cells, series). pairs: the smaller and the larger.
    """

    def __init__(self, universes: Sequence[Universe], release: Release, seen: Seen, like: Mapping[int, int]) -> None:
        """like: of each series, one of the same counts that stands for it."""
        self._universes = universes
        found = release.found
        above, of_above = release.counts(found.n_numerator), release.counts(found.x).astype(np.float64)
        self.counts = [release.n, above, release.n - above]
        self.weights = [release.weight, of_above, release.weight - of_above]
        amounts = (release.counts(found.y) != release.counts(found.weight)).any(axis=0)
        series = [(u, s) for u, universe in enumerate(universes) for s in universe.series]
        every = [Persons(u, s, COUNTED) for u, s in series]
        parts = [Persons(u, s, part) for u, s in series if not amounts[s] for part in (ABOVE, BELOW)]
        nested = {
            (a if a.part else a._replace(s=like[a.s]), b if b.part else b._replace(s=like[b.s])): None
            for a, b in [*product(every, every), *product(parts, every), *product(every, parts)]
            if like[a.s] != like[b.s] and seen.counts_all_of(b.s, a.s, b.part, a.part)
        }
        self.pairs = [pair for pair in nested if self._holds(*pair)]

    def cells(self, a: Persons, b: Persons) -> Ints:
        """The cells that both have, with somebody of the smaller."""
        both = (self._universes[a.u].state != NOBODY) & (self._universes[b.u].state != NOBODY)
        return np.flatnonzero(both & (self.counts[a.part][:, a.s] > 0))

    def equal(self, size: int) -> Iterator[Ints]:
        """(cells, 2) series x size + cell of two series that are all of each other's."""
        for a, b in self.pairs:
            if a.part == b.part == COUNTED and (b, a) in self.pairs:
                cells = self.cells(a, b)
                yield np.array([a.s * size + cells, b.s * size + cells]).T

    def _holds(self, a: Persons, b: Persons) -> bool:
        """Whether the numbers are those of persons: of events a person may have several."""
        cells = self.cells(a, b)
        return bool(len(cells)) and all(
            (values[a.part][cells, a.s] <= values[b.part][cells, b.s]).all() for values in (self.counts, self.weights)
        )
