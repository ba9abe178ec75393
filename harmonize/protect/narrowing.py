"""What suppressed counts can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from harmonize.protect.attack import NEAR, System
from harmonize.protect.release import Floats, Ints

Bools = npt.NDArray[np.bool_]
NOT_SAFE = (
    "the tables cannot be protected by suppression",
    "leave out a table of --by, or choose --protect cell-key or round:10",
)
NOTHING = np.zeros(0, np.int64)


class Safe:
    """(counts) those that can be as large as they must, as small, and as far apart in weight."""

    def __init__(self, counts: int) -> None:
        self.above, self.below, self.heavy = (np.zeros(counts, np.bool_) for _ in range(3))


class Floors:
    """(counts) as small as each must be possible to be: 1, or what the presence of rows alone tells.

    A margin that has rows below it has as many persons as they have at least, whatever is suppressed.
    """

    def __init__(self, counts: int, if_all_were_hidden: Sequence[System] = ()) -> None:
        """if_all_were_hidden: the release if it showed that rows are there, and no number."""
        self.least = np.ones(counts)
        self._system: dict[int, System] = {}
        for system in if_all_were_hidden:
            self.least[system.names] = np.maximum(1, system.at_least())
            self._system |= dict.fromkeys(system.names.tolist(), system)

    def raised(self, name: int) -> bool:
        """Whether all rows together tell that a count is more than one row after the other told; then it is higher."""
        system = self._system.get(name)
        if system is None:
            return False
        before = self.least[name]
        self.least[name] = max(before, system.smallest(int(np.searchsorted(system.names, name))))
        return bool(self.least[name] > before + NEAR)


def too_narrow(system: System, wanted: Bools, minimum: int, safe: Safe, floors: Floors) -> Ints:
    """The rows that keep some count of a system from being anything from its floor to the minimum - 1.

    wanted: (counts). safe: where those go that nothing keeps from it: what is suppressed later leaves them yet more
    room.
    """
    for done, up in ((safe.above, True), (safe.below, False)):
        while True:
            targets = np.flatnonzero((wanted & ~done)[system.names])
            names = system.names[targets]
            goal = np.full(len(targets), minimum - 1.0) if up else floors.least[names]
            met, missed, rows = system.reached(targets, goal, up=up)
            done[names[met]] = True
            if missed < 0:
                break
            if up or not floors.raised(int(system.names[missed])):
                return rows
    return NOTHING


def too_light(system: System, wanted: Bools, width: Floats, safe: Safe) -> Ints:
    """The rows that keep the weighted count of some unknown within less than its width. wanted, width: (counts)."""
    targets = np.flatnonzero(wanted[system.names])
    names = system.names[targets]
    wide, rows = system.wide(targets, width[names])
    safe.heavy[names[wide]] = True
    return rows
