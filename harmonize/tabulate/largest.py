"""The two largest contributions of a person to the sum of an amount in each cell, for the rule of dominance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

Ints = npt.NDArray[np.int64]
Sixty4 = npt.NDArray[np.uint64]


class Largest:
    """Of some series of a run, fed batch by batch; only cells that somebody is in take room."""

    def __init__(self, places: Mapping[int, int], cells: int) -> None:
        """places: series -> the place of its amount among those of a person (see Kinds). cells: how many codes."""
        self.series = list(places)
        self._series = np.array(self.series, np.int64)
        self._places = np.array([places[s] for s in self.series], np.int64)
        self.samples: dict[str, int] = {}
        self._dense = np.full(cells if self.series else 0, -1, np.int32)
        self._used = 0
        self.two = np.zeros((0, 64, len(self.series), 2), np.uint64)

    def _number(self, sample: str) -> int:
        number = self.samples.setdefault(sample, len(self.samples))
        if number == len(self.two):
            self.two = np.concatenate([self.two, np.zeros((1, *self.two.shape[1:]), np.uint64)])
        return number

    def _make_room(self, codes: npt.NDArray[np.integer[Any]]) -> None:
        fresh = np.unique(codes)
        fresh = fresh[self._dense[fresh] < 0]
        self._dense[fresh] = np.arange(self._used, self._used + len(fresh))
        self._used += len(fresh)
        room = self.two.shape[1]
        if self._used > room:
            wide = np.zeros((len(self.two), max(2 * room, self._used), *self.two.shape[2:]), np.uint64)
            wide[:, :room] = self.two
            self.two = wide

    def add(
        self,
        starts: Ints,
        sample: pl.Series,
        codes: npt.NDArray[np.int32],
        weight: Ints,
        universe: Sixty4,
        amounts: Sixty4,
    ) -> None:
        """Add a batch. sample: of each unit; the rest as State.add has it."""
        if not self.series:
            return
        numbers = {name: self._number(name) for name in sample.unique(maintain_order=True).to_list()}
        of_units = sample.replace_strict(numbers, return_dtype=pl.Int64).to_numpy()
        self._make_room(codes)
        _keep(
            np.repeat(of_units, np.diff(starts)), codes, self._dense, weight.astype(np.uint64), universe, amounts,
            self._series, self._places, self.two,
        )  # fmt: skip

    def stored(self) -> tuple[Ints, Sixty4]:
        """The cell codes (n) that somebody is in, and (samples, n, series, 2) the two largest of each."""
        codes = np.flatnonzero(self._dense >= 0)
        return codes, self.two[:, self._dense[codes]]

    def join(self, samples: Sequence[str], codes: Ints, two: Sixty4) -> None:
        """Take in what `stored` gives of another part, and the names of its samples."""
        if not self.series:
            return
        self._make_room(codes)
        at = self._dense[codes]
        for name, own in zip(samples, two, strict=True):
            number = self._number(name)
            every = np.sort(np.concatenate([self.two[number, at], own], axis=-1), axis=-1)
            self.two[number, at] = every[..., :-3:-1]

    def of(self, sample: str, cells: Ints) -> dict[int, Sixty4]:
        """Series -> the largest weighted amount of one person in each of the cells, by their codes."""
        if not self.series or sample not in self.samples:
            return {}
        at = self._dense[cells]
        largest = np.where(at[:, None] >= 0, self.two[self.samples[sample]][at, :, 0], np.uint64(0))
        return {s: largest[:, i] for i, s in enumerate(self.series)}


@njit(cache=True, nogil=True)
def _keep(
    sample: Any, codes: Any, dense: Any, weight: Any, universe: Any, amounts: Any, series: Any, places: Any, two: Any
) -> None:
    one = np.uint64(1)
    for r in range(codes.shape[0]):
        for i in range(series.shape[0]):
            s = series[i]
            if (universe[r, s // 64] >> np.uint64(s % 64)) & one != one:
                continue
            part = weight[r] * amounts[r, places[i]]
            for t in range(codes.shape[1]):
                kept = two[sample[r], dense[codes[r, t]], i]
                if part > kept[0]:
                    kept[1] = kept[0]
                    kept[0] = part
                elif part > kept[1]:
                    kept[1] = part
