"""The whole story: load, scan, harmonise, derive, tabulate, estimate, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonize import run_record as record
from harmonize.errors import FitError, UsageError
from harmonize.estimate.table import columns, empty, ordered
from harmonize.estimate.taylor import Singleton
from harmonize.facts import Facts
from harmonize.harmonised.reading import described, harmoniser_of, mapping_of
from harmonize.ledger import Ledger, SampleKey
from harmonize.mapping import load_mapping
from harmonize.measure import Measured, measure
from harmonize.methods import methods_table
from harmonize.plan import Plan
from harmonize.readers import Extract, household_batches, open_extract
from harmonize.run_record import Counts
from harmonize.tabulate.state import State
from harmonize.writers import WRITERS, Result
from harmonize.writers.csv import write_table
from harmonize.writers.delivery import LAST, Delivery

CHUNK = 65_536


@dataclass(frozen=True)
class RunResult:
    """What `run` made: the tables as written, the record of run.json, the files."""

    estimates: pl.DataFrame
    methods: pl.DataFrame
    run: dict[str, Any]
    files: list[Path]


def run(
    mapping_id: str,
    data: Sequence[Path],
    out: Path,
    *,
    households: Path | None = None,
    codebook: Path | None = None,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    formats: Sequence[str] = ("csv", "parquet"),
    protect: str | None = None,
    min_count: int = 10,
    singleton: Singleton = "centered",
    level: float = 95,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """Measure the indicators of an extract and write them to the folder `out`.

    progress: called with the rows read and the share of the extract they are. tell: called with each
    notice as soon as it is known; all are in the record too.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    check_formats(formats)
    mapping = load_mapping(mapping_id)
    extract = open_extract([Path(p) for p in data], mapping.read, codebook, households, mapping.keys.household)
    mapping, gone = mapping.lacking(extract.columns)
    plan = Plan.make(mapping, extract, by, indicators)
    lacking = [f"the extract has no column {name}: the standard errors do without it" for name in gone]
    return deliver(
        plan, extract, Path(out), [*lacking, *plan.notices(by)], formats=formats, min_count=min_count,
        singleton=singleton, level=level, allow_unmapped=allow_unmapped, progress=progress, tell=tell,
        chunk_size=chunk_size,
    )  # fmt: skip


def tabulate(
    data: Sequence[Path],
    out: Path,
    *,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    formats: Sequence[str] = ("csv", "parquet"),
    protect: str | None = None,
    min_count: int = 10,
    singleton: Singleton = "centered",
    level: float = 95,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """The same as `run` of files that `apply` wrote, which have their description beside them."""
    check_formats(formats)
    told = described([Path(path) for path in data])
    mapping = mapping_of(told)
    extract = open_extract([Path(path) for path in data], mapping.read, None, None, mapping.keys.household)
    plan = Plan.make(mapping, extract, by, indicators, harmoniser_of(told, extract))
    return deliver(
        plan, extract, Path(out), plan.notices(by), formats=formats, min_count=min_count, singleton=singleton,
        level=level, allow_unmapped=allow_unmapped, progress=progress, tell=tell, chunk_size=chunk_size,
    )  # fmt: skip


def check_formats(formats: Sequence[str]) -> None:
    """Raises UsageError for a format of the estimates that is not written."""
    for name in formats:
        if name not in WRITERS:
            raise UsageError(f"--format {name}: there is no such format", f"formats: {', '.join(WRITERS)}")


def deliver(
    plan: Plan,
    extract: Extract,
    out: Path,
    said: Sequence[str],
    *,
    formats: Sequence[str],
    min_count: int,
    singleton: Singleton,
    level: float,
    allow_unmapped: bool,
    progress: Callable[[int, float], None] | None,
    tell: Callable[[str], None] | None,
    chunk_size: int,
) -> RunResult:
    """Tabulate, estimate and write: what `run` and `tabulate` have in common. said: notices so far."""
    started = time.perf_counter()
    warnings = [str(finding) for finding in plan.harmoniser.findings]
    notices: list[str] = []

    def notice(text: str) -> None:
        notices.append(text)
        if tell:
            tell(text)

    for text in said:
        notice(text)
    about_numbers = [*notices, *warnings]  # what the readers will say of the order of the rows is not
    with extract, Delivery(out) as delivery:
        state, ledger, facts = _tabulate(plan, extract, chunk_size, progress, notice)
        read = time.perf_counter()
        if ledger.unmapped and not allow_unmapped:
            what = ", ".join(path.name for path in extract.files)
            raise FitError(record.unmapped_message(ledger, extract.labels, plan, Counts(min_count), what))
        if singleton == "error":
            _refuse_singletons(state)

        measured: list[Measured] = []
        for key in _keys(ledger):
            if any(key[0] == each.key[0] for each in measured):
                raise FitError(f"sample {key[0]} has more than one country or year", "mend sample: in the mapping")
            measured.append(measure(key, plan, facts.plan_of(key[0]), state, ledger, singleton, level))
        rows = [each.rows for each in measured]
        table = ordered(pl.concat(rows) if rows else empty(plan.by), plan.tables, [s.key for s in plan.wanted])
        table = table.select(columns(plan.by))
        methods = methods_table(measured, plan.mapping, plan.harmoniser)

        told = record.Told(plan, extract, ledger, measured, state.size, singleton, level, [*notices, *warnings])
        summary = told.record(Counts(min_count))
        for name in formats:
            WRITERS[name](Result(table, methods, summary, about_numbers), delivery.path(f"estimates.{name}"))
        write_table(methods, delivery.path("methods.csv"))
        timings = {"read": round(read - started, 3), "total": round(time.perf_counter() - started, 3)}
        summary |= {"timings": timings}
        record.write_record(told.record(Counts(0)) | {"timings": timings}, delivery.path(f"private/{LAST}"))
        record.write_record(summary, delivery.path(LAST))
        files = delivery.finish()
    return RunResult(table, methods, summary, files)


def _keys(ledger: Ledger) -> list[SampleKey]:
    return sorted(ledger.samples, key=lambda each: (each[1], each[2], each[0]))


def _tabulate(
    plan: Plan,
    extract: Extract,
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notice: Callable[[str], None],
) -> tuple[State, Ledger, Facts]:
    """Draw the extract in batches of whole households and add each to the state.

    One pass, but where a sample turns out late to have asked more than its first batch told (see Facts).
    """
    facts = plan.facts()
    state, ledger = _pass(plan, extract, chunk_size, progress, notice, facts)
    if facts.stale:
        state, ledger = _pass(plan, extract, chunk_size, progress, lambda _: None, facts)
    with naming(extract):
        state.close()
    for sample, _, _ in ledger.samples:
        if plan.pooled:
            ledger.forget_blanks(sample, facts.absent(sample))
    return state, ledger, facts


def _pass(
    plan: Plan,
    extract: Extract,
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notice: Callable[[str], None],
    facts: Facts,
) -> tuple[State, Ledger]:
    design = plan.mapping.design
    state, ledger = _nothing_yet(plan)
    facts.begin()

    def restart() -> None:
        nonlocal state, ledger
        state, ledger = _nothing_yet(plan)
        facts.begin()

    key = household_key(plan, extract)
    for batch in household_batches(
        extract, plan.harmoniser.columns, key, chunk_size=chunk_size, notice=notice, restart=restart
    ):
        with naming(extract):
            ready = plan.prepare(batch, ledger, facts)
            if ready is not None:
                state.add(
                    ready.starts, ready.design, design.stratum, design.cluster, ready.codes, ready.weight, ready.masks,
                    ready.persons, ready.fpc,
                )  # fmt: skip
        if progress:
            progress(ledger.rows, extract.progress)
    return state, ledger


def household_key(plan: Plan, extract: Extract) -> tuple[str, ...]:
    """The columns that tell households apart: in a pooled extract, within each sample."""
    key = plan.mapping.keys.household
    if not key or extract.households_files:
        return key
    return tuple(dict.fromkeys((*plan.mapping.sample.columns, *key)))


@contextmanager
def naming(extract: Extract) -> Iterator[None]:
    """Say of which files it is that something does not fit."""
    try:
        yield
    except FitError as error:
        names = ", ".join(path.name for path in extract.files)
        raise FitError(f"{names}: {error.message}", error.help) from error


def _nothing_yet(plan: Plan) -> tuple[State, Ledger]:
    fpc = plan.mapping.design.fpc
    column = (fpc.column if fpc else None) or ""
    return State(plan.tables, len(plan.series), clustered=plan.clustered, fpc_column=column), Ledger()


def _refuse_singletons(state: State) -> None:
    alone = int((state.units_per_stratum == 1).sum())
    if alone:
        raise FitError(
            f"{alone} strata have a single cluster",
            "merge them with their neighbours, or choose --singleton centered or certainty",
        )
