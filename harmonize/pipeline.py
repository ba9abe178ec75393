"""The whole story: load, scan, harmonise, derive, tabulate, estimate, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonize import run_record as record
from harmonize.errors import FitError, UsageError
from harmonize.estimate.reliability import USUAL, Reliability
from harmonize.estimate.replication import of_empty
from harmonize.estimate.table import columns, empty, ordered
from harmonize.estimate.taylor import Singleton
from harmonize.facts import Facts
from harmonize.gather import CHUNK, Whole, forget_unasked, gather, naming
from harmonize.harmonised.description import Description
from harmonize.harmonised.reading import described, harmoniser_of, mapping_of
from harmonize.ledger import Ledger, SampleKey
from harmonize.mapping import load_mapping
from harmonize.mapping.todo import todo_findings
from harmonize.measure import Measured, measure
from harmonize.methods import differences, methods_table, not_standardised
from harmonize.options import PLAIN, Options
from harmonize.plan import Plan
from harmonize.protect.evidence import Evidence
from harmonize.protect.noisy import counts_rounded_to
from harmonize.protect.protection import Protection, as_protection
from harmonize.protect.release_log import NAME as RELEASE_LOG
from harmonize.protect.release_log import by_rule, by_status, release_log
from harmonize.quality.table import NAME as QUALITY
from harmonize.quality.table import quality_table
from harmonize.readers import Extract, open_extract
from harmonize.run_record import Counts
from harmonize.second_look.kept import Kept
from harmonize.second_look.look import looked
from harmonize.shown import Shown, refuse_totals_with_noise
from harmonize.tabulate.groups import GroupedSums
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State
from harmonize.under_five_table import NAME as UNDER_FIVE
from harmonize.under_five_table import under_five_table
from harmonize.unmapped import unmapped_message
from harmonize.words.words import ENGLISH, words_in
from harmonize.writers import WRITERS, Result
from harmonize.writers.csv import write_table
from harmonize.writers.delivery import LAST, Delivery
from harmonize.writers.sdmx.dsd import dsd_of

NO_TOTALS = (
    "--totals: the weights do not add up to a population, so no persons are counted; "
    "design.weight_kind or weight_factor in the mapping says how many persons they stand for"
)


@dataclass(frozen=True)
class RunResult:
    """What `run` made: the tables as written, the record of run.json, the files. quality: see quality_table."""

    estimates: pl.DataFrame
    methods: pl.DataFrame
    run: dict[str, Any]
    files: list[Path]
    quality: pl.DataFrame | None = None


def run(
    mapping_id: str,
    data: Sequence[Path],
    out: Path,
    *,
    households: Path | Sequence[Path] | None = None,
    codebook: Path | None = None,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    options: Options = PLAIN,
    formats: Sequence[str] = ("csv", "parquet"),
    protect: Protection | str = "suppress",
    singleton: Singleton = "centered",
    level: float = 95,
    reliability: Reliability = USUAL,
    totals: bool = False,
    dsd: Path | None = None,
    lang: str = ENGLISH,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """Measure the indicators of an extract and write them to the folder `out`.

    dsd: the SDMX-ML structure file of the DSD for the format sdmx, None for the one of the package.
    lang: the language of the workbook, see LANGUAGES; the data are the same in all.
    progress: called with the rows read and the share of the extract they are. tell: called with each
    notice as soon as it is known; all are in the record too.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    check_formats(formats)
    definition = dsd_of(formats, dsd)
    protection = as_protection(protect)
    refuse_totals_with_noise(totals, protection)
    plan, extract, said = planned(
        mapping_id, [Path(p) for p in data], households, codebook, by, indicators, options, protection.secret
    )
    shown = Shown(formats, protection, singleton, level, allow_unmapped, reliability, totals, definition, lang)
    return deliver(plan, extract, Path(out), said, shown, progress, tell, chunk_size)


def planned(
    mapping_id: str,
    data: Sequence[Path],
    households: Path | Sequence[Path] | None,
    codebook: Path | None,
    by: Sequence[str],
    indicators: Sequence[str],
    options: Options,
    secret: bytes | None,
) -> tuple[Plan, Extract, list[str]]:
    """What `run` does to an extract, the extract, and the notices so far. secret: see Plan."""
    mapping = load_mapping(mapping_id)
    extract = open_extract(data, mapping.read, codebook, households, mapping.keys.household)
    mapping, gone = mapping.lacking(extract.columns)
    with naming(extract):
        plan = Plan.make(mapping, extract, by, indicators, options=options, secret=secret)
    return (
        plan,
        extract,
        [*([without(gone)] if gone else []), *map(str, todo_findings(mapping.path)), *plan.notices(by)],
    )


def without(columns: Sequence[str]) -> str:
    """The notice of columns of the design that an extract lacks."""
    if len(columns) == 1 and " to " not in columns[0]:
        return f"the extract has no column {columns[0]}: the standard errors do without it"
    return f"the extract has no columns {', '.join(columns)}: the standard errors do without them"


def tabulate(
    data: Sequence[Path],
    out: Path,
    *,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    options: Options = PLAIN,
    formats: Sequence[str] = ("csv", "parquet"),
    protect: Protection | str = "suppress",
    singleton: Singleton = "centered",
    level: float = 95,
    reliability: Reliability = USUAL,
    totals: bool = False,
    dsd: Path | None = None,
    lang: str = ENGLISH,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """The same as `run` of files that `apply` wrote, which have their description beside them."""
    check_formats(formats)
    definition = dsd_of(formats, dsd)
    protection = as_protection(protect)
    refuse_totals_with_noise(totals, protection)
    told = described([Path(path) for path in data])
    plan, extract = opened(told, data, by, indicators, options, protection.secret)
    shown = Shown(formats, protection, singleton, level, allow_unmapped, reliability, totals, definition, lang)
    return deliver(plan, extract, Path(out), plan.notices(by), shown, progress, tell, chunk_size)


def opened(
    told: Description,
    data: Sequence[Path],
    by: Sequence[str],
    indicators: Sequence[str],
    options: Options = PLAIN,
    secret: bytes | None = None,
) -> tuple[Plan, Extract]:
    """Harmonised files, and what a tabulation does to them. told: their description; secret: see Plan."""
    mapping = mapping_of(told)
    extract = open_extract([Path(path) for path in data], mapping.read, None, None, mapping.keys.household)
    return Plan.make(mapping, extract, by, indicators, harmoniser_of(told, extract), options, secret), extract


def check_formats(formats: Sequence[str]) -> None:
    """Raises UsageError for a format of the estimates that is not written."""
    for name in formats:
        if name not in WRITERS:
            raise UsageError(f"--format {name}: there is no such format", f"formats: {', '.join(WRITERS)}")


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


class Notices:
    """Sentences for the user: told as they arise, kept for the record."""

    def __init__(self, tell: Callable[[str], None] | None, said: Sequence[str]) -> None:
        self.texts: list[str] = []
        self._tell = tell
        for text in said:
            self(text)

    def __call__(self, text: str) -> None:
        """Tell and keep one."""
        self.texts.append(text)
        if self._tell:
            self._tell(text)


def deliver(
    plan: Plan,
    extract: Extract,
    out: Path,
    said: Sequence[str],
    shown: Shown,
    progress: Callable[[int, float], None] | None,
    tell: Callable[[str], None] | None,
    chunk_size: int,
) -> RunResult:
    """Tabulate, estimate and write: what `run` and `tabulate` have in common. said: notices so far."""
    started = time.perf_counter()
    notice = Notices(tell, said)
    about_numbers = [*notice.texts]  # what the readers will say of the order of the rows is not
    with extract, Delivery(out, extract.all_files) as delivery:
        facts = plan.facts()
        whole, ledger = gather(plan, extract, facts, lambda _: Whole(plan), chunk_size, progress, notice)
        with naming(extract):
            whole.state.close()
        forget_unasked(plan, ledger, facts)
        found = Found(
            plan, whole.state, whole.kept, whole.groups, whole.replicates, whole.evidence, ledger, facts,
            record.inputs(extract.all_files), extract.labels, extract.households_without_persons,
        )  # fmt: skip
        return publish(found, delivery, shown, notice.texts, about_numbers, started)


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
    result = Result(
        table, methods, summary, [*about_numbers, *warnings, *apart],
        {each.key[0]: each.resolved for each in measured}, _labour_standard(plan), shown.dsd,
        plan.mapping.source, words_in(shown.lang), quality,
    )  # fmt: skip
    for name in shown.formats:
        for file, write in WRITERS[name].items():
            write(result, delivery.path(file))
    write_table(methods, delivery.path("methods.csv"))
    write_table(quality, delivery.path(QUALITY))
    if shown.protection.method != "none":
        write_table(release_log(every), delivery.path(RELEASE_LOG))
    beside = under_five_table(measured, plan)
    if beside is not None:
        write_table(beside, delivery.path(UNDER_FIVE))
    timings = {"read": round(read - started, 3), "total": round(time.perf_counter() - started, 3)}
    summary |= {"timings": timings}
    record.write_record(told.record(Counts(0)) | {"timings": timings}, delivery.path(f"private/{LAST}"))
    record.write_record(summary, delivery.path(LAST))
    return RunResult(table, methods, summary, delivery.finish(), quality)


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
