"""Sensitive series: their few persons above the line, and their few others, each as counts of their own.

A reader may know which cells are suppressed for these few, so that they are from 1 to the minimum - 1, and that a cell
suppressed for another reason has none of them or the minimum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from harmonize.estimate.about import SeriesMeta
from harmonize.protect.attack import Missed, System, systems
from harmonize.protect.narrowing import Bools, Ends, Safe, give_room, too_narrow
from harmonize.protect.protection import Protection
from harmonize.protect.release import Codes, Floats, Ints, Release
from harmonize.protect.rules import sensitive
from harmonize.protect.secondary import FOR_ITSELF, FOR_OTHERS, SHOWN, States
from harmonize.protect.universes import LAST, Universe
from harmonize.protect.unknowns import rows_of


def with_numerators(
    universe: Universe, s: int, meta: SeriesMeta, release: Release, protection: Protection, rule: Codes
) -> tuple[States, Codes]:
    """The state of the cells of one series, and the rules, with what its persons above the line and the others need.

    universe, rule: with what its counts of persons need.
    """
    n, x = release.n[:, s], release.counts(release.found.n_numerator)[:, s]
    own = [release.rules(codes) for codes in sensitive(release.found, s, meta, protection)]
    free = (universe.state == SHOWN) | (universe.state == FOR_OTHERS)
    above, others = (np.where(free, codes, 0).astype(np.uint8) for codes in own)
    codes = np.where(above > 0, above, others)
    state = universe.state.copy()
    state[codes > 0] = FOR_ITSELF
    least = 0 if protection.group_disclosure else 1
    for values, mine in ((x, above > 0), (n - x, others > 0)):
        if mine.any():
            state = _Numerators(replace(universe, state=state), values, n, mine, protection.min_count, least).state()
    return state, np.where(codes > 0, codes, rule)


class _Numerators:
    """The values of the cells of one series. mine: (cells) those that must stay unknown, of `least` or more."""

    def __init__(self, universe: Universe, values: Ints, n: Ints, mine: Bools, minimum: int, least: int) -> None:
        self.given, self.values, self.there, self.mine = universe.state, values, n > 0, mine
        self.minimum, self.least = minimum, least
        hidden = np.where(universe.state == FOR_ITSELF, FOR_OTHERS, universe.state)
        # how many of everybody are above the line is told nowhere else
        cost = np.minimum(universe.cost, LAST)
        self.work = replace(universe, state=np.where(mine, FOR_ITSELF, hidden).astype(np.uint8), cost=cost)
        self.rows = rows_of(universe.relations, self.there)
        # none, or the minimum; of few persons, few
        few = mine | ((n < minimum) & (universe.state == FOR_ITSELF))
        self.lower = np.where(mine, least, np.where(values >= minimum, minimum, 0)).astype(np.float64)
        self.upper = np.where(few, minimum - 1.0, np.inf)

    def state(self) -> States:
        """The state in which the values of `mine` can be anything from the least to the minimum - 1."""
        safe, ends = Safe(len(self.values)), self._ends()
        while True:
            self.work.relations.complete(
                self.work.state, self.values, self.work.cost, self.minimum - 1, (self.least, 0)
            )
            missed = [each for system in self._systems() if (each := too_narrow(system, self.mine, safe, ends))]
            if not missed:
                hidden = (self.given == SHOWN) & (self.work.state == FOR_OTHERS)
                return np.where(hidden, FOR_OTHERS, self.given).astype(np.uint8)
            give_room(missed, ends, self._suppress)

    def _systems(self, *, all_hidden: bool = False) -> Iterator[System]:
        unknown = self.there & (all_hidden | (self.work.state != SHOWN))
        return systems(self.rows, self.values.astype(np.float64), unknown, self.lower, self.upper, self.mine)

    def _ends(self) -> Ends:
        least: Floats = np.full(len(self.values), float(self.least))
        return Ends(least, np.full(len(least), self.minimum - 1.0), list(self._systems(all_hidden=True)))

    def _suppress(self, missed: Sequence[Missed]) -> bool:
        """Suppress the least informative cell that the rows of each know. Whether there was one."""
        changed = False
        for each in missed:
            cells = np.unique(self.rows.matrix[each.rows].indices)
            shown = cells[self.work.state[cells] == SHOWN]
            if len(shown):
                self.work.state[shown[np.argmin(self.work.cost[shown])]] = FOR_OTHERS
                changed = True
        return changed
