"""All second looks of a run: they change the ratios of the series that are decided late, and add standardised ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from harmonize.estimate.replication import replicated
from harmonize.estimate.taylor import Ratios, Singleton, ratios
from harmonize.plan import Plan
from harmonize.second_look.half_median import HalfMedian
from harmonize.second_look.kept import Kept
from harmonize.second_look.median import Median
from harmonize.second_look.pf import put_pf
from harmonize.second_look.standardised import Standardised
from harmonize.second_look.under_five import UnderFive, look_at_under_five
from harmonize.tabulate.groups import GroupedSums
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State
from harmonize.tabulate.tables import BASES


@dataclass(frozen=True)
class Seen:
    """ratios: of a sample. standardised: (standard, basis) -> ratios of its groups, see Standardised.of_sample.

    under_five: what under-five mortality was made of, see under_five.py. without: (standard, basis, number of the
    series) -> why a group has no standardised rate.
    """

    ratios: Ratios
    standardised: dict[tuple[str, str], Ratios]
    under_five: UnderFive | None
    without: dict[tuple[str, str, int], dict[str, str]]


def looked(
    plan: Plan,
    state: State,
    kept: Kept,
    groups: GroupedSums | None,
    replicates: ReplicateSums | None,
    samples: Mapping[str, float],
    singleton: Singleton,
    level: float,
    tell_arrival: Collection[str],
    totals: bool = False,
) -> dict[str, Seen]:
    """Everything there is to estimate, by sample.

    samples: with the sampled fraction of each. tell_arrival: those that tell when a person came, where a series asks.
    totals: whether the variances of totals are wanted.
    """
    column = plan.mapping.design.fpc
    fpc = (column.column if column else None) or ""
    crude = {sample: ratios(state, sample, singleton, fraction, totals=totals) for sample, fraction in samples.items()}
    design = plan.mapping.design.replicate
    if replicates and design:
        crude = {
            sample: replicated(found, replicates, sample, design.factors, state.amount_scale)
            for sample, found in crude.items()
        }
    for s, series in plan.coding.later.items():
        if series.decided == "half_median":
            half = HalfMedian(plan, kept, list(samples), s, fpc)
            for sample, fraction in samples.items():
                half.put(crude[sample], sample, singleton, fraction)
        else:
            Median(plan, kept, list(samples), s, fpc).put(crude, samples, singleton, level)
    for sample in samples:
        put_pf(crude[sample], plan.series, plan.tables[0].offset)
    under_five = look_at_under_five(plan, kept, groups, crude, samples, singleton, tell_arrival)
    standardised: dict[str, dict[tuple[str, str], Ratios]] = {sample: {} for sample in samples}
    without: dict[str, dict[tuple[str, str, int], dict[str, str]]] = {sample: {} for sample in samples}
    there = {(table.standard, table.basis) for table in plan.tables if table.standard}
    for standard, basis in ((s, b) for s in plan.options.standardise for b in BASES if (s, b) in there):
        made = Standardised(plan, kept, crude, standard, basis, fpc, replicates)
        for sample, fraction in samples.items():
            own = made.of_sample(sample, crude[sample], singleton, fraction)
            standardised[sample][standard, basis] = own
            without[sample] |= {(standard, basis, s): why for s, why in made.reasons(sample).items()}
    return {
        sample: Seen(crude[sample], standardised[sample], under_five.get(sample), without[sample]) for sample in samples
    }
