"""The counts of a release, and all that holds between them whatever is suppressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts are imported when first used: a fifth of a short run otherwise

from harmonize.protect.attack import Rows
from harmonize.protect.nesting import Nesting
from harmonize.protect.release import Floats, Ints, Release
from harmonize.protect.secondary import FOR_ITSELF, SHOWN, Relations, States
from harmonize.protect.universes import Universe
from harmonize.tabulate.support import COUNTED, Seen

Bools = npt.NDArray[np.bool_]
ALWAYS = -1


class Unknowns:
    """The counts of persons of a release, one for all names of the same persons.

    counts, weights: (counts); weights in mean weights, for numbers of moderate size. width: (counts) how wide a weight
    must stay unknown. Cells are numbered through the universes: universe x cells + cell.
    """

    def __init__(
        self,
        universes: Sequence[Universe],
        release: Release,
        seen: Seen,
        same: Sequence[Sequence[tuple[int, int]]],
        minimum: int,
    ) -> None:
        """same: groups of (universe, cell) that hold the same persons. minimum: persons that a cell must have."""
        self.size, scale = len(release.names), max(map(release.mean_weight, release.series), default=1.0)
        alike = [_alike(universe, release) for universe in universes]
        like = {s: first for each in alike for first, of in each.items() for s in of}
        nesting = Nesting(universes, release, seen, like)
        number = _numbers(universes, release, same, nesting, alike)
        made = _Made(number)
        for u, universe in enumerate(universes):
            for s in alike[u]:
                made.relations(universe, s, release.n[:, s] > 0)
        made.order(nesting, self.size, scale)

        series = [(u, s, np.flatnonzero(release.n[:, s] > 0)) for u, each in enumerate(alike) for s in each]
        self._cell = _joined([u * self.size + there for u, _, there in series])
        names, first, self._of = np.unique(
            _joined([number[s][there] for _, s, there in series]), return_index=True, return_inverse=True
        )
        at = _joined([s * self.size + there for _, s, there in series])[first]
        n, weight = release.n.T.ravel(), release.weight.T.ravel()
        self.counts, self.weights = n[at].astype(np.float64), weight[at] / scale
        mean = _joined([np.full(len(there), release.mean_weight(s)) for _, s, there in series])
        self.width = self._most(minimum * mean / scale)
        self._made, self.matrix = made, made.matrix(names)

    def _most(self, values: Floats) -> Floats:
        """The largest value of the cells of each count."""
        found = np.zeros(int(self._of.max(initial=-1)) + 1)
        np.maximum.at(found, self._of, values)
        return found

    def any_of(self, cells: Bools) -> Bools:
        """(counts) which one of these cells has. cells: (universes x cells)."""
        found: Bools = self._most(cells[self._cell].astype(np.float64)) > 0
        return found

    def hidden(self, states: States) -> Bools:
        """(counts) which no table shows. states: (universes x cells)."""
        return ~self.any_of(states == SHOWN)

    def for_themselves(self, states: States) -> Bools:
        """(counts) which are suppressed for themselves."""
        return self.any_of(states == FOR_ITSELF)

    def least(self, states: States, by_state: Floats) -> Floats:
        """(counts) what a reader knows each to be at least. by_state: of a cell of each state."""
        return self._most(by_state[states[self._cell]])

    def rows(self, states: States, *, weights: bool = False) -> Rows:
        """What holds of counts, or of weights, in a release of these states."""
        made = self._made
        told = (made.needs == ALWAYS) | (states[made.needs] == SHOWN)
        return Rows(self.matrix, np.where(told, made.right[int(weights)], np.inf), made.at_most)

    def shown(self, rows: Ints, states: States, known: Bools) -> Ints:
        """The cells that some of the rows take from the release. known: (counts) those that it tells elsewhere too."""
        named = np.zeros(len(self.counts), np.bool_)
        named[self.matrix[rows].indices] = True
        named &= ~known
        needs = self._made.needs[rows]
        cells = np.append(self._cell[named[self._of]], needs[needs != ALWAYS])
        return np.unique(cells[states[cells] == SHOWN])


class _Made:
    """Rows as they are made, of counts by their names."""

    def __init__(self, number: Mapping[int, Ints]) -> None:
        self._number = number
        self._entries: list[tuple[Ints, Ints, Ints]] = []
        self._rows: list[tuple[Ints, Ints, Floats, Floats]] = []
        self._count = 0

    def _add(self, rows: Ints, names: Ints, signs: Ints, about: tuple[Ints, Ints, Floats, Floats]) -> None:
        self._entries.append((rows + self._count, names, signs))
        self._rows.append(about)
        self._count += len(about[0])

    def relations(self, universe: Universe, s: int, there: Bools) -> None:
        """Sums of cells that are sums of others. there: (cells) that have somebody."""
        rows, cells, signs = _entries(universe.relations, there)
        count = len(universe.relations.starts) - 1
        nothing = np.zeros(count)
        about = np.full(count, ALWAYS), np.zeros(count, np.int64), nothing, nothing
        self._add(rows, self._number[s][cells], signs, about)

    def order(self, nesting: Nesting, size: int, scale: float) -> None:
        """Counts that are at most others."""
        for pair in nesting.pairs:
            cells = nesting.cells(*pair)
            one = np.ones(len(cells), np.int64)
            needs = ALWAYS * one
            right = [np.zeros(len(cells)), np.zeros(len(cells))]
            rows, names, signs = [], [], []
            for each, sign in zip(pair, (1, -1), strict=True):
                if each.part == COUNTED:
                    rows.append(np.arange(len(cells)))
                    names.append(self._number[each.s][cells])
                    signs.append(sign * one)
                else:  # known where the row of its series is shown
                    needs = each.u * size + cells
                    right[0] -= sign * nesting.counts[each.part][cells, each.s]
                    right[1] -= sign * nesting.weights[each.part][cells, each.s] / scale
            self._add(_joined(rows), _joined(names), _joined(signs), (needs, one, right[0], right[1]))

    def matrix(self, names: Ints) -> scipy.sparse.csr_array:
        """(rows, counts) of the counts of these names."""
        rows, columns, signs = (_joined([each[i] for each in self._entries]) for i in range(3))
        needs, at_most, counts, weights = (_joined([each[i] for each in self._rows]) for i in range(4))
        self.needs, self.at_most, self.right = needs, at_most > 0, (counts, weights)
        entries = signs.astype(np.float64), (rows, np.searchsorted(names, columns))
        found = scipy.sparse.coo_array(entries, shape=(self._count, len(names))).tocsr()
        found.eliminate_zeros()  # what one count is less itself
        keep = _needed(found, self.needs == ALWAYS, self.at_most)
        self.needs, self.at_most, self.right = needs[keep], self.at_most[keep], (counts[keep], weights[keep])
        return found[keep]


def _needed(matrix: scipy.sparse.csr_array, always: Bools, at_most: Bools) -> Ints:
    """The rows without those that say nothing, that others say too, or that follow from two others."""
    matrix.sort_indices()
    starts = matrix.indptr.tolist()
    of: dict[object, int] = {}
    for row in np.flatnonzero(np.diff(matrix.indptr) > 0).tolist():
        mine = slice(starts[row], starts[row + 1])
        told = matrix.indices[mine].tobytes(), matrix.data[mine].tobytes(), bool(at_most[row])
        of.setdefault(told if always[row] else row, row)
    rows = np.array(list(of.values()), np.int64)
    order = rows[always[rows] & at_most[rows]]
    if not len(order):  # which scipy does not take as numbers of rows and columns
        return np.sort(rows)
    smaller, larger = ((scipy.sparse.csr_array(matrix[order] == sign)).indices for sign in (1, -1))
    size = matrix.shape[1]
    within = scipy.sparse.coo_array((np.ones(len(order)), (smaller, larger)), shape=(size, size)).tocsr()
    between = scipy.sparse.csr_array(within @ within)[smaller, larger] > 0
    return np.sort(np.setdiff1d(rows, order[between]))


def rows_of(relations: Relations, there: Bools) -> Rows:
    """What holds of the values of cells alone. there: (cells) that have somebody."""
    rows, cells, signs = _entries(relations, there)
    shape = len(relations.starts) - 1, len(there)
    matrix = scipy.sparse.coo_array((signs.astype(np.float64), (rows, cells)), shape=shape).tocsr()
    return Rows(matrix, np.zeros(shape[0]), np.zeros(shape[0], np.bool_))


def _entries(relations: Relations, there: Bools) -> tuple[Ints, Ints, Ints]:
    """Rows, cells and signs."""
    rows = np.repeat(np.arange(len(relations.starts) - 1), np.diff(relations.starts))
    mine = there[relations.cells]
    return rows[mine], relations.cells[mine], relations.signs[mine]


def _joined(arrays: Sequence[npt.NDArray[Any]]) -> Ints:
    found: Ints = np.concatenate([np.zeros(0, np.int64), *arrays])
    return found


def _alike(universe: Universe, release: Release) -> dict[int, list[int]]:
    """One of the series of each pattern of counts, with all of them."""
    found: dict[bytes, list[int]] = {}
    for s in universe.series:
        found.setdefault(release.n[:, s].tobytes() + release.weight[:, s].tobytes(), []).append(s)
    return {same[0]: same for same in found.values()}


def _numbers(
    universes: Sequence[Universe],
    release: Release,
    same: Sequence[Sequence[tuple[int, int]]],
    nesting: Nesting,
    alike: Sequence[Mapping[int, Sequence[int]]],
) -> dict[int, Ints]:
    """By series, the number of the count of each cell: the same where the persons are the same."""
    cells = len(release.names)
    edges = [np.zeros((0, 2), np.int64), *nesting.equal(cells)]
    for group in same:
        named: dict[tuple[int, float], int] = {}  # by how many: series of one universe may differ by a few
        for u, c in group:
            for s in universes[u].series:
                persons = int(release.n[c, s]), float(release.weight[c, s])
                edges.append(np.array([[named.setdefault(persons, s * cells + c), s * cells + c]], np.int64))
    for universe, each in zip(universes, alike, strict=True):
        for s in each:
            edges.append(s * cells + _twins(universe.relations, release.n[:, s] > 0))
    first, second = np.concatenate(edges).T
    size = cells * release.n.shape[1]
    _, number = scipy.sparse.csgraph.connected_components(
        scipy.sparse.coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    )
    return {s: number[s * cells : (s + 1) * cells].astype(np.int64) for s in release.series}


def _twins(relations: Relations, there: Bools) -> Ints:
    """(pairs, 2) cells of which a relation says that they are the same."""
    rows, cells, signs = _entries(relations, there)
    many = np.bincount(rows, minlength=len(relations.starts) - 1)
    both = np.bincount(rows, signs, minlength=len(many))
    found: Ints = cells[((many == 2) & (both == 0))[rows]].reshape(-1, 2)
    return found
