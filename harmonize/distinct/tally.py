"""How many rows of a batch hold, by parts of it: each column is gone through once for all that follows from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from harmonize.distinct.group import Group, whole
from harmonize.distinct.kernels import tally
from harmonize.distinct.rows import Rows
from harmonize.distinct.values import Codes

_WAYS = 4
"""Counts that are kept apart and added up, where a code has that many rows and more."""


class Tally:
    """part: of each row, 0 to parts - 1. times: how often a row counts, (rows); once if None."""

    def __init__(self, rows: Rows, part: Codes, parts: int, times: npt.NDArray[np.int64] | None = None) -> None:
        self._rows, self._parts = rows, parts
        self._part = part if parts > 1 else part[:0]
        self._times = np.zeros(0, np.int64) if times is None else times
        self._counts: dict[int, npt.NDArray[np.int64]] = {}

    def of(self, group: Group) -> list[tuple[str, npt.NDArray[np.int64]]]:
        """How many rows of each part every Boolean expression of the group holds in: its name, and (parts)."""
        found = self._rows.outcomes(group)
        table = whole(self._rows.by_row(group)) if found is None else found[1].of(found[0].array)
        counts = self.by(group)
        reach = min(len(table), counts.shape[1])  # no row has what batches beside this one met since
        sums = counts[:, :reach] @ table[:reach]
        return [(name, sums[:, i]) for i, name in enumerate(group.names)]

    def by(self, group: Group) -> npt.NDArray[np.int64]:
        """How many rows of each part have each combination that the group reads, as Lookup.index numbers them; where it
        goes by rows, each row is one. (parts, combinations)."""
        found = self._rows.outcomes(group)
        if found is None:
            return self._counted(np.arange(self._rows.height, dtype=np.int32), self._rows.height)
        index = found[1].index
        if id(index) not in self._counts:
            self._counts[id(index)] = self._counted(index, found[1].reach)
        return self._counts[id(index)]

    def _counted(self, index: Codes, reach: int) -> npt.NDArray[np.int64]:
        ways = _WAYS if _WAYS * reach <= len(index) else 1
        counts = np.zeros((ways, self._parts, reach), np.int64)
        tally(index, self._part, self._times, counts)
        total: npt.NDArray[np.int64] = counts.sum(axis=0)
        return total
