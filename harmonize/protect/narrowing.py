"""What suppressed counts can be narrowed by, and the next cell to suppress so that they cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.protect.attack import Equation, System
from harmonize.protect.release import Floats, Ints
from harmonize.protect.secondary import FOR_OTHERS, SHOWN
from harmonize.protect.universes import Universe

Bools = npt.NDArray[np.bool_]
NOT_SAFE = (
    "the tables cannot be protected by suppression",
    "leave out a table of --by, or choose --protect cell-key or round:10",
)


class Safe(NamedTuple):
    """Unknowns that can be as large as they must, as small, and as far apart in weight."""

    above: set[int]
    below: set[int]
    heavy: set[int]


def equations_of(
    u: int, universe: Universe, unknown: Bools, variable: Ints, values: Ints | Floats
) -> Iterator[tuple[bytes, Equation]]:
    """What is published of the values, with what tells equations of the same unknowns.

    u: the number of the universe; unknown: (cells); variable: of each cell.
    """
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


def too_narrow(system: System, wanted: set[int], minimum: int, safe: Safe) -> list[Equation]:
    """What keeps some unknown of a system from being anything from 1 to the minimum - 1.

    safe: where those go that nothing keeps from it: what is suppressed later leaves them yet more room.
    """
    for done, goal, up in ((safe.above, minimum - 1.0, True), (safe.below, 1.0, False)):
        targets = np.flatnonzero(np.isin(system.names, list(wanted - done)))
        met, missed = system.reached(targets, np.full(len(targets), goal), up=up)
        done.update(system.names[targets[met]].tolist())
        if missed >= 0:
            return system.binding(missed, up=up)
    return []


def too_light(system: System, wanted: set[int], width: Mapping[int, float], safe: Safe) -> list[Equation]:
    """What keeps the weighted count of some unknown within less than its width."""
    targets = np.flatnonzero(np.isin(system.names, list(wanted)))
    wide = np.array([width[int(name)] for name in system.names[targets]])
    large, missed = system.reached(targets, system.least(targets) + wide, up=True)
    for at in np.flatnonzero(~large):  # perhaps it can be smaller than when all were
        goal = np.array([system.smallest(int(targets[at])) + wide[at]])
        one, missed = system.reached(targets[[at]], goal, up=True)
        large[at] = one[0]
        if missed >= 0:
            break
    safe.heavy.update(system.names[targets[large]].tolist())
    return [] if large.all() else system.binding(missed, up=True)


def give_room(binding: Sequence[Equation], universes: Sequence[Universe]) -> bool:
    """Suppress the least informative cell that some of the equations know, whose sources are of the universes.

    Whether there was one.
    """
    shown = {
        (universes[u].cost[c], u, int(c))
        for u, relation in (each.source for each in binding)
        for c in universes[u].relations.of(relation)[0]
        if universes[u].state[c] == SHOWN and np.isfinite(universes[u].cost[c])
    }
    if shown:
        _, u, cell = min(shown)
        universes[u].state[cell] = FOR_OTHERS
    return bool(shown)
