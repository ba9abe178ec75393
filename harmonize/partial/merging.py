"""From the states of all parts of an extract to its estimates: `merge`. No row of the extract is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from harmonize.errors import FitError
from harmonize.estimate.reliability import USUAL, Reliability
from harmonize.estimate.taylor import Singleton
from harmonize.facts import Facts
from harmonize.gather import forget_unasked, groups_of, nothing_yet, replicates_of
from harmonize.harmonised.description import Description
from harmonize.harmonised.reading import harmoniser_of, mapping_of, one_description
from harmonize.ledger import Ledger
from harmonize.options import Options
from harmonize.partial.agreement import (
    households_in_all,
    in_one_order,
    refuse_cut_households,
    refuse_missing_parts,
    refuse_other_facts,
    refuse_other_options,
    refuse_parts_twice,
    refuse_scattered,
)
from harmonize.partial.kept_rows import kept_of_all
from harmonize.partial.record_sums import record_sums_of_all
from harmonize.partial.state_file import StateFile
from harmonize.pipeline import Notices, check_formats
from harmonize.plan import Plan
from harmonize.plan_notices import notices
from harmonize.protect.evidence import Evidence
from harmonize.protect.protection import Protection, as_protection
from harmonize.publishing import Found, RunResult, publish
from harmonize.second_look.kept import Kept
from harmonize.shown import Shown, refuse_totals_with_noise
from harmonize.tabulate.groups import GroupedSums
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State, refuse_too_large
from harmonize.tabulate.sums import HOUSEHOLDS, N
from harmonize.words.words import ENGLISH
from harmonize.writers.delivery import Delivery
from harmonize.writers.sdmx.dsd import dsd_of


@dataclass(frozen=True)
class _Header:
    """The columns that the parts had; no label or type of them is needed any more."""

    files: list[Path]
    columns: list[str]
    decimals: dict[str, int]
    numeric: set[str] | None
    labels: dict[str, dict[str, str]]


def merge(
    states: Sequence[Path],
    out: Path,
    *,
    formats: Sequence[str] = ("csv", "parquet"),
    protect: Protection | str = "suppress",
    singleton: Singleton = "centered",
    level: float = 95,
    reliability: Reliability = USUAL,
    totals: bool = False,
    dsd: Path | None = None,
    lang: str = ENGLISH,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> RunResult:
    """Join the states of all parts and write to `out` what `tabulate` of everything at once writes.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    check_formats(formats)
    definition = dsd_of(formats, dsd)
    protection = as_protection(protect)
    refuse_totals_with_noise(totals, protection)
    started = time.perf_counter()
    with ExitStack() as stack:
        files = in_one_order([stack.enter_context(StateFile(Path(path))) for path in states])
        plan, facts = _agreed(files)
        delivery = stack.enter_context(Delivery(Path(out)))
        notice = Notices(tell, notices(plan, files[0].head.by))
        with _naming(files):
            sums = added_up(plan, files, progress)
        ledger = counted(files)
        forget_unasked(plan, ledger, facts)
        inputs = [entry for file in files for entry in file.head.inputs]
        allowed = files[0].head.allow_unmapped
        shown = Shown(formats, protection, singleton, level, allowed, reliability, totals, definition, lang)
        found = Found(plan, *sums, ledger, facts, inputs, {}, None)
        return publish(found, delivery, shown, notice.texts, notice.texts, started)


def _agreed(files: Sequence[StateFile]) -> tuple[Plan, Facts]:
    """What all parts were tabulated by. Raises FitError where they are not parts of one extract, see agreement."""
    refuse_other_options(files)
    told = one_description([Description(file.head.description, file.path) for file in files])
    refuse_parts_twice(files)
    head = files[0].head
    header = _Header([file.path for file in files], head.columns, head.decimals, None, {})
    plan = Plan.make(
        mapping_of(told), header, head.by, head.indicators, harmoniser_of(told, header), Options.of(head.options)
    )
    facts = plan.facts()
    for file in files:
        for sample in file.head.facts:
            facts.tell(sample, file.head.seen(sample))
    refuse_other_facts(files, facts)
    refuse_scattered(files)
    refuse_missing_parts(files)
    by_head = [key for key in plan.by_head if any(key in facts.plan_of(sample).masks for sample in _samples(files))]
    if by_head:
        refuse_cut_households(files, by_head[0][0])
    return plan, facts


def _samples(files: Sequence[StateFile]) -> list[str]:
    return sorted({sample for file in files for sample in file.head.facts})


class AddedUp(NamedTuple):
    """The sums of all parts, see Found."""

    state: State
    kept: Kept
    groups: GroupedSums | None
    replicates: ReplicateSums | None
    evidence: Evidence


def added_up(plan: Plan, files: Sequence[StateFile], progress: Callable[[int, float], None] | None) -> AddedUp:
    """What a run of everything would have added up, from the states of its parts."""
    state = _joined(plan, files, progress)
    kept = kept_of_all(plan, files)
    groups = groups_of(plan, state)
    if groups:
        for file in files:
            join(groups.state, file, "groups")
    evidence = Evidence(plan, state)
    evidence.record_sums, evidence.mark = record_sums_of_all(files, state)
    for file in files:
        file.join_evidence(evidence)
    replicates = replicates_of(plan)
    if replicates:
        for file in files:
            replicates.join(file.replicates(replicates.replicates, len(state.dense), state.series))
    return AddedUp(state, kept, groups, replicates, evidence)


def _joined(plan: Plan, files: Sequence[StateFile], progress: Callable[[int, float], None] | None) -> State:
    """The closed state of all parts."""
    refuse_too_large(sum(file.head.weight for file in files))
    state, ends = nothing_yet(plan), nothing_yet(plan, clustered=True)
    rows = 0
    for number, file in enumerate(files, 1):
        join(state, file, "body")
        join(ends, file, "ends")
        rows += int(file.head.ledger["rows"])
        if progress:
            progress(rows, number / len(files))
    _join_households(state, ends, len(plan.mapping.keys.household) if plan.clustered else 0)
    state.close()
    return state


def join(state: State, file: StateFile, folder: str) -> None:
    """Add the sums of `body` or `ends` of a file."""
    saved = file.sums(folder)
    strata = state.join_strata(saved.strata, saved.units, saved.fpc)
    clusters = state.join_clusters(saved.clusters, strata[saved.stratum])
    for kind, store, numbers in (("closed", state.closed, strata), ("open", state.open, clusters)):
        for unit, cell, rows in file.blocks(folder, kind, len(numbers), len(state.dense), state.series):
            state.join_rows(store, numbers[unit], cell, rows)


def _join_households(state: State, ends: State, columns: int) -> None:
    """Add households that were cut, now whole, to the clusters that are open.

    columns: how many at the end of a household's name are not of its cluster; none where it is the cluster.
    """
    names, strata = list(ends.clusters.index), list(ends.strata.index)
    numbers = state.join_strata(strata, np.zeros(len(strata), np.int64), ends.strata.fpc)
    clusters = state.join_clusters(
        [name[: len(name) - columns] for name in names], numbers[ends.cluster_stratum]
    )  # fmt: skip
    for rows in ends.stored(ends.open):
        # both pieces of a household counted it
        rows.rows[:, :, HOUSEHOLDS] = rows.rows[:, :, N] > 0
        code = ends.cells[rows.cell].astype(np.int64)
        state.join_rows(state.open, clusters[rows.unit], code, rows)


def counted(files: Sequence[StateFile]) -> Ledger:
    """The counts of all parts."""
    found = Ledger()
    for file in files:
        found.add_counts(file.head.counted())
    found.households = households_in_all(files)
    return found


@contextmanager
def _naming(files: Sequence[StateFile]) -> Iterator[None]:
    """Say of which states it is that something does not fit."""
    try:
        yield
    except FitError as error:
        raise FitError(f"{', '.join(str(file.path) for file in files)}: {error.message}", error.help) from error
