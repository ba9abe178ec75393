"""Sums of record keys by sample, cell and series, for the cell-key method: modulo 2^32, so in any order.

One sum is over the persons who are counted, one over those of them who are in the numerator: of a series that is
a mean of an amount, or counts something, those who add to its `n_numerator`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from harmonize.tabulate.kinds import Kinds
from harmonize.tabulate.limbs import ONE, ZERO

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]
UNIVERSE, NUMERATOR = 0, 1


class SavedRecordSums(NamedTuple):
    """samples: names. cells: (k) codes. sums: (samples, k, series, 2) of UNIVERSE and NUMERATOR."""

    samples: list[str]
    cells: npt.NDArray[np.int32]
    sums: Keys


class RecordSums:
    """The sums of a run, or of a part of an extract."""

    def __init__(self, cells: int, kinds: Kinds) -> None:
        """cells: how many cell codes there are; kinds: of the run's series, with its tables."""
        self.kinds = kinds
        self._samples: dict[str, int] = {}
        self._dense = np.full(cells, -1, np.int32)  # place of each cell code in the sums, -1 of one not met
        self._cells = np.zeros(0, np.int32)
        self._sums = np.zeros((0, 0, len(kinds.above), 2), np.uint32)

    def add(
        self,
        starts: Ints,
        samples: pl.Series,
        codes: npt.NDArray[np.int32],
        masks: Sequence[npt.NDArray[np.uint64]],
        persons: Ints | None,
        amounts: npt.NDArray[np.uint64],
        keys: Keys,
    ) -> None:
        """Add a batch. samples: the sample of each unit; keys: (rows), see record_keys; the rest as State.add has it.

        A row that stands for many persons has one key, which counts once; for nobody, none.
        """
        sample = np.repeat(self._numbers(samples), np.diff(starts))
        met = np.unique(codes)
        self._make_room(met)
        there = np.ones(len(keys), np.bool_) if persons is None else persons > 0
        base, _, universe, numerator = masks
        _add(sample, codes, self._dense, there, base, universe, numerator, amounts, self.kinds, keys, self._sums)

    def of(self, sample: str, cells: Ints) -> tuple[Keys, Keys]:
        """The sums of universe and numerator, each (cells, series). cells: codes; 0 of a cell that nobody is in."""
        found = np.zeros((len(cells), *self._sums.shape[2:]), np.uint32)
        place = self._dense[cells]
        if sample in self._samples:
            found[place >= 0] = self._sums[self._samples[sample], place[place >= 0]]
        return found[:, :, UNIVERSE], found[:, :, NUMERATOR]

    def join(self, saved: SavedRecordSums) -> None:
        """Add the sums of another part."""
        numbers = self._numbers(pl.Series(saved.samples, dtype=pl.String))
        self._make_room(saved.cells)
        self._sums[np.ix_(numbers, self._dense[saved.cells])] += saved.sums

    def saved(self) -> SavedRecordSums:
        """What `join` takes; the same of the same persons, in whatever order they came."""
        names, cells = sorted(self._samples), np.sort(self._cells)
        numbers = np.array([self._samples[name] for name in names], np.int64)
        return SavedRecordSums(names, cells, self._sums[np.ix_(numbers, self._dense[cells])])

    def _numbers(self, samples: pl.Series) -> Ints:
        """The number of each name."""
        names = samples.unique(maintain_order=True)
        numbers = [self._samples.setdefault(name, len(self._samples)) for name in names]
        if not names.len():
            return np.zeros(0, np.int64)
        return samples.replace_strict(names, numbers, return_dtype=pl.Int64).to_numpy()

    def _make_room(self, met: npt.NDArray[np.int32]) -> None:
        """Room for all samples and these cells. The cells keep their places."""
        fresh = met[self._dense[met] < 0]
        known = len(self._cells)
        self._dense[fresh] = known + np.arange(len(fresh), dtype=np.int32)
        self._cells = np.concatenate([self._cells, fresh.astype(np.int32)])
        samples, room = self._sums.shape[:2]
        if len(self._samples) > samples or len(self._cells) > room:
            room = max(room, len(self._cells), min(2 * room, len(self._dense)))
            wide = np.zeros((len(self._samples), room, *self._sums.shape[2:]), np.uint32)
            wide[:samples, : self._sums.shape[1]] = self._sums
            self._sums = wide


@njit(cache=True, nogil=True)
def _add(
    sample: Any, codes: Any, dense: Any, there: Any, base: Any, universe: Any, numerator: Any, amounts: Any,
    kinds: Any, keys: Any, sums: Any,
) -> None:  # fmt: skip
    """Add each row's key to its cells, as the kernel counts its persons."""
    above, counts, asked = kinds.above, kinds.counts, kinds.asked
    which = np.zeros(64 * base.shape[1], np.int64)
    adds = np.zeros(64 * base.shape[1], np.bool_)  # whether the person is in the numerator
    for r in range(codes.shape[0]):
        if not there[r]:
            continue
        met = 0
        for word in range(base.shape[1]):
            bits, v = base[r, word] & universe[r, word], numerator[r, word]
            s = 64 * word
            while bits != ZERO:
                if bits & ONE:
                    which[met] = s
                    adds[met] = amounts[r, above[s]] != ZERO if counts[s] else v & ONE != ZERO
                    met += 1
                bits, v = bits >> ONE, v >> ONE
                s += 1
        for t in range(codes.shape[1]):
            here = sums[sample[r], dense[codes[r, t]]]
            for i in range(met):
                if not asked[t, which[i]]:
                    continue
                here[which[i], UNIVERSE] = np.uint32(here[which[i], UNIVERSE] + keys[r])
                if adds[i]:
                    here[which[i], NUMERATOR] = np.uint32(here[which[i], NUMERATOR] + keys[r])
