"""From the sums of a sample to its rows of the estimates table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import polars as pl

from harmonize.estimate.about import SampleMeta, SeriesMeta
from harmonize.estimate.table import choose_basis, estimates
from harmonize.estimate.taylor import Ratios
from harmonize.indicators.availability import Resolved, narrowed_while_running
from harmonize.indicators.reasons import reason
from harmonize.indicators.sensitive import SENSITIVE
from harmonize.ledger import Ledger, SampleKey
from harmonize.plan import Plan
from harmonize.protect.decide import decide
from harmonize.protect.evidence import Evidence
from harmonize.protect.hidden import Hidden
from harmonize.protect.noisy import as_released
from harmonize.sample_plan import SamplePlan
from harmonize.second_look.look import Seen
from harmonize.second_look.standardised import tables_by_status
from harmonize.second_look.under_five import Places, UnderFive
from harmonize.shown import Shown

MOST_LEFT_OUT = 0.50


@dataclass(frozen=True)
class Measured:
    """What became of one sample.

    basis: of migratory status, `nativity`, `citizenship` or empty. resolved: every series as it turned
    out on the data. rows: of the estimates table, in no order. counts: the ledger's. under_five: see Seen.
    """

    key: SampleKey
    plan: SamplePlan
    basis: str
    ratios: Ratios
    resolved: list[Resolved]
    rows: pl.DataFrame
    counts: Counter[str]
    hidden: Hidden
    under_five: UnderFive | None


def measure(
    key: SampleKey,
    plan: Plan,
    own: SamplePlan,
    seen: Seen,
    ledger: Ledger,
    evidence: Evidence,
    shown: Shown,
) -> Measured:
    """Estimate one sample: (sample, country, year), by its own plan, and decide what of it is shown."""
    sample, country, year = key
    counts = ledger.samples[key]
    found = seen.ratios
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
        shown.level,
        shown.reliability,
        shown.protection.min_count if shown.protection.method == "suppress" else 0,
        shown.totals,
    )
    metas = [_meta(by_key[each], own.stay is not None) for each in plan.series]
    tables = [table for table in plan.tables if own.has_table(table)]
    hidden = decide(found, tables, metas, sample, basis, evidence, shown.protection, _made_of(plan), counts)
    found = as_released(found, sample, plan, evidence, shown.protection)
    rows = [estimates(found, tables, metas, about, plan.by, hidden)]
    total = next(table for table in tables if not table.dimensions)
    for (standard, of_basis), ratios in seen.standardised.items():
        series = {
            s for each in tables if (each.standard, each.basis) == (standard, of_basis) for s in each.series or ()
        }
        if of_basis == basis and series:
            status = tables_by_status(tables, basis)
            adjusted = [_standardised(meta, standard) if s in series else None for s, meta in enumerate(metas)]
            of_standard = [replace(total, standard=standard), *status]
            released = as_released(ratios, sample, plan, evidence, shown.protection)
            rows.append(estimates(released, of_standard, adjusted, about, plan.by, hidden, standard))
    return Measured(key, own, basis, found, turned_out, pl.concat(rows), counts, hidden, seen.under_five)


def _made_of(plan: Plan) -> dict[int, list[int]]:
    """The numbers of the series that are means of others, with those."""
    places = Places.of(plan.series)
    return places.made_of if places else {}


def _meta(done: Resolved, by_arrival: bool) -> SeriesMeta | None:
    """What the table says of a series, None where it is unavailable. by_arrival: see SamplePlan.stay."""
    if done.status == "unavailable":
        return None
    series = done.series
    return SeriesMeta(
        series.indicator, series.shown_as or series.name, series.unit, series.status_of, done.status, done.proxy_reason,
        series.amount is not None and series.decided != "half_median", series.contrasts, series.levels,
        series.adjustment, series.least_events, series.indicator in SENSITIVE, bool(series.from_sums),
        # migrants alone are of those who had arrived in time
        f"{done.proxy_reason};exposure_abroad" if series.from_sums and by_arrival else "",
        # of a line that is estimated too, the total would need its own linearisation
        series.amount is None and not series.decided and not series.from_sums,
    )  # fmt: skip


def _standardised(meta: SeriesMeta | None, standard: str) -> SeriesMeta | None:
    if meta is None:
        return None
    return replace(meta, adjustment=f"standardised_{standard.replace('*', '_')}")


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
            counted = int(found.weight[at[0], s]) if len(at) else 0
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
