"""Suppress what tells of few persons, and what would give it back: the decision for all tables of a sample.

Series that count the same persons, or all but fewer than the minimum, are decided together: what one suppresses, no
other may show. Then, as long as there is anything to do:

1. relation by relation, suppress what would give a count back in one step (secondary.py);
2. where two series count the same persons in a cell, it is shown by both or by none; a share whose numerator, or the
   rest, is who another series counts (the employed are the labour force less the unemployed) is not shown where that
   one is not;
3. over all relations at once, find the suppressed counts that can be narrowed to less than [1, minimum - 1], and those
   whose weighted count can be narrowed to less than the minimum times the mean weight (attack.py); of what they can
   be narrowed by, suppress the least informative cell, and that of everybody if there is no other.

Then each sensitive series by itself, the same for its persons above the line, and for its others (numerators.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.errors import FitError
from harmonize.estimate.about import SeriesMeta
from harmonize.estimate.taylor import Ratios
from harmonize.protect.amounts import Amounts
from harmonize.protect.attack import Missed, systems
from harmonize.protect.hidden import Hidden
from harmonize.protect.narrowing import NOT_SAFE, Ends, Safe, give_room, too_light, too_narrow
from harmonize.protect.numerators import with_numerators
from harmonize.protect.protection import Protection
from harmonize.protect.relations import Cell
from harmonize.protect.release import Codes, Floats, Release
from harmonize.protect.rules import CODE, first_of, like_another, of_cells
from harmonize.protect.secondary import FOR_ITSELF, FOR_OTHERS, SHOWN
from harmonize.protect.universes import NEVER, Universe, counted_by_numerators, same_cells, universes_of
from harmonize.protect.unknowns import Unknowns
from harmonize.tabulate.support import Seen
from harmonize.tabulate.table import Table


def suppressed(
    found: Ratios,
    tables: Sequence[Table],
    metas: Sequence[SeriesMeta | None],
    seen: Seen,
    protection: Protection,
    largest: Mapping[int, npt.NDArray[np.uint64]],
    first: str,
    told: Collection[tuple[Cell, int]] = (),
) -> Hidden:
    """What to hide of a sample. tables: those shown; metas: by series, None for one that has no rows.

    largest: see Largest.of. first: the column of migratory status that tables are by, if nothing else is said. told:
    cells and their counts that are told of the whole sample beside the tables, as how many persons it has.
    """
    series = [s for s, meta in enumerate(metas) if meta is not None]
    release = Release(found, tables, series, seen)
    decision = _Decision(release, seen, protection, largest, first, told)
    decision.find()
    rule = np.zeros(found.n.shape, np.uint8)
    for universe in decision.universes:
        for s in universe.series:
            state, own = universe.state, first_of(decision.rule[:, universe.series])
            meta = metas[s]
            if meta is not None and meta.sensitive and meta.unit != "currency":
                state, own = with_numerators(universe, s, meta, release, protection, own)
            # of the same persons under another series, by whose rule
            own = np.where(own > 0, own, CODE["few_persons"])
            own = np.where(state == FOR_OTHERS, CODE["secondary"], np.where(state == FOR_ITSELF, own, 0))
            rule[:, s] = release.by_code(own.astype(np.uint8))
    return Hidden(found.cells, rule)


def _primary(
    release: Release, protection: Protection, largest: Mapping[int, npt.NDArray[np.uint64]], first: str
) -> Codes:
    """(cells, series) the rules that speak of persons."""
    rule = release.rules(of_cells(release.found, largest, protection))
    for number, s in like_another(release.names, release.n, first, protection.min_count, release.within):
        rule[number, s] = rule[number, s] or CODE["like_another"]
    return rule


class _Decision:
    """The search for what to suppress, so that no count of persons can be had from all tables together."""

    def __init__(
        self, release: Release, seen: Seen, protection: Protection, largest: Mapping[int, npt.NDArray[np.uint64]],
        first: str, told: Collection[tuple[Cell, int]],
    ) -> None:  # fmt: skip
        self.release, self.minimum = release, protection.min_count
        self.rule = rule = _primary(release, protection, largest, first)
        self.universes = list(universes_of(release, rule, self.minimum, first, told))
        self.members = same_cells(self.universes, release, seen, self.minimum)
        self.numerators = counted_by_numerators(self.universes, release, self.minimum)
        self.amounts = Amounts(release, largest)
        self.unknowns = Unknowns(self.universes, release, seen, self.members, self.minimum)
        # the states of all universes one after the other; what changes of the one changes of the other
        self.states = np.concatenate([np.zeros(0, np.uint8), *(each.state for each in self.universes)])
        for u, each in enumerate(self.universes):
            each.state = self.states[u * self.unknowns.size : (u + 1) * self.unknowns.size]
        self.cost = np.concatenate([np.zeros(0), *(each.cost for each in self.universes)])
        # differ by few from what is shown, are published as large enough, and must stay unknown by as many
        self.alike = self.unknowns.any_of(
            np.concatenate([np.zeros(0, np.bool_), *(self._first(u) == CODE["like_another"] for u in self.universes)])
        )
        # (counts) of everybody: run.json tells it, whether a row shows it or not, but not what they weigh
        everybody = self.unknowns.any_of(self.cost == NEVER)
        self.known = everybody & (self.unknowns.counts == dict(told).get((), 0))
        self._safe = Safe(len(self.unknowns.counts))
        self._ends: Ends

    def _first(self, universe: Universe) -> Codes:
        return first_of(self.rule[:, universe.series])

    def find(self) -> None:
        """Change the states of the universes until every count is safe."""
        self._complete()
        self._ends = self._ends_of_rows()
        while self._give_room():
            self._complete()

    def _give_room(self) -> bool:
        """Suppress something that counts are narrowed by; where none is, that weights are. Whether one was narrowed."""
        if missed := self._too_narrow():
            give_room(missed, self._ends, self._suppress)
        elif (missed := self._too_light()) and not self._suppress(missed, weights=True):
            raise FitError(*NOT_SAFE)
        return bool(missed)

    def _suppress(self, missed: Sequence[Missed], *, weights: bool = False) -> bool:
        """Of what each is narrowed by, suppress the least informative cell. Whether there was one."""
        changed, known = False, np.zeros_like(self.known) if weights else self.known
        for each in missed:
            shown = self.unknowns.shown(each.rows, self.states, known)
            if len(shown):
                self.states[shown[np.argmin(self.cost[shown])]] = FOR_OTHERS
                changed = True
        return changed

    def _complete(self) -> None:
        """Relation by relation, and series by series, until nothing changes."""
        again, least = True, (1, self.minimum)
        while again:
            again = False
            for each in self.universes:
                counts = self.release.n[:, each.series].min(axis=1)
                again |= each.relations.complete(each.state, counts, each.cost, self.minimum - 1, least)
                again |= self.amounts.complete(each)
            again |= self._as_one() | self._with_numerators()

    def _as_one(self) -> bool:
        """Suppress the cells whose persons are suppressed under another series. Whether anything changed."""
        changed = False
        for group in self.members:
            states = [int(self.universes[u].state[c]) for u, c in group]
            hidden = [state for state in states if state in (FOR_ITSELF, FOR_OTHERS)]
            if hidden and SHOWN in states:
                for (u, c), state in zip(group, states, strict=True):
                    if state == SHOWN:
                        self.universes[u].state[c] = min(hidden)
                        changed = True
        return changed

    def _with_numerators(self) -> bool:
        """Suppress the cells whose numerator, or the rest, is a count suppressed under another series."""
        changed = False
        for a, b in self.numerators:
            told = (self.universes[b].state == FOR_ITSELF) | (self.universes[b].state == FOR_OTHERS)
            told &= self.universes[a].state == SHOWN
            self.universes[a].state[told] = FOR_OTHERS
            changed |= bool(told.any())
        return changed

    def _too_narrow(self) -> list[Missed]:
        """Counts suppressed for themselves that can be narrowed too far."""
        unknowns, hidden = self.unknowns, self.unknowns.hidden(self.states) & ~self.known
        wanted = hidden & unknowns.for_themselves(self.states) & ~(self._safe.above & self._safe.below)
        rows, ends = unknowns.rows(self.states), self._known_ends(shown=0)
        known = systems(rows, unknowns.counts, hidden, *ends, wanted)
        return [missed for system in known if (missed := too_narrow(system, wanted, self._safe, self._ends))]

    def _too_light(self) -> list[Missed]:
        """The same of weighted counts."""
        unknowns, hidden = self.unknowns, self.unknowns.hidden(self.states)
        wanted = hidden & unknowns.for_themselves(self.states) & ~self._safe.heavy
        rows, nothing = unknowns.rows(self.states, weights=True), np.zeros(len(hidden))
        known = systems(rows, unknowns.weights, hidden, nothing, nothing + np.inf, wanted)
        return [missed for system in known if (missed := too_light(system, wanted, unknowns.width, self._safe))]

    def _known_ends(self, shown: int) -> tuple[Floats, Floats]:
        """(counts) what a reader knows each to be at least and at most. shown: the least of those that are shown."""
        unknowns = self.unknowns
        few = unknowns.for_themselves(self.states) & (unknowns.counts < self.minimum)
        lower = unknowns.least(self.states, np.array([shown, 1, self.minimum, 0, 0], np.float64))
        lower = np.where(self.alike & ~few, self.minimum, lower)
        return lower, np.where(few, self.minimum - 1.0, np.inf)

    def _ends_of_rows(self) -> Ends:
        unknowns = self.unknowns
        least = np.where(self.alike, np.maximum(1, unknowns.counts - self.minimum), 1.0)
        rows = unknowns.rows(np.full_like(self.states, FOR_OTHERS))
        ends = self._known_ends(shown=self.minimum)
        known = systems(rows, unknowns.counts, ~self.known, *ends, ~self.known)
        return Ends(least, np.full(len(least), self.minimum - 1.0), list(known))
