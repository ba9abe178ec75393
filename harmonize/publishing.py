"""From the sums of all rows to the files: estimate, protect, write."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonize import run_record as record
from harmonize.errors import FitError
from harmonize.estimate.replication import of_empty
from harmonize.estimate.table import columns, empty, ordered
from harmonize.facts import Facts
from harmonize.ledger import Ledger, SampleKey
from harmonize.measure import Measured, measure
from harmonize.methods import differences, methods_table, not_standardised
from harmonize.plan import Plan
from harmonize.protect.evidence import Evidence
from harmonize.protect.noisy import counts_rounded_to
from harmonize.protect.release_log import NAME as RELEASE_LOG
from harmonize.protect.release_log import by_rule, by_status, release_log
from harmonize.quality.columns import NAME as QUALITY
from harmonize.quality.columns import SCHEMA as QUALITY_COLUMNS
from harmonize.quality.table import quality_table
from harmonize.run_record import Counts
from harmonize.second_look.kept import Kept
from harmonize.second_look.look import looked
from harmonize.shown import Shown
from harmonize.tabulate.groups import GroupedSums
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State
from harmonize.under_five_table import NAME as UNDER_FIVE
from harmonize.under_five_table import under_five_table
from harmonize.unmapped import unmapped_message
from harmonize.words.words import words_in
from harmonize.writers import WRITERS, Result
from harmonize.writers.csv import write_table
from harmonize.writers.delivery import LAST, Delivery
from harmonize.writers.sdmx_csv import without_series

NO_TOTALS = (
    "--totals: the weights do not add up to a population, so no persons are counted; "
    "design.weight_kind or weight_factor in the mapping says how many persons they stand for"
)


@dataclass(frozen=True)
class RunResult:
    """What `run` made: the tables as written, the record of run.json, the files. quality: see quality_table.

    about_files: sentences on what the files lack, which run.json does not tell.
    """

    estimates: pl.DataFrame
    methods: pl.DataFrame
    run: dict[str, Any]
    files: list[Path]
    quality: pl.DataFrame | None = None
    about_files: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """All rows of an extract added up: the state is closed.

    inputs: name, size and checksum of each file. labels: column -> code -> label in the codebook.
    households_without_persons: None where households have no records of their own.
    """

    plan: Plan
    state: State
    kept: Kept
    groups: GroupedSums | None
    replicates: ReplicateSums | None
    evidence: Evidence
    ledger: Ledger
    facts: Facts
    inputs: list[dict[str, Any]]
    labels: dict[str, dict[str, str]]
    households_without_persons: int | None


def publish(
    found: Found,
    delivery: Delivery,
    shown: Shown,
    notices: Sequence[str],
    about_numbers: Sequence[str],
    started: float,
) -> RunResult:
    """From the sums to the files. notices: all so far; about_numbers: those that do not tell of files alone.

    started: when the work began, by time.perf_counter.
    """
    read = time.perf_counter()
    plan, state, ledger, facts = found.plan, found.state, found.ledger, found.facts
    warnings = [str(finding) for finding in plan.harmoniser.findings]
    if ledger.unmapped and not shown.allow_unmapped:
        what = ", ".join(str(each["file"]) for each in found.inputs)
        raise FitError(unmapped_message(ledger, found.labels, plan, Counts(shown.protection.min_count), what))
    if shown.singleton == "error" and not found.replicates:
        _refuse_singletons(state)

    keys = _keys(ledger)
    for number, key in enumerate(keys):
        if any(key[0] == other[0] for other in keys[:number]):
            raise FitError(f"sample {key[0]} has more than one country or year", "mend sample: in the mapping")
    fpc = plan.mapping.design.fpc
    fraction = (fpc.fraction or 0.0) if fpc else 0.0
    tell = {key[0] for key in keys if facts.plan_of(key[0]).stay is not None}
    fractions = {key[0]: fraction for key in keys}
    seen = looked(
        plan, state, found.kept, found.groups, found.replicates, fractions, shown.singleton, shown.level, tell,
        shown.totals,
    )  # fmt: skip
    measured = [measure(key, plan, facts.plan_of(key[0]), seen[key[0]], ledger, found.evidence, shown) for key in keys]
    rows = [each.rows for each in measured]
    every = ordered(pl.concat(rows) if rows else empty(plan.by), plan.tables, [s.key for s in plan.wanted])
    table = every.select(columns(plan.by))
    show = Counts(shown.protection.min_count, counts_rounded_to(shown.protection))
    methods = methods_table(measured, plan.mapping, plan.harmoniser, show, shown.protection)
    uncounted = [NO_TOTALS] if shown.totals and plan.weights.persons is None else []
    apart = [
        *uncounted, *_empty_replicates(plan, measured), *not_standardised(plan, measured, seen), *differences(methods),
    ]  # fmt: skip

    size = state.size | (found.replicates.size if found.replicates else {})
    told = record.Told(
        plan, found.inputs, found.labels, found.households_without_persons, ledger, measured, size,
        shown, [*notices, *warnings, *apart], by_rule(every), by_status(every),
        found.evidence.mark, [*about_numbers, *warnings, *apart],
    )  # fmt: skip
    summary = told.record(show)
    quality = quality_table(measured, plan, ledger, shown.protection)
    written = quality.select(*QUALITY_COLUMNS)
    result = Result(
        table, methods, summary, [*about_numbers, *warnings, *apart],
        {each.key[0]: each.resolved for each in measured}, _labour_standard(plan), shown.dsd,
        plan.mapping.source, words_in(shown.lang), written,
    )  # fmt: skip
    for name in shown.formats:
        for file, write in WRITERS[name].items():
            write(result, delivery.path(file))
    write_table(methods, delivery.path("methods.csv"))
    write_table(written, delivery.path(QUALITY))
    if shown.protection.method != "none":
        write_table(release_log(every), delivery.path(RELEASE_LOG))
    beside = under_five_table(measured, plan)
    if beside is not None:
        write_table(beside, delivery.path(UNDER_FIVE))
    timings = {"read": round(read - started, 3), "total": round(time.perf_counter() - started, 3)}
    summary |= {"timings": timings}
    record.write_record(told.record(Counts(0)) | {"timings": timings}, delivery.path(f"private/{LAST}"))
    record.write_record(summary, delivery.path(LAST))
    about_files = without_series(result) if "sdmx" in shown.formats else []
    return RunResult(table, methods, summary, delivery.finish(), quality, about_files)


def _labour_standard(plan: Plan) -> str:
    """What the mapping says of the standard of labour_force_status; empty where it says nothing."""
    rule = plan.harmoniser.available.get("labour_force_status")
    return str(rule.options.get("standard") or "") if rule else ""


def _keys(ledger: Ledger) -> list[SampleKey]:
    return sorted(ledger.samples, key=lambda each: (each[1], each[2], each[0]))


def _empty_replicates(plan: Plan, measured: Sequence[Measured]) -> list[str]:
    """Of each sample which of its replicate weights are 0 throughout, a sentence."""
    replicate = plan.mapping.design.replicate
    found = [(one.key[0], of_empty(one.ratios, len(replicate.columns))) for one in measured] if replicate else []
    return [words if len(found) == 1 else f"{sample}: {words}" for sample, words in found if words]


def _refuse_singletons(state: State) -> None:
    alone = int((state.units_per_stratum == 1).sum())
    if alone:
        raise FitError(
            "1 stratum has a single cluster" if alone == 1 else f"{alone} strata have a single cluster",
            "merge them with their neighbours, or choose --singleton centered or certainty",
        )
