"""How many rows of a batch hold, by parts of it: each column is gone through once for all that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonize.distinct.group import Group, Outcomes, whole
from harmonize.distinct.lookup import Lookup, counted
from harmonize.distinct.rows import Rows
from harmonize.distinct.values import Codes

Counts = npt.NDArray[np.int64]


class Tally:
    """keys: what the parts are of. part: of each row, its place in them. times: how often a row counts, (rows); once if
    None.
    """

    def __init__(self, rows: Rows, keys: Sequence[tuple[Any, ...]], part: Codes, times: Counts | None = None) -> None:
        self._rows, self.keys, self._part = rows, keys, part
        self._times = np.zeros(0, np.int64) if times is None else times
        self._counts: dict[int, tuple[Codes, Counts]] = {}  # by identity of the index, which is kept for that

    def of(self, group: Group) -> list[tuple[str, Counts]]:
        """How many rows of each part every Boolean expression of the group holds in: its name, and (parts).

        Where combinations of these columns and others were counted, no row is gone through: groups of many columns
        are best asked for first.
        """
        if (found := self._rows.outcomes(group)) is None:
            height = self._rows.height
            table, counts = whole(self._rows.by_row(group)), self._counted(np.arange(height, dtype=np.int32), height)
        else:
            outcomes, lookup = self._in_wider(group, found[1]) or found
            table, counts = lookup.of(outcomes.array), self._by(lookup)
        reach = min(len(table), counts.shape[1])  # no row has what batches beside this one met since
        sums = counts[:, :reach] @ table[:reach]
        return [(name, sums[:, i]) for i, name in enumerate(group.names)]

    def _in_wider(self, group: Group, lookup: Lookup) -> tuple[Outcomes, Lookup] | None:
        return None if id(lookup.index) in self._counts else self._rows.outcomes_in_wider(group, self._counts)

    def _by(self, lookup: Lookup) -> Counts:
        if id(lookup.index) not in self._counts:
            self._counts[id(lookup.index)] = lookup.index, self._counted(lookup.index, lookup.reach)
        return self._counts[id(lookup.index)][1]

    def _counted(self, index: Codes, reach: int) -> Counts:
        return counted(index, reach, self._part, len(self.keys), self._times)
