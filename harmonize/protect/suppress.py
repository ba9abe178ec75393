"""Suppress what tells of few persons, and what would give it back: the decision for all tables of a sample.

Series that count the same persons, or all but fewer than the minimum, are decided together: what one suppresses, no
other may show. Then, as long as there is anything to do:

1. relation by relation, suppress what would give a count back in one step (secondary.py);
2. where two series count the same persons in a cell, it is shown by both or by none;
3. over all relations at once, find the suppressed counts that can be narrowed to less than [1, minimum - 1], and those
   whose weighted count can be narrowed to less than the minimum times the mean weight (attack.py); give them room.

Then each sensitive series by itself, the same for its persons above the line, and for its others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from harmonize.estimate.about import SeriesMeta
from harmonize.estimate.taylor import Ratios
from harmonize.protect.attack import NEAR, Equation, System, systems
from harmonize.protect.hidden import Hidden
from harmonize.protect.protection import Protection
from harmonize.protect.relations import Cell, Family, families
from harmonize.protect.rules import CODE, like_another, of_amounts, of_persons, sensitive
from harmonize.protect.secondary import FOR_ITSELF, FOR_OTHERS, LATENT, NOBODY, SHOWN, Relations, States
from harmonize.tabulate.support import Seen
from harmonize.tabulate.table import Table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_BOUNDS = frozenset({"age_group", "age_broad", "sex", "urban_rural"})  # by which universes are bounded
_VAGUE = frozenset({"unknown", "not_applicable"})


@dataclass
class _Universe:
    """Series of a family that count the same persons or nearly so. state: (cells) for all of them."""

    family: Family
    relations: Relations
    series: list[int]
    state: States
    cost: Floats


def suppressed(
    found: Ratios,
    tables: Sequence[Table],
    metas: Sequence[SeriesMeta | None],
    seen: Seen,
    protection: Protection,
    largest: Mapping[int, npt.NDArray[np.uint64]],
    first: str,
) -> Hidden:
    """What to hide of a sample. tables: those shown; metas: by series, None for one that has no rows.

    largest: see Largest.of. first: the column of migratory status that tables are by, if nothing else is said.
    """
    return _Decision(found, tables, metas, seen, protection, largest, first).made()


class _Decision:
    def __init__(
        self, found: Ratios, tables: Sequence[Table], metas: Sequence[SeriesMeta | None], seen: Seen,
        protection: Protection, largest: Mapping[int, npt.NDArray[np.uint64]], first: str,
    ) -> None:  # fmt: skip
        self.found, self.metas, self.seen, self.protection = found, metas, seen, protection
        self.minimum = protection.min_count
        self.series = [s for s, meta in enumerate(metas) if meta is not None]
        categories = {
            name: values for table in tables for name, values in zip(table.columns, table.categories, strict=True)
        }
        there = found.cells[(found.n[:, self.series] > 0).any(axis=1)]
        self.numbers, self.families = families(tables, self.series, there, seen, categories)
        self.names = self.numbers.names
        self.n = self._by_cell(found.n)
        self.weight = self._by_cell(found.weight).astype(np.float64)
        self.scale = max(map(self._mean_weight, self.series), default=1.0)  # for numbers of moderate size
        self.rule = self._primary(largest, first)
        self.universes = [each for family in self.families for each in self._universes(family, first)]
        self.members = self._same_cells()
        self._safe: set[bytes] = set()

    def _by_cell(self, values: Ints) -> Ints:
        """(cells, series) of (codes, series); of a latent cell the sum of those that make it up."""
        wide = np.zeros((len(self.names), values.shape[1]), np.int64)
        for code, number in self.numbers.of_code.items():
            own = values[np.searchsorted(self.found.cells, code)]
            wide[number] = np.maximum(wide[number], own)  # a table without the series has nothing
        for family in self.families:
            for latent, parts in family.margin_of.items():
                for s in family.series:
                    wide[latent, s] = wide[parts, s].sum()
        return wide

    def _primary(self, largest: Mapping[int, npt.NDArray[np.uint64]], first: str) -> npt.NDArray[np.uint8]:
        """(cells, series) the rules that speak of persons."""
        rule = np.zeros(self.n.shape, np.uint8)
        by_code = of_persons(self.found.n, self.found.households, self.protection)
        for s, holds in of_amounts(self.found, largest):
            by_code[:, s] = np.where((by_code[:, s] == 0) & holds, CODE["dominance"], by_code[:, s])
        for code, number in self.numbers.of_code.items():
            own = by_code[np.searchsorted(self.found.cells, code)]
            rule[number] = np.where(rule[number] == 0, own, rule[number])
        for number, s in like_another(self.names, self.n, first, self.minimum):
            if rule[number, s] == 0:
                rule[number, s] = CODE["like_another"]
        return rule

    def _universes(self, family: Family, first: str) -> Iterable[_Universe]:
        """The series of a family in groups that differ by fewer persons than the minimum in every cell."""
        series = np.array(family.series)
        n = self.n[np.ix_(family.cells, series)]
        near = np.array([(np.abs(n - n[:, [i]]) < self.minimum).all(axis=0) for i in range(len(series))])
        _, group = connected_components(near)
        relations = Relations(family.relations)
        for number in np.unique(group):
            own = [int(s) for s in series[group == number]]
            state = np.full(len(self.names), NOBODY, np.uint8)
            somebody = family.cells[(self.n[family.cells][:, own] > 0).any(axis=1)]
            state[somebody] = SHOWN
            state[[c for c in family.margin_of if state[c] == SHOWN]] = LATENT
            hidden = (self.rule[:, own] > 0).any(axis=1) & (state == SHOWN)
            state[hidden] = FOR_ITSELF
            n_of = self.n[:, own].max(axis=1)
            cost = np.array([_informative(cell, first) for cell in self.names]) * 1e15 + n_of
            yield _Universe(family, relations, own, state, cost)

    def _same_cells(self) -> list[list[tuple[int, int]]]:
        """(universe, cell) that hold the same persons by what their series are: all of an age, say, count in both.

        Found in the data: one series counts everybody whom the other counts, and of the whole category as many.
        """
        within = {
            number: [c for c, name in enumerate(self.names) if cell[0] in name]
            for number, cell in enumerate(self.names)
            if len(cell) == 1 and cell[0][0] in _BOUNDS
        }
        edges: list[tuple[int, int]] = []
        cells = len(self.names)
        for a, one in enumerate(self.universes):
            for b, other in enumerate(self.universes[:a]):
                both = (one.state <= LATENT) & (other.state <= LATENT)
                for s in one.series:
                    for z in other.series:
                        if not (self.seen.counts_all_of(s, z) or self.seen.counts_all_of(z, s)):
                            continue
                        for number, inside in within.items():
                            if self.n[number, s] == self.n[number, z] >= self.minimum:
                                edges += [(a * cells + c, b * cells + c) for c in inside if both[c]]
        if not edges:
            return []
        first, second = (np.array(side) for side in zip(*edges, strict=True))
        size = len(self.universes) * cells
        _, part = connected_components(coo_array((np.ones(len(edges)), (first, second)), shape=(size, size)))
        groups: dict[int, list[tuple[int, int]]] = {}
        for node in np.unique([first, second]).tolist():
            groups.setdefault(int(part[node]), []).append(divmod(node, cells))
        return list(groups.values())

    def made(self) -> Hidden:
        """The decision."""
        while True:
            self._complete()
            narrow = self._narrow()
            if not narrow:
                break
            for binding in narrow:
                _give_room(binding, self.universes)
        rule = np.zeros(self.found.n.shape, np.uint8)
        for universe in self.universes:
            for s in universe.series:
                self._write(rule, universe, s, self._of_sensitive(universe, s))
        return Hidden(self.found.cells, rule)

    def _complete(self) -> None:
        """Relation by relation, and series by series, until nothing changes."""
        again = True
        while again:
            again = False
            for each in self.universes:
                counts = self.n[:, each.series].min(axis=1)
                again |= each.relations.complete(each.state, counts, each.cost, self.minimum - 1, (1, self.minimum))
            again |= self._as_one()

    def _as_one(self) -> bool:
        """Suppress the cells whose persons are suppressed under another series. Whether anything changed."""
        changed = False
        for group in self.members:
            states = [int(self.universes[u].state[c]) for u, c in group]
            hidden = [state for state in states if state in (FOR_ITSELF, FOR_OTHERS)]
            if hidden and len(hidden) < len(states):
                for (u, c), state in zip(group, states, strict=True):
                    if state == SHOWN:
                        self.universes[u].state[c] = min(hidden)
                        changed = True
        return changed

    def _narrow(self) -> list[list[Equation]]:
        """Of counts suppressed for themselves that can be narrowed too far, what they can be narrowed by."""
        variable = self._variables()
        known = np.zeros(len(self.names) * (max(self.series, default=0) + 1), np.bool_)
        for universe in self.universes:
            for s in universe.series:
                known[variable[s][universe.state == SHOWN]] = True
        equations: dict[bytes, Equation] = {}
        weighted: dict[bytes, Equation] = {}
        width: dict[int, float] = {}
        lower: dict[int, float] = {}
        for u, universe in enumerate(self.universes):
            for s in self._representatives(universe):
                own = variable[s]
                for cell in np.flatnonzero((universe.state == FOR_ITSELF) & (self.n[:, s] > 0)):
                    width[int(own[cell])] = self.minimum * self._mean_weight(s) / self.scale
                    lower[int(own[cell])] = 1.0
                for cell in np.flatnonzero(universe.state == FOR_OTHERS):
                    lower[int(own[cell])] = float(self.minimum)
                equations |= self._equations(u, universe, s, own, known, self.n[:, s])
                weighted |= self._equations(u, universe, s, own, known, self.weight[:, s] / self.scale)
        wanted = set(width)
        found = [self._too_narrow(system, wanted) for system in systems(list(equations.values()), lower, wanted)]
        if not any(found):
            found = [self._too_little_weight(system, width) for system in systems(list(weighted.values()), {}, wanted)]
        return [each for each in found if each]

    def _variables(self) -> dict[int, Ints]:
        """By series, the number of the unknown count of each cell: the same where the persons are the same."""
        cells = len(self.names)
        variable = {s: s * cells + np.arange(cells) for s in self.series}
        for group in self.members:
            named: dict[tuple[int, float], int] = {}  # by how many: series of one universe may differ by a few
            for u, c in group:
                for s in self.universes[u].series:
                    persons = int(self.n[c, s]), float(self.weight[c, s])
                    variable[s][c] = named.setdefault(persons, int(variable[s][c]))
        for universe in self.universes:
            seen: dict[tuple[int, int, float], int] = {}
            for s in universe.series:
                for cell in np.flatnonzero((universe.state == FOR_ITSELF) | (universe.state == FOR_OTHERS)):
                    key = (int(cell), int(self.n[cell, s]), float(self.weight[cell, s]))
                    variable[s][cell] = seen.setdefault(key, int(variable[s][cell]))
        return variable

    def _representatives(self, universe: _Universe) -> list[int]:
        """One of the series of each pattern of counts."""
        return list(
            {self.n[:, s].tobytes() + self.weight[:, s].tobytes(): s for s in reversed(universe.series)}.values()
        )

    def _equations(
        self, u: int, universe: _Universe, s: int, variable: Ints, known: npt.NDArray[np.bool_], values: Ints | Floats
    ) -> Iterable[tuple[bytes, Equation]]:
        """What is published of the values, with what tells equations of the same unknowns. variable: of each cell."""
        unknown = (universe.state != SHOWN) & (self.n[:, s] > 0) & ~known[variable]
        relations = universe.relations
        if not len(relations.cells):
            return
        for relation in np.flatnonzero(np.add.reduceat(unknown[relations.cells], relations.starts[:-1])):
            cells, signs = relations.of(int(relation))
            mine = unknown[cells]
            order = np.argsort(variable[cells[mine]])
            names, sides = variable[cells[mine]][order], signs[mine][order]
            rest = -float((signs[~mine] * values[cells[~mine]]).sum())
            yield names.tobytes() + sides.tobytes(), Equation(names, sides, rest, (u, int(relation)))

    def _mean_weight(self, s: int) -> float:
        """The mean weight of the persons whom the series counts."""
        total = self.numbers.index[()]
        return float(self.weight[total, s] / self.n[total, s]) if self.n[total, s] and self.weight[total, s] else 1.0

    def _too_narrow(self, system: System, wanted: set[int]) -> list[Equation]:
        """What keeps some unknown of a system from being anything from 1 to the minimum - 1."""
        key = system.names.tobytes() + system.known.tobytes() + system.lower.tobytes()
        if key in self._safe:
            return []
        targets = np.flatnonzero(np.isin(system.names, list(wanted)))
        most = np.full(len(targets), self.minimum - 1.0)
        for target in targets[system.largest(targets, most) < most - NEAR]:
            return system.binding(int(target), up=True)
        for target in targets[system.least(targets, np.ones(len(targets))) > 1 + NEAR]:
            return system.binding(int(target), up=False)
        self._safe.add(key)
        return []

    def _too_little_weight(self, system: System, width: Mapping[int, float]) -> list[Equation]:
        """What keeps the weighted count of some unknown within less than the minimum times the mean weight."""
        key = b"weight" + system.names.tobytes() + system.known.tobytes()
        if key in self._safe:
            return []
        targets = np.flatnonzero(np.isin(system.names, list(width)))
        low = system.least(targets, np.zeros(len(targets)))
        wide = np.array([width[int(name)] for name in system.names[targets]])
        for target in targets[system.largest(targets, low + wide) - low < wide - NEAR]:
            return system.binding(int(target), up=True)
        self._safe.add(key)
        return []

    def _of_sensitive(self, universe: _Universe, s: int) -> States:
        """The state of the cells of one series, with what its persons above the line, and the others, need."""
        meta = self.metas[s]
        if meta is None or not meta.sensitive or meta.unit == "currency":
            return universe.state
        by_code = sensitive(self.found, s, meta, self.protection)
        codes = np.zeros(len(self.names), np.uint8)
        for code, number in self.numbers.of_code.items():
            codes[number] = max(codes[number], by_code[np.searchsorted(self.found.cells, code)])
        codes[universe.state != SHOWN] = 0
        state = universe.state.copy()
        state[codes > 0] = FOR_ITSELF
        self.rule[codes > 0, s] = codes[codes > 0]
        x = self._by_cell(self.found.n_numerator)[:, s]
        others = self.n[:, s] - x
        none_above = (codes == CODE["few_in_numerator"]) | ((codes == CODE["group_disclosure"]) & (x == 0))
        for values, mine in ((x, none_above), (others, (codes > 0) & ~none_above)):
            if mine.any():
                state = self._with_room(universe, s, state, values, mine)
        return state

    def _with_room(
        self, universe: _Universe, s: int, state: States, values: Ints, mine: npt.NDArray[np.bool_]
    ) -> States:
        """The state in which the values of the cells `mine` can be anything from 1 to the minimum - 1."""
        work = replace(universe, state=np.where(mine, FOR_ITSELF, np.where(state == FOR_ITSELF, FOR_OTHERS, state)))
        work.state = work.state.astype(np.uint8)
        wanted = set(np.flatnonzero(mine).tolist())
        nothing_known = np.zeros(len(self.names), np.bool_)
        while True:
            work.relations.complete(work.state, values, work.cost, self.minimum - 1, (0, 0))
            equations = [
                each for _, each in self._equations(0, work, s, np.arange(len(self.names)), nothing_known, values)
            ]
            narrow = [self._too_narrow(system, wanted) for system in systems(equations, {}, wanted)]
            narrow = [binding for binding in narrow if binding]
            if not narrow:
                return np.where((state == SHOWN) & (work.state == FOR_OTHERS), FOR_OTHERS, state).astype(np.uint8)
            for binding in narrow:
                _give_room(binding, [work])

    def _write(self, rule: npt.NDArray[np.uint8], universe: _Universe, s: int, state: States) -> None:
        """The rule of each code of a series."""
        for code, number in self.numbers.of_code.items():
            if state[number] == FOR_ITSELF:
                own = int(self.rule[number, s]) or int(self.rule[number, universe.series].max())
                rule[np.searchsorted(self.found.cells, code), s] = own or CODE["few_persons"]
            elif state[number] == FOR_OTHERS:
                rule[np.searchsorted(self.found.cells, code), s] = CODE["secondary"]


def _give_room(binding: Sequence[Equation], universes: Sequence[_Universe]) -> None:
    """Suppress the least informative cell that some of the equations know, whose sources are of the universes."""
    shown = {
        (universes[u].cost[c], u, int(c))
        for u, relation in (each.source for each in binding)
        for c in universes[u].relations.of(relation)[0]
        if universes[u].state[c] == SHOWN
    }
    if not shown:
        raise ArithmeticError("a suppressed count cannot be protected")
    _, u, cell = min(shown)
    universes[u].state[cell] = FOR_OTHERS


def _informative(cell: Cell, first: str) -> float:
    """How much a reader misses without a cell: those of unknown persons least, migrants and non-migrants most.

    The total of everybody comes before these two: it can be had elsewhere, and the comparison cannot.
    """
    values = {value for _, value in cell}
    if values & _VAGUE:
        return 0
    if not cell:
        return 2.8
    migrants = 0 if values & {"non_migrant", "native_born"} else 0.5
    if len(cell) > 1:
        return 1 + migrants
    return (4 if cell[0][0].startswith(first) else 3 if cell[0][0] == "nativity" else 2) + migrants
