"""What suppressed counts can be narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.errors import FitError
from harmonize.protect.attack import NEAR, Missed, System
from harmonize.protect.release import Floats, Ints

Bools = npt.NDArray[np.bool_]
NOT_SAFE = (
    "the tables cannot be protected by suppression",
    "leave out a table of --by, or choose --protect cell-key or round:10",
)


class Safe:
    """(counts) those that can be as large as they must, as small, and as far apart in weight.

    missed: those that once could not, by whether they were to be large.
    """

    def __init__(self, counts: int) -> None:
        self.above, self.below, self.heavy = (np.zeros(counts, np.bool_) for _ in range(3))
        self.missed = {up: np.zeros(counts, np.bool_) for up in (False, True)}


class Ends:
    """(counts) as small and as large as each must be possible to be: as promised, or what rows that are there tell with
    their flags alone.

    A margin that has rows below it has as many persons as they have at least, whatever is suppressed; and a row below
    one of fewer than the minimum has fewer than it.
    """

    def __init__(self, least: Floats, most: Floats, if_all_were_hidden: Sequence[System] = ()) -> None:
        """least, most: as promised. if_all_were_hidden: the release if it showed rows and their flags, and no number
        that can be hidden.
        """
        self._promised = least, most
        self.least, self.most = least.copy(), most.copy()
        self._system: dict[int, System] = {}
        self._told: dict[tuple[int, bool], float] = {}
        for system in if_all_were_hidden:
            known = system.at_least()
            self.least[system.names] = np.maximum(self.least[system.names], known)
            self.most[system.names] = np.minimum(self.most[system.names], system.at_most(known))
            self._system |= dict.fromkeys(system.names.tolist(), system)

    def of(self, names: Ints, *, up: bool) -> Floats:
        """Those of some counts, the largest or the smallest."""
        return (self.most if up else self.least)[names]

    def as_told(self, missed: Missed) -> float:
        """The end of a count that all rows together tell, where they tell more than one row after the other told."""
        key, system = (missed.name, missed.up), self._system.get(missed.name)
        if key not in self._told and system is not None:
            self._told[key] = system.end(int(np.searchsorted(system.names, missed.name)), up=missed.up)
        if key in self._told:
            self._moved(missed, self._told[key])
        return float((self.most if missed.up else self.least)[missed.name])

    def as_reached(self, missed: Missed) -> bool:
        """Take what a count can be, where no suppression makes it more."""
        return self._moved(missed, missed.value)

    def short(self, missed: Missed) -> bool:
        """Whether a count can be less than was promised."""
        least, most = self._promised
        end = float((most if missed.up else least)[missed.name])
        return missed.value < end - NEAR if missed.up else missed.value > end + NEAR

    def _moved(self, missed: Missed, end: float) -> bool:
        ends, name = self.most if missed.up else self.least, missed.name
        before, ends[name] = ends[name], min(ends[name], end) if missed.up else max(ends[name], end)
        return bool(abs(ends[name] - before) > NEAR)


def give_room(missed: Sequence[Missed], ends: Ends, suppress: Callable[[Sequence[Missed]], bool]) -> None:
    """Suppress something that each count is narrowed by; where nothing is left to, take what it can be.

    What rows and flags tell beside the relations may be past hiding. What the relations alone tell may not: FitError.
    suppress: whether there was something.
    """
    if suppress(missed):
        return
    alone = [each for each in (one.by_relations_alone() for one in missed) if ends.short(each)]
    if suppress(alone):
        return
    taken = [ends.as_reached(each) for each in missed]
    if alone or not any(taken):
        raise FitError(*NOT_SAFE)


def too_narrow(system: System, wanted: Bools, safe: Safe, ends: Ends) -> Missed | None:
    """The first count of a system that cannot be anything between its ends.

    wanted: (counts). safe: where those go that nothing keeps from it: what is suppressed later leaves them yet more
    room.
    """
    for done, up in ((safe.above, True), (safe.below, False)):
        targets = np.flatnonzero((wanted & ~done)[system.names])
        names = system.names[targets]
        again = bool(safe.missed[up][names[:1]].any())
        met, missed = system.reached(targets, ends.of(names, up=up), ends.as_told, up=up, alone=again)
        done[names[met]] = True
        if missed is not None:
            safe.missed[up][missed.name] = True
            return missed
    return None


def too_light(system: System, wanted: Bools, width: Floats, safe: Safe) -> Missed | None:
    """The first unknown whose weighted count is known to less than its width. wanted, width: (counts)."""
    targets = np.flatnonzero(wanted[system.names])
    names = system.names[targets]
    wide, missed = system.wide(targets, width[names])
    safe.heavy[names[wide]] = True
    return missed
