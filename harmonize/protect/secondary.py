"""Which further cells to suppress, so that no suppressed count can be worked out in one step.

In a relation that has one unknown count, or whose unknown ones leave one of them too little room, the least
informative published cell is suppressed too; and so on until no relation needs it. What can be worked out of several
relations together is for attack.py to find.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from harmonize.protect.relations import Relation

Ints = npt.NDArray[np.int64]
States = npt.NDArray[np.uint8]

#: What a reader sees of a count: it is published; suppressed for itself, or to protect others; no table shows it;
#: nobody is in the cell.
SHOWN, FOR_ITSELF, FOR_OTHERS, LATENT, NOBODY = range(5)


class Relations:
    """Many relations as arrays."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        lengths = [len(each.cells) for each in relations]
        self.starts = np.append(0, np.cumsum(lengths)).astype(np.int64)
        every = [each.cells for each in relations], [each.signs for each in relations]
        self.cells, self.signs = (np.concatenate([np.zeros(0, np.int64), *each]) for each in every)

    def complete(
        self, state: States, counts: Ints, cost: npt.NDArray[np.float64], most: int, least: tuple[int, int]
    ) -> bool:
        """Suppress for others until no relation needs it; changes `state` (cells). Whether anything changed.

        counts: (cells); cost: (cells), the lowest is suppressed first. most: what a cell that is suppressed for itself
        must be possible to be. least: what a reader knows a count to be at least that is suppressed for itself, and
        one that is suppressed for others.
        """
        return bool(_complete(self.starts, self.cells, self.signs, state, counts, cost, most, *least))

    def of(self, relation: int) -> tuple[Ints, Ints]:
        """Cells and signs."""
        mine = slice(self.starts[relation], self.starts[relation + 1])
        return self.cells[mine], self.signs[mine]

    @cached_property
    def with_cell(self) -> dict[int, list[int]]:
        """The relations of each cell."""
        found: dict[int, list[int]] = {}
        for relation in range(len(self.starts) - 1):
            for cell in self.of(relation)[0]:
                found.setdefault(int(cell), []).append(relation)
        return found


@njit(cache=True)
def _complete(
    starts: Any, cells: Any, signs: Any, state: Any, counts: Any, cost: Any, most: int, own_least: int, least: int
) -> bool:
    changed, again = False, True
    while again:
        again = False
        for r in range(starts.shape[0] - 1):
            while _too_little_room(starts[r], starts[r + 1], cells, signs, state, counts, most, own_least, least):
                best = -1
                for i in range(starts[r], starts[r + 1]):
                    c = cells[i]
                    if state[c] == SHOWN and cost[c] < np.inf and (best < 0 or cost[c] < cost[best]):
                        best = c
                if best < 0:
                    break
                state[best] = FOR_OTHERS
                changed = again = True
    return changed


@njit(cache=True)
def _too_little_room(
    start: int, end: int, cells: Any, signs: Any, state: Any, counts: Any, most: int, own_least: int, least: int
) -> bool:
    """Whether a relation alone tells a suppressed count, or bounds one that is suppressed for itself too narrowly."""
    unknown, suppressed, for_itself, sides = 0, 0, 0, 0
    total, known_least = 0, 0
    for i in range(start, end):
        now = state[cells[i]]
        if now in (SHOWN, NOBODY):
            continue
        unknown += 1
        total += counts[cells[i]]
        sides |= 1 if signs[i] > 0 else 2
        if now == FOR_ITSELF:
            for_itself += 1
            suppressed += 1
            known_least += own_least
        elif now == FOR_OTHERS:
            suppressed += 1
            known_least += least
    if suppressed == 0:
        return False
    if unknown == 1:
        return True
    # all on one side: what they add up to is known, and so how large one of them can be at most
    return for_itself > 0 and sides != 3 and total - (known_least - own_least) < most
