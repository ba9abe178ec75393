"""Suppress what tells of few persons, and what would give it back: the decision for all tables of a sample.

Series that count the same persons, or all but fewer than the minimum, are decided together: what one suppresses, no
other may show. Then, as long as there is anything to do:

1. relation by relation, suppress what would give a count back in one step (secondary.py);
2. where two series count the same persons in a cell, it is shown by both or by none; a share whose numerator, or the
   rest, is who another series counts (the employed are the labour force less the unemployed) is not shown where that
   one is not;
3. over all relations at once, find the suppressed counts that can be narrowed to less than [1, minimum - 1], and those
   whose weighted count can be narrowed to less than the minimum times the mean weight (attack.py); of what they can
   be narrowed by, suppress the least informative cell.

Then each sensitive series by itself, the same for its persons above the line, and for its others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from harmonize.errors import FitError
from harmonize.estimate.about import SeriesMeta
from harmonize.estimate.taylor import Ratios
from harmonize.protect.attack import Equation, systems
from harmonize.protect.hidden import Hidden
from harmonize.protect.narrowing import NOT_SAFE, Bools, Safe, equations_of, give_room, too_light, too_narrow
from harmonize.protect.protection import Protection
from harmonize.protect.relations import Cell
from harmonize.protect.release import Codes, Ints, Release
from harmonize.protect.rules import CODE, like_another, of_cells, sensitive
from harmonize.protect.secondary import FOR_ITSELF, FOR_OTHERS, SHOWN, States
from harmonize.protect.universes import LAST, Universe, counted_by_numerators, same_cells, universes_of
from harmonize.tabulate.support import Seen
from harmonize.tabulate.table import Table

Known = dict[bytes, Equation]


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
    decision = _Decision(release, seen, protection, _primary(release, protection, largest, first), first, told)
    decision.find()
    rule = np.zeros(found.n.shape, np.uint8)
    for universe in decision.universes:
        for s in universe.series:
            state, own = universe.state, decision.rule[:, universe.series].max(axis=1)
            meta = metas[s]
            if meta is not None and meta.sensitive and meta.unit != "currency":
                state, own[:] = _sensitive(universe, s, meta, release, protection, own)
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
        self, release: Release, seen: Seen, protection: Protection, rule: Codes, first: str,
        told: Collection[tuple[Cell, int]],
    ) -> None:  # fmt: skip
        self.release, self.rule, self.minimum = release, rule, protection.min_count
        self.universes = list(universes_of(release, rule, self.minimum, first, told))
        self.members = same_cells(self.universes, release, seen, self.minimum)
        self.numerators = counted_by_numerators(self.universes, release, self.minimum)
        self.scale = max(map(release.mean_weight, release.series), default=1.0)  # for numbers of moderate size
        # Whether it is held against us that a row is there, and that what is suppressed for others is large enough.
        self.strict = True
        self._safe = Safe(set(), set(), set())
        self._known: dict[tuple[int, int], tuple[Bools, Known, Known]] = {}

    def find(self) -> None:
        """Change the states of the universes until every count is safe."""
        while True:
            self._complete()
            narrow = self._narrow()
            if not narrow:
                return
            room = [give_room(binding, self.universes) for binding in narrow]
            if not any(room):
                if not self.strict:
                    raise FitError(*NOT_SAFE)
                self.strict = False

    def _complete(self) -> None:
        """Relation by relation, and series by series, until nothing changes."""
        again, least = True, (1, self.minimum) if self.strict else (0, 0)
        while again:
            again = False
            for each in self.universes:
                counts = self.release.n[:, each.series].min(axis=1)
                again |= each.relations.complete(each.state, counts, each.cost, self.minimum - 1, least)
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

    def _narrow(self) -> list[list[Equation]]:
        """Of counts suppressed for themselves that can be narrowed too far, what they can be narrowed by."""
        variable, known = self._variables()
        n = self.release.n
        equations: dict[bytes, Equation] = {}
        weighted: dict[bytes, Equation] = {}
        width: dict[int, float] = {}
        lower: dict[int, float] = {}
        for u, universe in enumerate(self.universes):
            for s in self._representatives(universe):
                own = variable[s]
                for name in own[(universe.state == FOR_ITSELF) & (n[:, s] > 0)].tolist():
                    width[name] = max(width.get(name, 0.0), self.minimum * self.release.mean_weight(s) / self.scale)
                    lower[name] = 1.0 if self.strict else 0.0
                if self.strict:
                    lower |= dict.fromkeys(own[universe.state == FOR_OTHERS].tolist(), float(self.minimum))
                unknown = (universe.state != SHOWN) & (n[:, s] > 0) & ~known[own]
                of_counts, of_weights = self._equations(u, s, unknown, own)
                equations |= of_counts
                weighted |= of_weights
        wanted = set(width) - (self._safe.above & self._safe.below)
        found = [
            too_narrow(system, wanted, self.minimum, self._safe)
            for system in systems(list(equations.values()), lower, wanted)
        ]
        if not any(found):
            wanted = set(width) - self._safe.heavy
            found = [
                too_light(system, wanted, width, self._safe) for system in systems(list(weighted.values()), {}, wanted)
            ]
        return [each for each in found if each]

    def _equations(self, u: int, s: int, unknown: Bools, own: Ints) -> tuple[Known, Known]:
        """Those of the counts and of the weighted counts of a series; of what has not changed, as before."""
        before = self._known.get((u, s))
        if before is None or not np.array_equal(before[0], unknown):
            n, weight = self.release.n[:, s], self.release.weight[:, s] / self.scale
            counts, weights = (dict(equations_of(u, self.universes[u], unknown, own, values)) for values in (n, weight))
            self._known[u, s] = before = (unknown, counts, weights)
        return before[1:]

    def _variables(self) -> tuple[dict[int, Ints], Bools]:
        """By series, the number of the unknown count of each cell: the same where the persons are the same.

        And by that number, whether some table shows it.
        """
        n, weight = self.release.n, self.release.weight
        cells = len(self.release.names)
        variable = {s: s * cells + np.arange(cells) for s in self.release.series}
        for group in self.members:
            named: dict[tuple[int, float], int] = {}  # by how many: series of one universe may differ by a few
            for u, c in group:
                for s in self.universes[u].series:
                    persons = int(n[c, s]), float(weight[c, s])
                    variable[s][c] = named.setdefault(persons, int(variable[s][c]))
        known = np.zeros(cells * (max(self.release.series, default=0) + 1), np.bool_)
        for universe in self.universes:
            for s in universe.series:
                known[variable[s][universe.state == SHOWN]] = True
        return variable, known

    def _representatives(self, universe: Universe) -> list[int]:
        """One of the series of each pattern of counts."""
        n, weight = self.release.n, self.release.weight
        return list({n[:, s].tobytes() + weight[:, s].tobytes(): s for s in reversed(universe.series)}.values())


def _sensitive(
    universe: Universe, s: int, meta: SeriesMeta, release: Release, protection: Protection, rule: Codes
) -> tuple[States, Codes]:
    """The state of the cells of one series, and the rules, with what its persons above the line and the others need."""
    codes = release.rules(sensitive(release.found, s, meta, protection))
    codes[universe.state != SHOWN] = 0
    state = universe.state.copy()
    state[codes > 0] = FOR_ITSELF
    x = release.counts(release.found.n_numerator)[:, s]
    above = (codes == CODE["few_in_numerator"]) | ((codes == CODE["group_disclosure"]) & (x == 0))
    for values, mine in ((x, above), (release.n[:, s] - x, (codes > 0) & ~above)):
        if mine.any():
            state = _with_room(replace(universe, state=state), values, release.n[:, s], mine, protection.min_count)
    return state, np.where(codes > 0, codes, rule)


def _with_room(universe: Universe, values: Ints, n: Ints, mine: Bools, minimum: int) -> States:
    """The state in which the values of the cells `mine` can be anything from 1 to the minimum - 1."""
    state = universe.state
    hidden = np.where(state == FOR_ITSELF, FOR_OTHERS, state)
    # how many of everybody are above the line is told nowhere else
    cost = np.minimum(universe.cost, LAST)
    work = replace(universe, state=np.where(mine, FOR_ITSELF, hidden).astype(np.uint8), cost=cost)
    cells, wanted, safe = np.arange(len(values)), set(np.flatnonzero(mine).tolist()), Safe(set(), set(), set())
    while True:
        work.relations.complete(work.state, values, work.cost, minimum - 1, (0, 0))
        unknown = (work.state != SHOWN) & (n > 0)
        equations = [each for _, each in equations_of(0, work, unknown, cells, values)]
        narrow = [too_narrow(system, wanted, minimum, safe) for system in systems(equations, {}, wanted)]
        room = [give_room(binding, [work]) for binding in narrow if binding]
        if not room:
            return np.where((state == SHOWN) & (work.state == FOR_OTHERS), FOR_OTHERS, state).astype(np.uint8)
        if not any(room):
            raise FitError(*NOT_SAFE)
