"""The sums of a part of an extract, whose first and last household another part may go on with.

Households between them are whole: where a household is a cluster they are squared at once, as in a run of
everything. The first and the last stay open, as first-order sums by household, and so do all coarse clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.gather import (
    CHUNK,
    add,
    add_replicates,
    add_to_groups,
    groups_of,
    in_groups,
    nothing_yet,
    replicates_of,
)
from harmonize.key_hashes import Hashes, key_hashes
from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.protect.evidence import Evidence
from harmonize.readers import Extract
from harmonize.readers.drawing import KEY, key_of
from harmonize.readers.written import in_text
from harmonize.second_look.kept import Kept
from harmonize.tabulate.state import State

Mask = npt.NDArray[np.bool_]


class Part:
    """body: the sums of the households within the part. ends: those of the first and the last, by household. kept: the
    rows within that are looked at again, kept_of_ends: those of the first and the last household. groups, replicates,
    evidence: of all rows; secret: of the record keys.

    Without a household key a row is a household, which nothing can cut: then all are within the part.
    """

    def __init__(self, plan: Plan, key: Sequence[str], ends: Hashes | None = None) -> None:
        """key: the columns that tell households apart. ends: the hashes of the first and the last household.

        Without `ends` the batches must come in the order of the rows.
        """
        self.body = nothing_yet(plan)
        self.ends = nothing_yet(plan, clustered=True)
        self.kept, self.kept_of_ends = Kept(plan), Kept(plan)
        self.groups = groups_of(plan, self.body)
        self.evidence = Evidence(plan, self.body)
        self.secret = plan.secret
        self.replicates = replicates_of(plan)
        self._plan, self._key = plan, tuple(key)
        self._known = ends
        self._within: list[Hashes] = []
        self._at_ends: list[Hashes] = []
        self._held: tuple[Prepared, Hashes] | None = None

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch of whole households."""
        self.evidence.add(prepared)
        add_replicates(self.replicates, prepared)
        if self.groups:
            prepared = in_groups(self._plan, prepared, batch)
            add_to_groups(self.groups, prepared)
        if not self._key:
            self._put(self.body, self.kept, prepared)
            return
        new = batch["_hh"].ne_missing(batch["_hh"].shift(1)).arg_true()
        heads = in_text(batch.select(self._key)[new], self._key)
        hashes = key_hashes(heads.select(key_of(self._key))[KEY])
        household = np.searchsorted(new.to_numpy(), prepared.starts[:-1], side="right") - 1
        columns = [heads[name].gather(household) for name in self._plan.mapping.keys.household]
        prepared = replace(prepared, design=prepared.design.with_columns(columns))
        if self._known is not None:
            self._split(prepared, hashes, household, np.isin(hashes, self._known))
            return
        at_end = np.zeros(len(hashes), np.bool_)
        at_end[0] = not self._within and not self._at_ends and self._held is None
        self._release(at_end=False)
        if not at_end[-1]:  # whether it is the last of the part only the next batch tells
            last = household == len(hashes) - 1
            self._held = _chosen(prepared, last), hashes[-1:]
            prepared, household = _chosen(prepared, ~last), household[~last]
            hashes, at_end = hashes[:-1], at_end[:-1]
        self._split(prepared, hashes, household, at_end)

    def finish(self) -> None:
        """Say that there are no more batches."""
        self._release(at_end=True)

    def add_households(self, within: Hashes, at_ends: Hashes) -> None:
        """Take in the households of another part, whose sums are joined beside."""
        self._within.append(within)
        self._at_ends.append(at_ends)

    @property
    def households(self) -> Hashes:
        """The hashes of the households within the part, ascending."""
        return _gathered(self._within)

    @property
    def households_at_ends(self) -> Hashes:
        """The hashes of the first and the last."""
        return _gathered(self._at_ends)

    def _release(self, *, at_end: bool) -> None:
        if self._held is not None:
            prepared, hashes = self._held
            self._held = None
            self._split(prepared, hashes, np.zeros(len(prepared.starts) - 1, np.int64), np.array([at_end]))

    def _split(self, prepared: Prepared, hashes: Hashes, household: npt.NDArray[np.int64], at_end: Mask) -> None:
        """Add to the body or the ends. household: of each unit; at_end: of each household."""
        self._within.append(hashes[~at_end])
        self._at_ends.append(hashes[at_end])
        units = at_end[household]
        if units.any():
            design = self._plan.mapping.design
            cluster = (*(design.cluster if self._plan.clustered else ()), *self._plan.mapping.keys.household)
            self._put(self.ends, self.kept_of_ends, _chosen(prepared, units), cluster)
            prepared = _chosen(prepared, ~units)
        if len(prepared.starts) > 1:
            self._put(self.body, self.kept, prepared)

    def _put(self, state: State, kept: Kept, prepared: Prepared, cluster: Sequence[str] | None = None) -> None:
        add(state, self._plan, prepared, cluster)
        if self._plan.coding.keeps:
            kept.put(prepared)


def ends_of(extract: Extract, key: Sequence[str]) -> Hashes:
    """The hashes of the households of the first and the last row, for batches that come in no order."""
    if not key:
        return np.zeros(0, np.uint64)
    first = last = pl.DataFrame(schema=dict.fromkeys(key, pl.String))
    for frame in extract.person_frames(list(key), CHUNK):
        first = first if first.height else frame[:1]
        last = frame[-1:]
    return key_hashes(pl.concat([first, last]).select(key_of(key))[KEY].unique())


def _chosen(prepared: Prepared, units: Mask) -> Prepared:
    """The rows of some units."""
    lengths = np.diff(prepared.starts)
    rows = np.repeat(units, lengths)
    return Prepared(
        np.append(0, np.cumsum(lengths[units])).astype(np.int64),
        prepared.design.filter(pl.Series(units, dtype=pl.Boolean)),
        np.ascontiguousarray(prepared.codes[rows]),
        prepared.weight[rows],
        [mask[rows] for mask in prepared.masks],
        None if prepared.persons is None else prepared.persons[rows],
        None if prepared.fpc is None else prepared.fpc[units],
        np.ascontiguousarray(prepared.amounts[rows]),
        prepared.values[rows],
        None if prepared.stay is None else prepared.stay[rows],
        None if prepared.replicates is None else prepared.replicates[rows],
    )


def _gathered(pieces: Sequence[Hashes]) -> Hashes:
    return np.unique(np.concatenate(pieces)) if pieces else np.zeros(0, np.uint64)
