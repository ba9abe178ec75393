"""From the sums of a sample to its rows of the estimates table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from harmonize.estimate.table import SampleMeta, SeriesMeta, choose_basis, estimates
from harmonize.estimate.taylor import Ratios, Singleton, ratios
from harmonize.indicators.availability import Resolved, narrowed_while_running
from harmonize.indicators.reasons import reason
from harmonize.ledger import Ledger, SampleKey
from harmonize.plan import Plan
from harmonize.sample_plan import SamplePlan
from harmonize.tabulate.state import State

MOST_LEFT_OUT = 0.50


@dataclass(frozen=True)
class Measured:
    """What became of one sample.

    basis: of migratory status, `nativity`, `citizenship` or empty. resolved: every series as it turned
    out on the data. rows: of the estimates table, in no order. counts: the ledger's.
    """

    key: SampleKey
    plan: SamplePlan
    basis: str
    ratios: Ratios
    resolved: list[Resolved]
    rows: pl.DataFrame
    counts: Counter[str]


def measure(
    key: SampleKey,
    plan: Plan,
    own: SamplePlan,
    state: State,
    ledger: Ledger,
    singleton: Singleton,
    level: float,
) -> Measured:
    """Estimate one sample: (sample, country, year), by its own plan."""
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
        about_it = done.series
        meta = SeriesMeta(
            *each, about_it.unit, about_it.status_of, done.status, done.proxy_reason, about_it.amount is not None,
            about_it.contrasts,
        )  # fmt: skip
        metas.append(None if done.status == "unavailable" else meta)
    tables = [table for table in plan.tables if own.has_table(table)]
    rows = estimates(found, tables, metas, about, plan.by)
    return Measured(key, own, basis, found, turned_out, rows, counts)


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
            counted = int(found.y[at[0], s]) if len(at) else 0
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
