"""What shown means leave of a shown total: one person may not have most of it.

Means and weighted counts tell sums of amounts, and sums add up. Of each relation that has all its suppressed cells on
one side a reader so knows what they earn together, as if they were one cell: it is judged as a cell is. Several
relations together may tell of further groups; they are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from harmonize.protect.protection import DOMINANCE
from harmonize.protect.release import Floats, Release
from harmonize.protect.secondary import FOR_OTHERS, NOBODY, SHOWN
from harmonize.protect.universes import Universe

Bools = npt.NDArray[np.bool_]


class Amounts:
    """Of each series of amounts: (cells) their weighted sum, and the largest contribution of a person to it."""

    def __init__(self, release: Release, largest: Mapping[int, npt.NDArray[np.uint64]]) -> None:
        """largest: see Largest.of."""
        sums = release.counts(release.found.x).astype(np.float64) if largest else np.zeros((0, 0))
        self._of = {s: (sums[:, s], release.largest(most.astype(np.float64), s)) for s, most in largest.items()}

    def complete(self, universe: Universe) -> bool:
        """Suppress for others until no relation leaves a sum that one person has most of. Whether anything changed."""
        changed = False
        for s in universe.series:
            if s in self._of:
                while self._give_room(universe, *self._of[s]):
                    changed = True
        return changed

    def _give_room(self, universe: Universe, total: Floats, most: Floats) -> bool:
        """Suppress a cell of each relation that needs it. Whether there was one."""
        changed = False
        for relation in np.flatnonzero(_dominated(universe, total, most)):
            cells, _ = universe.relations.of(int(relation))
            shown = cells[(universe.state[cells] == SHOWN) & np.isfinite(universe.cost[cells])]
            if len(shown):
                universe.state[shown[np.argmin(universe.cost[shown])]] = FOR_OTHERS
                changed = True
        return changed


def _dominated(universe: Universe, total: Floats, most: Floats) -> Bools:
    """(relations) whether one person has most of what all unknown cells earn, where these are all on one side."""
    relations, starts = universe.relations, universe.relations.starts[:-1]
    if not len(starts):
        return np.zeros(0, np.bool_)
    state = universe.state[relations.cells]
    unknown = (state != SHOWN) & (state != NOBODY)

    def over(values: Floats | Bools, by: np.ufunc) -> npt.NDArray[np.float64]:
        found: npt.NDArray[np.float64] = by.reduceat(np.where(unknown, values, 0.0), starts)
        return found

    left, right = (over(sign, np.add) > 0 for sign in (relations.signs > 0, relations.signs < 0))
    sums = over(total[relations.cells], np.add)
    dominated: Bools = (left != right) & (sums > 0) & (over(most[relations.cells], np.maximum) >= DOMINANCE * sums)
    return dominated
