"""Tables that agree with a release, found on the way: what they show to be possible needs no further search."""

from __future__ import annotations

import numpy as np

from harmonize.protect.attack import Bools, Floats, Ints

MOST = 40  # tables kept; with more, fewer searches and larger sums


class Tables:
    """values: (tables, counts). What lies between two tables that agree with a release agrees with it too."""

    def __init__(self, truth: Floats) -> None:
        """truth: (counts)."""
        self.values = truth[None, :]
        self.searches = 0

    def add(self, names: Ints, found: Floats) -> None:
        """A table with other values of some counts."""
        self.searches += 1
        one = self.values[:1].copy()
        one[0, names] = found
        self.values = np.concatenate([self.values, one])

    def with_known(self, counts: Ints, truth: Floats) -> Tables:
        """Tables, of those and of what lies between two, in which some counts are as they are in truth."""
        made = Tables(truth)
        made.values = self._extremes()
        for count in counts:
            of = made.values[:, count]
            low, high = made.values[of <= truth[count]], made.values[of >= truth[count]]
            wide = high[:, count] - low[:, [count]]
            share = np.where(wide > 0, (truth[count] - low[:, [count]]) / np.where(wide > 0, wide, 1), 0)
            between = (1 - share)[:, :, None] * low[:, None, :] + share[:, :, None] * high[None, :, :]
            made.values = between.reshape(-1, len(truth))
            made.values = np.concatenate([truth[None, :], made._extremes()])
        return made

    def _extremes(self) -> Floats:
        """The tables that have most of the largest and smallest values."""
        ends = np.append(self.values.argmax(axis=0), self.values.argmin(axis=0))
        rows, many = np.unique(ends, return_counts=True)
        found: Floats = self.values[rows[np.argsort(-many, kind="stable")[:MOST]]]
        return found

    def reach(self, least: Floats, most: Floats) -> tuple[Bools, Bools]:
        """(counts) which of them are as small as `least` in some table, and as large as `most`."""
        return self.values.min(axis=0) <= least, self.values.max(axis=0) >= most

    def wide(self, width: Floats) -> Bools:
        """(counts) which of them have values as far apart as `width`."""
        found: Bools = self.values.max(axis=0) - self.values.min(axis=0) >= width
        return found
