"""What the user asked for, or the mapping could give, and a run can't."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.lacking import why_lacking, without_effect
from harmonize.plan import Plan
from harmonize.rules.fit import NO_COLUMN
from harmonize.schema import VARIABLES
from harmonize.schema.housing import HOUSEHOLDS, TOPIC


def notices(plan: Plan, by: Sequence[str]) -> list[str]:
    """A sentence each. by: the tables that were asked for."""
    there = {*plan.harmoniser.available, *plan.derived_types}
    found = [
        f"no table by {name}: {why_lacking(name.split('*'), there, plan.harmoniser.unavailable)}"
        for name in plan.missing_tables
        if any(set(name.split("*")) == set(text.replace(" ", "").split("*")) for text in by)
    ]
    if plan.by_head and not plan.mapping.keys.household:
        found.append(
            f"{plan.by_head[0][0]}: the mapping has no household key, so who is the head of a household is not "
            "known: the total alone, of the deaths on rows of heads"
        )
    found += without_effect(plan.options, plan.series, {each.indicator for each in plan.wanted}, there)
    return [*found, *_not_in_the_extract(plan)]


def _not_in_the_extract(plan: Plan) -> list[str]:
    """The columns that the mapping names and the extract does not have, and what may be wrong where all of the
    dwelling and the household are among them."""
    gone: dict[str, list[str]] = {}
    for name, why in plan.harmoniser.unavailable.items():
        if why.startswith(NO_COLUMN):
            gone.setdefault(why, []).append(name)
    if not gone:
        return []
    columns = sorted({why.removeprefix(NO_COLUMN) for why in gone})
    lost = sorted(name for names in gone.values() for name in names)
    found = [f"not in this extract: {', '.join(columns)} (so no {', '.join(lost)})"]
    if (
        plan.mapping.keys.household
        and any(map(_of_dwellings, lost))
        and not any(map(_of_dwellings, plan.harmoniser.available))
    ):
        found.append(
            "nothing of dwellings is in this extract; run and apply take a file of households: --households FILE"
        )
    return found


def _of_dwellings(name: str) -> bool:
    return VARIABLES[name].topic == TOPIC and VARIABLES[name].universe == HOUSEHOLDS
