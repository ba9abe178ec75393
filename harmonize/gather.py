"""Draw an extract in batches of whole households, and hand each to what adds them up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np
import polars as pl

from harmonize.ahead import Behind, ahead
from harmonize.errors import FitError, OtherExtractError
from harmonize.facts import Facts
from harmonize.harmonised.description import SUFFIX
from harmonize.ledger import Ledger
from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.preparing import Preparing
from harmonize.protect.evidence import Evidence
from harmonize.readers import Extract, household_batches
from harmonize.readers.blocks import sound
from harmonize.readers.written import in_text
from harmonize.rules.sample_facts import check_together
from harmonize.second_look.kept import Kept
from harmonize.tabulate.groups import GroupedSums, cluster_names, group_of
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State

CHUNK = 196_608
"""Rows of a batch. The same on every machine: files that are written batch by batch have the same bytes on all."""


class Sums(Protocol):
    """What takes the batches: `prepared`, coded for the state, and the rows `batch` that it was made of."""

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch of whole households."""


Made = TypeVar("Made", bound=Sums)


class Whole:
    """The sums of an extract that is all there."""

    def __init__(self, plan: Plan) -> None:
        self.state = nothing_yet(plan)
        self.kept = Kept(plan)
        self.groups = groups_of(plan, self.state)
        self.evidence = Evidence(plan, self.state)
        self.replicates = replicates_of(plan)
        self._plan = plan

    def add(self, prepared: Prepared, batch: pl.DataFrame) -> None:
        """Add a batch of whole households to the state, and keep what is looked at again."""
        add(self.state, self._plan, prepared)
        self.evidence.add(prepared)
        add_replicates(self.replicates, prepared)
        if self.groups:
            prepared = in_groups(self._plan, prepared, batch)
            add_to_groups(self.groups, prepared)
        if self._plan.coding.keeps:
            self.kept.put(prepared)


def gather(
    plan: Plan,
    extract: Extract,
    facts: Facts,
    begin: Callable[[bool], Made],
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notice: Callable[[str], None],
) -> tuple[Made, Ledger]:
    """All rows of the extract in what `begin` makes, and the counts beside.

    begin: called at the start of a pass; with True where households are scattered, whose batches are in
    no order. One pass, but where a sample turns out late to have asked more than its first batch told
    (see Facts).
    """
    made, ledger = _pass(plan, extract, facts, begin, chunk_size, progress, notice)
    if facts.stale:
        made, ledger = _pass(plan, extract, facts, begin, chunk_size, progress, lambda _: None)
    with naming(extract):
        check_together(plan.mapping, ledger.told)
        if plan.harmoniser.rows not in (None, ledger.rows):
            raise FitError(
                f"{ledger.rows:,} rows, where {SUFFIX} tells of {plan.harmoniser.rows:,}",
                "a part of what `harmonize apply` wrote? Then add --partial, and `harmonize merge` joins the parts; "
                "else run it again",
            )
    return made, ledger


def _pass(
    plan: Plan,
    extract: Extract,
    facts: Facts,
    begin: Callable[[bool], Made],
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notice: Callable[[str], None],
) -> tuple[Made, Ledger]:
    made, ledger = begin(False), Ledger()
    facts.begin()
    batches = ahead(_batches(plan, extract, chunk_size, notice))
    preparing = Preparing(plan, facts)
    with sound([*extract.files, *extract.households_files]), closing(batches), preparing, Behind() as adding:

        def add_first() -> None:
            with naming(extract, ledger):
                try:
                    prepared, batch = preparing.first()
                except FitError:
                    adding.wait()  # what is wrong with rows before comes first
                    raise
                if prepared is not None:
                    adding.do(made.add, prepared, batch)
            if progress:
                progress(ledger.rows, extract.progress)

        def read() -> Iterator[tuple[bool, pl.DataFrame]]:
            try:
                yield from batches
            except Exception:
                while preparing:  # so it does here, however many are prepared at once
                    add_first()
                with naming(extract, ledger):
                    adding.wait()
                raise

        for again, batch in read():
            while preparing and (again or preparing.full):
                add_first()
            if again:
                adding.wait()
                made, ledger = begin(True), Ledger(regrouped=True)
                facts.begin()
            preparing.begin(batch, ledger)
        while preparing:
            add_first()
        with naming(extract, ledger):
            adding.wait()
    ledger.finish()
    return made, ledger


def _batches(
    plan: Plan, extract: Extract, chunk_size: int, notice: Callable[[str], None]
) -> Iterator[tuple[bool, pl.DataFrame]]:
    """The batches, each with whether it is the first of rows that are given from the beginning again."""
    again = False

    def restart() -> None:
        nonlocal again
        again = True

    columns, key = plan.harmoniser.columns, household_key(plan, extract)
    for batch in household_batches(
        extract, columns, key, chunk_size=chunk_size, notice=notice, restart=restart, numbers=plan.as_numbers
    ):
        yield again, batch
        again = False


def nothing_yet(plan: Plan, *, clustered: bool | None = None) -> State:
    """A state without a row. clustered: as the plan says if None."""
    fpc = plan.mapping.design.fpc
    column = (fpc.column if fpc else None) or ""
    coarse = plan.clustered if clustered is None else clustered
    return State(plan.tables, len(plan.series), clustered=coarse, fpc_column=column, means=plan.coding.means)


def add(state: State, plan: Plan, prepared: Prepared, cluster: Sequence[str] | None = None) -> None:
    """Add a batch to a state. cluster: the columns of the cluster, as in the plan if None."""
    design = plan.mapping.design
    state.add(
        prepared.starts, prepared.design, design.stratum, design.cluster if cluster is None else cluster,
        prepared.codes, prepared.weight, prepared.masks, prepared.persons, prepared.fpc,
        prepared.amounts,
    )  # fmt: skip


def groups_of(plan: Plan, state: State) -> GroupedSums | None:
    """Sums by groups of clusters, where a series takes them. state: of the run, for how its series add up."""
    series = plan.coding.in_groups
    if not series:
        return None
    return GroupedSums(plan.tables, series, plan.coding.means, state.kinds.above, state.kinds.below)


def replicates_of(plan: Plan) -> ReplicateSums | None:
    """Sums by replicate weight, where the design has them: not of the series whose error is of groups of clusters."""
    design, coding = plan.mapping.design.replicate, plan.coding
    if design is None:
        return None
    return ReplicateSums(
        plan.tables, len(plan.series), len(design.columns), means=coding.means, left_out=coding.in_groups
    )


def add_replicates(sums: ReplicateSums | None, prepared: Prepared) -> None:
    """Add a batch, where there is something to add it to."""
    if sums is not None and prepared.replicates is not None:
        sums.add(
            prepared.starts, prepared.design, prepared.codes, prepared.masks, prepared.replicates, prepared.amounts
        )


def in_groups(plan: Plan, prepared: Prepared, batch: pl.DataFrame) -> Prepared:
    """The batch with the group of each unit's cluster. batch: its rows with `_hh`, each household's in one run."""
    design = prepared.design.with_columns(group_of(_clusters(plan, prepared, batch)))
    return replace(prepared, design=design)


def add_to_groups(groups: GroupedSums, prepared: Prepared) -> None:
    """Add a batch with the groups of its units."""
    groups.add(
        prepared.starts, prepared.design, prepared.codes, prepared.weight, prepared.masks, prepared.persons,
        prepared.amounts,
    )  # fmt: skip


def _clusters(plan: Plan, prepared: Prepared, batch: pl.DataFrame) -> pl.Series:
    """The name of the cluster of each unit."""
    design, key = plan.mapping.design, plan.mapping.keys.household
    if design.cluster:
        return cluster_names(prepared.design, (*design.stratum, *design.cluster))
    if key:
        new = batch["_hh"].ne_missing(batch["_hh"].shift(1)).arg_true()
        household = np.searchsorted(new.to_numpy(), prepared.starts[:-1], side="right") - 1
        return cluster_names(in_text(batch.select(key)[new], key), key).gather(household)
    # rows without names: what they add up to tells them apart, if anything does
    told = pl.DataFrame(prepared.codes).with_columns(pl.Series("weight", prepared.weight))
    return told.select(pl.concat_str(pl.all().cast(pl.String), separator=" ")).to_series()


def forget_unasked(plan: Plan, ledger: Ledger, facts: Facts) -> None:
    """Take what a sample of a pooled extract was not asked out of the unmapped codes."""
    for sample, _, _ in ledger.samples:
        if plan.pooled:
            ledger.forget_blanks(sample, facts.absent(sample))


def household_key(plan: Plan, extract: Extract) -> tuple[str, ...]:
    """The columns that tell households apart: in a pooled extract, within each sample."""
    key = plan.mapping.keys.household
    if not key or extract.households_files:
        return key
    return tuple(dict.fromkeys((*plan.mapping.sample.columns, *key)))


@contextmanager
def naming(extract: Extract, ledger: Ledger | None = None) -> Iterator[None]:
    """Say of which files it is that something does not fit, and that rows are not the file's where they were sorted."""
    try:
        yield
    except FitError as error:
        if ledger is not None and ledger.regrouped and " row " in error.message:
            error.message += "; rows are counted as sorted by household"
        error.message = f"{', '.join(path.name for path in extract.files)}: {error.message}"
        if isinstance(error, OtherExtractError):
            error.columns = tuple(extract.columns)
        raise
