"""What suppressed counts can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from harmonize.protect.attack import NEAR, Missed, System
from harmonize.protect.release import Floats, Ints

Bools = npt.NDArray[np.bool_]
NOT_SAFE = (
    "the tables cannot be protected by suppression",
    "leave out a table of --by, or choose --protect cell-key or round:10",
)


class Safe:
    """(counts) those that can be as large as they must, as small, and as far apart in weight."""

    def __init__(self, counts: int) -> None:
        self.above, self.below, self.heavy = (np.zeros(counts, np.bool_) for _ in range(3))


class Ends:
    """(counts) as small and as large as each must be possible to be: 1 and the minimum - 1, or what rows that are there
    tell with their flags alone.

    A margin that has rows below it has as many persons as they have at least, whatever is suppressed; and a row below
    one of fewer than the minimum has fewer than it.
    """

    def __init__(self, counts: int, minimum: int, if_all_were_hidden: Sequence[System] = ()) -> None:
        """if_all_were_hidden: the release if it showed which rows are there, and which are small, and no number."""
        self.least, self.most = np.ones(counts), np.full(counts, minimum - 1.0)
        self._system: dict[int, System] = {}
        for system in if_all_were_hidden:
            least = system.at_least()
            self.least[system.names] = np.maximum(1, least)
            self.most[system.names] = np.minimum(minimum - 1, system.at_most(least))
            self._system |= dict.fromkeys(system.names.tolist(), system)

    def of(self, names: Ints, *, up: bool) -> Floats:
        """Those of some counts, the largest or the smallest."""
        return (self.most if up else self.least)[names]

    def as_told(self, missed: Missed) -> bool:
        """Whether all rows together tell more of a count than one row after the other told; then its end is moved."""
        system = self._system.get(missed.name)
        if system is None:
            return False
        place = int(np.searchsorted(system.names, missed.name))
        return self._moved(missed, system.end(place, up=missed.up))

    def as_reached(self, missed: Missed) -> bool:
        """Take what a count can be where no suppression makes it more; False if the relations alone tell too much."""
        alone = missed.system.by_relations_alone().end(missed.target, up=missed.up)
        end = self.of(np.array([missed.name]), up=missed.up)[0]
        if alone < end - NEAR if missed.up else alone > end + NEAR:
            return False
        return self._moved(missed, missed.value)

    def _moved(self, missed: Missed, end: float) -> bool:
        ends, name = self.most if missed.up else self.least, missed.name
        before, ends[name] = ends[name], min(ends[name], end) if missed.up else max(ends[name], end)
        return bool(abs(ends[name] - before) > NEAR)


def too_narrow(system: System, wanted: Bools, safe: Safe, ends: Ends) -> Missed | None:
    """The first count of a system that cannot be anything between its ends.

    wanted: (counts). safe: where those go that nothing keeps from it: what is suppressed later leaves them yet more
    room.
    """
    for done, up in ((safe.above, True), (safe.below, False)):
        while True:
            targets = np.flatnonzero((wanted & ~done)[system.names])
            names = system.names[targets]
            met, missed = system.reached(targets, ends.of(names, up=up), up=up)
            done[names[met]] = True
            if missed is None:
                break
            if not ends.as_told(missed):
                return missed
    return None


def too_light(system: System, wanted: Bools, width: Floats, safe: Safe) -> Missed | None:
    """The first unknown whose weighted count is known to less than its width. wanted, width: (counts)."""
    targets = np.flatnonzero(wanted[system.names])
    names = system.names[targets]
    wide, missed = system.wide(targets, width[names])
    safe.heavy[names[wide]] = True
    return missed
