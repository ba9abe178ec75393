"""Sums by 50 groups of clusters, for estimates that are no ratio: each group is left out once (a jackknife).

A cluster's group is decided by its name alone, so it is the same whatever the order of rows, files and parts.
Kott (2001), The delete-a-group jackknife, Journal of Official Statistics 17, 521-526.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.key_hashes import key_hashes
from harmonize.readers.written import in_text
from harmonize.tabulate.kinds import Mean
from harmonize.tabulate.state import State
from harmonize.tabulate.strata import plain_name
from harmonize.tabulate.sums import X, Y
from harmonize.tabulate.table import Table

GROUPS = 50
GROUP = "_group"
Ints = npt.NDArray[np.int64]


class GroupedSums:
    """Sums of some series of a run. series: their numbers there, all of them means of amounts."""

    def __init__(
        self, tables: Sequence[Table], series: Sequence[int], means: Mapping[int, Mean], above: Ints, below: Ints
    ) -> None:
        """means, above, below: of the run's series, see Kinds."""
        self.series = list(series)
        own = {i: means[s] for i, s in enumerate(self.series)}
        alone = [replace(table, series=None) for table in tables]
        self.state = State(alone, len(self.series), clustered=True, means=own)
        per = [s for s in self.series if means[s].per is not None]
        self._amounts = np.array([above[s] for s in self.series] + [below[s] for s in per], np.int64)

    def add(
        self,
        starts: Ints,
        design: pl.DataFrame,
        codes: npt.NDArray[np.int32],
        weight: Ints,
        masks: Sequence[npt.NDArray[np.uint64]],
        persons: Ints | None,
        amounts: npt.NDArray[np.uint64],
    ) -> None:
        """Add a batch. design: a row per unit with `_sample` and its GROUP; the rest as State.add has it."""
        own = [bits_of(mask, self.series) for mask in masks]
        chosen = np.ascontiguousarray(amounts[:, self._amounts])
        self.state.add(starts, design.select("_sample", GROUP), (), (GROUP,), codes, weight, own, persons, None, chosen)

    def sums(self, sample: str, cells: Ints) -> tuple[Ints, Ints]:
        """X and Y of a sample by group, (groups, cells, series). cells: their codes. Nothing can be added then."""
        place = {int(code): i for i, code in enumerate(cells)}
        found = np.zeros((2, GROUPS, len(cells), len(self.series)), np.int64)
        for group, code, x, y in self._by_sample.get(sample, ()):
            if code in place:
                found[0, group, place[code]] += x
                found[1, group, place[code]] += y
        return found[0], found[1]

    @cached_property
    def _by_sample(self) -> dict[str, list[tuple[int, int, Ints, Ints]]]:
        """By sample: the group, the cell code, and the sums X and Y by series."""
        names = {number: name for name, number in self.state.clusters.index.items()}
        found: dict[str, list[tuple[int, int, Ints, Ints]]] = {}
        for rows in self.state.stored(self.state.open):
            codes = self.state.cells[rows.cell]
            sums = rows.rows.astype(np.int64)
            for unit, code, own in zip(rows.unit, codes, sums, strict=True):
                sample, group = names[int(unit)]
                found.setdefault(sample, []).append((int(group), int(code), own[:, X], own[:, Y]))
        return found


def bits_of(mask: npt.NDArray[np.uint64], series: Sequence[int]) -> npt.NDArray[np.uint64]:
    """(rows, 1) the bits of these series, at most 64, in their order. mask: (rows, words)."""
    found = np.zeros((len(mask), 1), np.uint64)
    for i, s in enumerate(series):
        word, place = divmod(s, 64)
        found[:, 0] |= ((mask[:, word] >> np.uint64(place)) & np.uint64(1)) << np.uint64(i)
    return found


def group_of(names: pl.Series) -> pl.Series:
    """The group of each cluster by its name, as text."""
    return pl.Series(GROUP, (key_hashes(names) % np.uint64(GROUPS)).astype(np.int64)).cast(pl.String)


def cluster_names(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """The name of each row's cluster as every file format writes it."""
    return in_text(frame, dict.fromkeys(columns)).select(plain_name(columns).fill_null("")).to_series()
