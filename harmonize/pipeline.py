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
from harmonize.estimate.table import SampleMeta, SeriesMeta, choose_basis, columns, empty, estimates, ordered
from harmonize.estimate.taylor import Ratios, Singleton, ratios
from harmonize.facts import Facts
from harmonize.indicators.availability import Resolved, narrowed_while_running
from harmonize.indicators.reasons import reason
from harmonize.ledger import Ledger, SampleKey
from harmonize.mapping import load_mapping
from harmonize.methods import methods_table
from harmonize.plan import Plan
from harmonize.readers import Extract, household_batches, open_extract
from harmonize.sample_plan import SamplePlan
from harmonize.tabulate.state import State
from harmonize.writers import WRITERS
from harmonize.writers.csv import write_csv
from harmonize.writers.delivery import LAST, Delivery

CHUNK = 65_536
MOST_LEFT_OUT = 0.50


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
    chunk_size: int = CHUNK,
) -> RunResult:
    """Measure the indicators of an extract and write them to the folder `out`.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    started = time.perf_counter()
    for name in formats:
        if name not in WRITERS:
            raise UsageError(f"--format {name}: there is no such format", f"formats: {', '.join(WRITERS)}")
    mapping = load_mapping(mapping_id)
    extract = open_extract([Path(p) for p in data], mapping.read, codebook, households, mapping.keys.household)
    mapping, gone = mapping.lacking(extract.columns)
    plan = Plan.make(mapping, extract, by, indicators)
    warnings = [str(finding) for finding in plan.harmoniser.findings]
    show = record.Counts(min_count)
    notices = [f"the extract has no column {name}: the standard errors do without it" for name in gone]
    notices += plan.notices(by)
    with extract, Delivery(Path(out)) as delivery:
        state, ledger, facts = _tabulate(plan, extract, chunk_size, progress, notices)
        read = time.perf_counter()
        if ledger.unmapped and not allow_unmapped:
            what = ", ".join(path.name for path in extract.files)
            raise FitError(record.unmapped_message(ledger, extract.labels, plan, show, what))
        if singleton == "error":
            _refuse_singletons(state)

        found: dict[str, Ratios] = {}
        resolved: dict[str, list[Resolved]] = {}
        entries: list[dict[str, Any]] = []
        tables: list[pl.DataFrame] = []
        for key in _keys(ledger):
            own = facts.plan_of(key[0])
            one, series, entry, table = _sample(key, plan, own, state, ledger, singleton, level, show)
            if key[0] in found:
                raise FitError(f"sample {key[0]} has more than one country or year", "mend sample: in the mapping")
            found[key[0]], resolved[key[0]] = one, series
            entries.append(entry)
            tables.append(table)
        table = ordered(
            pl.concat(tables) if tables else empty(plan.by), plan.tables, [s.key for s in plan.wanted]
        ).select(columns(plan.by))
        methods = methods_table(entries, resolved, mapping, plan.harmoniser)

        for name in formats:
            WRITERS[name](table, delivery.path(f"estimates.{name}"))
        write_csv(methods, delivery.path("methods.csv"))
        persons = ledger.total("persons")
        known = sum(ledger.samples[k][f"known:{e['basis']}"] for k, e in zip(_keys(ledger), entries, strict=True))
        total = next(t.offset for t in plan.tables if not t.dimensions)
        summary: dict[str, Any] = {
            "versions": record.versions(),
            "mapping": {"id": mapping.id, "version": mapping.version, "title": mapping.title}
            | {"file": record.inputs([mapping.path])[0]},
            "inputs": record.inputs([*extract.files, *extract.households_files]),
            "rows": ledger.rows, "persons": show(persons), "households": ledger.households, "level": level,
            "singleton": singleton, "protect": "none", "samples": entries,
            "unknown_status_share": _share(persons - known, persons, min_count),
            "include": mapping.include.reason if mapping.include else "",
            "variance": "taylor" + (", not yet the replicate weights" if mapping.design.replicate else ""),
            "unmapped": record.unmapped_entries(ledger, extract.labels, show),
            "contradictions": record.contradiction_entries(ledger, show),
            "left_out": record.left_out_entries(found, plan, total),
            "availability": record.availability_entries(resolved),
            "state": state.size, "notices": [*notices, *warnings],
        }  # fmt: skip
        if len(entries) == 1 and mapping.keys.household:
            entries[0]["households"] = show(ledger.households)
        finished = time.perf_counter()
        summary["timings"] = {"read": round(read - started, 3), "total": round(finished - started, 3)}
        record.write_record(summary, delivery.path(LAST))
        files = delivery.finish()
    return RunResult(table, methods, summary, files)


def _share(part: int, whole: int, minimum: int) -> float | None:
    """A share that doesn't give a count under the minimum back: null then."""
    return part / whole if whole and not 0 < part < minimum else None


def _keys(ledger: Ledger) -> list[SampleKey]:
    return sorted(ledger.samples, key=lambda each: (each[1], each[2], each[0]))


def _tabulate(
    plan: Plan,
    extract: Extract,
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notices: list[str],
) -> tuple[State, Ledger, Facts]:
    """Draw the extract in batches of whole households and add each to the state.

    One pass, but where a sample turns out late to have asked more than its first batch told (see Facts).
    """
    facts = plan.facts()
    state, ledger = _pass(plan, extract, chunk_size, progress, notices, facts)
    if facts.stale:
        state, ledger = _pass(plan, extract, chunk_size, progress, [], facts)
    state.close()
    for sample, _, _ in ledger.samples:
        if plan.mapping.sample.columns:
            ledger.forget_blanks(sample, facts.absent(sample))
    return state, ledger, facts


def _pass(
    plan: Plan,
    extract: Extract,
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notices: list[str],
    facts: Facts,
) -> tuple[State, Ledger]:
    design = plan.mapping.design
    key = plan.mapping.keys.household
    if key and not extract.households_files:
        key = tuple(dict.fromkeys((*plan.mapping.sample.columns, *key)))
    state, ledger = _nothing_yet(plan)
    facts.begin()

    def restart() -> None:
        nonlocal state, ledger
        state, ledger = _nothing_yet(plan)
        facts.begin()

    for batch in household_batches(
        extract, plan.harmoniser.columns, key, chunk_size=chunk_size, notice=notices.append, restart=restart
    ):
        try:
            ready = plan.prepare(batch, ledger, facts)
        except FitError as error:
            names = ", ".join(path.name for path in extract.files)
            raise FitError(f"{names}: {error.message}", error.help) from error
        if ready is not None:
            state.add(
                ready.starts, ready.design, design.stratum, design.cluster, ready.codes, ready.weight, ready.masks
            )
        if progress:
            progress(ledger.rows, extract.progress)
    return state, ledger


def _nothing_yet(plan: Plan) -> tuple[State, Ledger]:
    return State(plan.tables, len(plan.series), clustered=plan.clustered), Ledger()


def _sample(
    key: SampleKey,
    plan: Plan,
    own: SamplePlan,
    state: State,
    ledger: Ledger,
    singleton: Singleton,
    level: float,
    show: record.Counts,
) -> tuple[Ratios, list[Resolved], dict[str, Any], pl.DataFrame]:
    """One sample's ratios, its series as they turned out, its entry in run.json, its rows."""
    sample, country, year = key
    counts = ledger.samples[key]
    fpc = plan.mapping.design.fpc
    found = ratios(state, sample, singleton, (fpc.fraction or 0.0) if fpc else 0.0)
    basis = choose_basis({name: counts[f"known:{name}"] for name in own.bases}, counts["persons"])
    turned_out = _as_it_turned_out(key, plan, own, ledger, found)
    by_key = {each.series.key: each for each in turned_out}
    about = SampleMeta(
        country,
        year,
        sample,
        basis,
        plan.weights.scale,
        plan.weights.persons,
        not plan.mapping.design.full_count,
        level,
    )
    metas: list[SeriesMeta | None] = []
    for each in plan.series:
        done = by_key[each]
        meta = SeriesMeta(*each, done.series.unit, done.series.status_of, done.status, done.proxy_reason)
        metas.append(None if done.status == "unavailable" else meta)
    tables = [table for table in plan.tables if own.has_table(table)]
    rows = estimates(found, tables, metas, about, plan.by)
    return found, turned_out, record.sample_entry(key, ledger, found, basis, plan, own, show), rows


def _as_it_turned_out(key: SampleKey, plan: Plan, own: SamplePlan, ledger: Ledger, found: Ratios) -> list[Resolved]:
    """The series of a sample after the data were seen: narrowed, or unavailable as too much is unknown."""
    total = next(t.offset for t in plan.tables if not t.dimensions)
    at = (found.cells == total).nonzero()[0]
    place = {each: s for s, each in enumerate(plan.series)}
    result = []
    for done in own.resolved:
        if done.numerator is not None:
            s = place[done.series.key]
            base = int(found.base[at[0], s]) if len(at) else 0
            counted = int(found.n[at[0], s]) if len(at) else 0
            left_out = int(found.left_out[at[0], s]) if len(at) else 0
            if base and left_out / base > MOST_LEFT_OUT:
                done = _unavailable(done, "too_many_left_out")
            elif not counted:
                done = _unavailable(done, "nobody_in_universe")
            elif ledger.samples[key][f"narrowed:{done.series.indicator}:{done.series.name}"]:
                done = narrowed_while_running(done)
        result.append(done)
    return result


def _unavailable(done: Resolved, why: str) -> Resolved:
    return Resolved(done.series, "unavailable", (reason(why),), (), done.base, done.needs, done.numerator)


def _refuse_singletons(state: State) -> None:
    alone = int((state.units_per_stratum == 1).sum())
    if alone:
        raise FitError(
            f"{alone} strata have a single cluster",
            "merge them with their neighbours, or choose --singleton centered or certainty",
        )
