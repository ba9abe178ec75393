"""Series that count the same persons, and what of their cells is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts are imported when first used: a fifth of a short run otherwise

from harmonize.protect.relations import Cell, Family
from harmonize.protect.release import Codes, Floats, Release
from harmonize.protect.secondary import FOR_ITSELF, LATENT, NOBODY, SHOWN, Relations, States
from harmonize.tabulate.support import Seen

# costs: of what is also told beside the tables, and of how many persons there are. To hide that number is of no use;
# what else its row tells can be hidden, last of all
LAST, NEVER = 1e30, np.inf
_VAGUE = frozenset({"unknown", "not_applicable"})
_BOUNDS = ("age_group", "age_broad", "sex", "urban_rural")  # of universes


@dataclass
class Universe:
    """Series of a family that count the same persons or nearly so.

    state: (cells) for all of them. cost: (cells) the lowest is suppressed first, NEVER never for its number.
    """

    family: Family
    relations: Relations
    series: list[int]
    state: States
    cost: Floats


def universes_of(
    release: Release, rule: Codes, minimum: int, first: str, told: Collection[tuple[Cell, int]]
) -> Iterator[Universe]:
    """The series of each family in groups that differ by fewer persons than the minimum in every cell.

    rule: (cells, series) by which a cell is suppressed for itself. first: the column of migratory status. told: cells
    and their counts that are told of the whole sample beside the tables.
    """
    informative = np.array([_informative(cell, first) for cell in release.names])
    for family in release.families:
        series = np.array(family.series)
        n = release.n[np.ix_(family.cells, series)]
        near = np.array([(np.abs(n - n[:, [i]]) < minimum).all(axis=0) for i in range(len(series))])
        _, group = scipy.sparse.csgraph.connected_components(near)
        for number in np.unique(group):
            own = [int(s) for s in series[group == number]]
            relations = Relations(release.relations_of(family, own))
            state = np.full(len(release.names), NOBODY, np.uint8)
            state[family.cells[(release.n[family.cells][:, own] > 0).any(axis=1)]] = SHOWN
            state[[cell for cell in family.margin_of if state[cell] == SHOWN]] = LATENT
            state[(rule[:, own] > 0).any(axis=1) & (state == SHOWN)] = FOR_ITSELF
            cost = informative * 1e15 + release.n[:, own].max(axis=1)
            for cell, count in told:
                if cell in release.number and (release.n[release.number[cell], own] == count).any():
                    cost[release.number[cell]] = NEVER if not cell else LAST
            yield Universe(family, relations, own, state, _with_twins(cost, relations, state))


def _with_twins(cost: Floats, relations: Relations, state: States) -> Floats:
    """The cost of each cell, or of the dearest that has the same persons: to suppress one is to suppress the other."""
    pairs = []
    for relation in range(len(relations.starts) - 1):
        cells, signs = relations.of(relation)
        there = state[cells] != NOBODY
        if there.sum() == 2 and signs[there].sum() == 0:
            pairs.append(cells[there])
    if not pairs:
        return cost
    first, second = np.array(pairs, np.int64).T
    _, twins = scipy.sparse.csgraph.connected_components(
        scipy.sparse.coo_array((np.ones(len(first)), (first, second)), shape=(len(cost),) * 2)
    )
    dearest = np.full(twins.max() + 1, -np.inf)
    np.maximum.at(dearest, twins, cost)
    together: Floats = dearest[twins]
    return together


def same_cells(
    universes: Sequence[Universe], release: Release, seen: Seen, minimum: int
) -> list[list[tuple[int, int]]]:
    """(universe, cell) that hold the same persons by what their series are: all of an age, say, count in both.

    Found in the data: one series counts everybody whom the other counts, and of the whole category as many.
    """
    within = release.containing(_BOUNDS)
    n, cells = release.n, len(release.names)
    edges: list[tuple[int, int]] = []
    for a, one in enumerate(universes):
        for b, other in enumerate(universes[:a]):
            both = (one.state <= LATENT) & (other.state <= LATENT)
            for s in one.series:
                for z in other.series:
                    if not (seen.counts_all_of(s, z) or seen.counts_all_of(z, s)):
                        continue
                    for number, inside in within.items():
                        if n[number, s] == n[number, z] >= minimum:
                            edges += [(a * cells + int(c), b * cells + int(c)) for c in inside[both[inside]]]
    if not edges:
        return []
    first, second = np.array(edges, np.int64).T
    size = len(universes) * cells
    _, part = scipy.sparse.csgraph.connected_components(
        scipy.sparse.coo_array((np.ones(len(edges)), (first, second)), shape=(size, size))
    )
    groups: dict[int, list[tuple[int, int]]] = {}
    for node in np.unique([first, second]).tolist():
        groups.setdefault(int(part[node]), []).append(divmod(node, cells))
    return list(groups.values())


def counted_by_numerators(universes: Sequence[Universe], release: Release, minimum: int) -> list[tuple[int, int]]:
    """(universe, other) where the numerator of a share of the first, or the rest of its persons, are those whom the
    other counts, but for fewer than the minimum in any cell: found in the counts, whatever the reason.
    """
    n, x = release.n, release.counts(release.found.n_numerator)
    found = []
    for a, one in enumerate(universes):
        parts = [part for s in one.series for part in (x[:, s], n[:, s] - x[:, s])]
        for b, other in enumerate(universes):
            cells = np.flatnonzero((one.state <= LATENT) | (other.state <= LATENT))
            if a != b and any(
                (np.abs(part[cells] - n[cells, s]) < minimum).all() and n[cells, s].max() >= minimum
                for part in parts
                for s in other.series
            ):
                found.append((a, b))
    return found


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
