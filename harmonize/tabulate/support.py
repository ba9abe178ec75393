"""What occurs together: categories of two variables in one person, and series that count each other's persons.

A table's cell may be told from others of the same release: all who are born abroad are migrants under another name,
all second generations are native-born, and of those aged 15 and over all natives have come back from abroad or have
not. Such relations are found in the data, series by series, not assumed: whichever hold by definition hold there
too. Only what occurs is kept, no count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from harmonize.tabulate.table import Table

Bools = npt.NDArray[np.bool_]
Sixty4 = npt.NDArray[np.uint64]

#: The persons of a series: all whom it counts; those above the line (in the numerator); the others.
COUNTED, ABOVE, BELOW = range(3)
_GROUPS = 3
_GROUPS_MET = 1 << 12
_ZERO, _ONE, _MIX = np.uint64(0), np.uint64(1), np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Seen:
    """Of one sample. together: (categories, categories, words) the series that count some person who has both, those
    of one column in a row from `start` of it; within: (groups x series, groups x words) the groups of series that have
    everybody who is in a group of a series. Of series there is a bit each, 64 a word.
    """

    start: dict[str, int]
    together: Sixty4
    within: Sixty4

    def of(self, first: str, second: str, series: Iterable[int]) -> Bools:
        """(categories of the first, categories of the second) whether some person whom a series counts has both."""
        wanted = np.zeros(self.together.shape[2], np.uint64)
        for s in series:
            wanted[s // 64] |= np.uint64(1) << np.uint64(s % 64)
        ends = {**self.start, "": len(self.together)}
        after = dict(zip(ends, [*list(ends.values())[1:], len(self.together)], strict=True))
        rows, columns = (slice(self.start[name], after[name]) for name in (first, second))
        either = self.together[rows, columns] | self.together[columns, rows].transpose(1, 0, 2)
        found: Bools = ((either & wanted) != 0).any(axis=2)
        return found

    def counts_all_of(self, larger: int, smaller: int, of: int = COUNTED, part: int = COUNTED) -> bool:
        """Whether the group `of` of the series `larger` has everybody who is in the group `part` of `smaller`."""
        series, words = self.within.shape[0] // _GROUPS, self.within.shape[1] // _GROUPS
        word, place = divmod(larger, 64)
        return bool((int(self.within[part * series + smaller, of * words + word]) >> place) & 1)


class Support:
    """The same of all samples of a run, fed batch by batch. Order of rows, batches and parts does not matter."""

    def __init__(self, tables: Sequence[Table], series: int) -> None:
        self.start: dict[str, int] = {}
        where: list[tuple[int, int, int]] = []
        own: list[npt.NDArray[np.int64]] = []
        size = met = 0
        shortest = sorted((len(table.columns), t) for t, table in enumerate(tables) if not table.standard)
        for _, t in shortest:
            table = tables[t]
            stride = table.size
            for column, values in zip(table.columns, table.categories, strict=True):
                stride //= len(values)
                if column not in self.start:
                    self.start[column] = size
                    where.append((t, table.offset, met))
                    own.append(size + np.arange(table.size) // stride % len(values))
                    size, met = size + len(values), met + table.size
        self._where = np.array(where, np.int64).reshape(-1, 3)
        self._own = np.concatenate([*own, np.zeros(0, np.int64)]).astype(np.uint64)
        self._groups_met = np.zeros((_GROUPS_MET, _GROUPS * max(1, -(-series // 64))), np.uint64)
        self._sample_met = np.full(_GROUPS_MET, -1, np.int64)
        self._size, self._series = size, series
        self._words = max(1, -(-series // 64))
        self.samples: dict[str, int] = {}
        self.together = np.zeros((0, size, size, self._words), np.uint64)
        self.within = np.zeros((0, _GROUPS * series, _GROUPS * self._words), np.uint64)

    def _number(self, sample: str) -> int:
        number = self.samples.setdefault(sample, len(self.samples))
        if number == len(self.together):
            self.together = np.concatenate([self.together, np.zeros((1, *self.together.shape[1:]), np.uint64)])
            every = np.full((1, *self.within.shape[1:]), ~np.uint64(0))
            self.within = np.concatenate([self.within, every])
        return number

    def add(
        self,
        starts: npt.NDArray[np.int64],
        sample: pl.Series,
        codes: npt.NDArray[np.int32],
        masks: Sequence[Sixty4],
    ) -> None:
        """Add a batch. starts: (units + 1) first row of each unit; sample: of each unit; the rest as State.add."""
        names = sample.unique(maintain_order=True).to_list()
        numbers = {name: self._number(name) for name in names}
        of_units = sample.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
        universe, numerator = masks[2], masks[3]
        groups = np.hstack([universe, universe & numerator, universe & ~numerator])
        samples = np.repeat(of_units, np.diff(starts))
        mine = np.zeros(len(self._where), np.uint64)
        _see_together(samples, codes, groups, self._where, self._own, mine, self.together)
        _see_within(samples, groups, self._sample_met, self._groups_met, self.within)

    def join(self, samples: Sequence[str], together: Sixty4, within: Sixty4) -> None:
        """Take in what another part has seen. Raises ValueError for arrays of other tables or series."""
        if together.shape[1:] != self.together.shape[1:] or within.shape[1:] != self.within.shape[1:]:
            raise ValueError("arrays of other tables")
        for name, pairs, series in zip(samples, together, within, strict=True):
            number = self._number(name)
            self.together[number] |= pairs
            self.within[number] &= series

    def of(self, sample: str) -> Seen:
        """What was seen of a sample; of one without a person, nothing."""
        number = self._number(sample)
        return Seen(self.start, self.together[number], self.within[number])


@njit(cache=True, nogil=True)
def _see_together(sample: Any, codes: Any, groups: Any, where: Any, own: Any, mine: Any, together: Any) -> None:
    """where: by column its table, the first code of that and where its cells start in `own`, which has the category.

    mine: room for the category of each column.
    """
    columns, words = where.shape[0], groups.shape[1] // _GROUPS
    for r in range(codes.shape[0]):
        of = np.uint64(sample[r])
        for c in range(columns):
            mine[c] = own[codes[r, where[c, 0]] - where[c, 1] + where[c, 2]]
        for word in range(np.uint64(words)):
            bits = groups[r, word]
            if bits != _ZERO:
                for c in range(columns):
                    for d in range(c):
                        together[of, mine[c], mine[d], word] |= bits


@njit(cache=True, nogil=True)
def _see_within(sample: Any, groups: Any, sample_met: Any, groups_met: Any, within: Any) -> None:
    """sample_met, groups_met: by a hash, whom `within` has already, since most persons are in the groups of others."""
    series, every = within.shape[1] // _GROUPS, groups.shape[1]
    words = every // _GROUPS
    for r in range(groups.shape[0]):
        mixed = np.uint64(sample[r])
        for word in range(every):
            mixed = (mixed ^ groups[r, word]) * _MIX
            mixed ^= mixed >> np.uint64(32)
        at = mixed & np.uint64(_GROUPS_MET - 1)
        known = sample_met[at] == sample[r]
        for word in range(every):
            known &= groups_met[at, word] == groups[r, word]
        if known:
            continue
        sample_met[at] = sample[r]
        for word in range(every):
            bits = groups_met[at, word] = groups[r, word]
            s = (word // words) * series + 64 * (word % words)
            while bits != _ZERO:
                if bits & _ONE:
                    for w in range(every):
                        within[sample[r], s, w] &= groups[r, w]
                bits >>= _ONE
                s += 1
