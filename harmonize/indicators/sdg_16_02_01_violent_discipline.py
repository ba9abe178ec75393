"""SDG 16.2.1: children who were punished physically or met psychological aggression by a caregiver in a month.

The official children are those of 1–17; the global series is of 1–14, as most surveys ask of them alone.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category

DISCIPLINE = "violent_discipline_1_month"


def _punished(name: str, low: int, high: int, codes: tuple[tuple[str, str], ...] = ()) -> Series:
    return Series(
        indicator="16.2.1",
        name=name,
        title=f"Violent discipline by a caregiver in the last month, children aged {low}–{high} asked about",
        base=(aged(low, high),),
        # not applicable: not the child chosen for the module
        needs=(Need(DISCIPLINE, not_applicable="no"),),
        denominator=category("asked about", DISCIPLINE, "yes", "no"),
        numerator=category("who met violent discipline", DISCIPLINE, "yes"),
        sdmx_series=codes,
    )


INDICATOR = Indicator(
    number="16.2.1",
    title=(
        "Proportion of children aged 1–17 years who experienced any physical punishment and/or psychological "
        "aggression by caregivers in the past month"
    ),
    custodian="UNICEF",
    series=(
        _punished("violent_discipline", 1, 17),
        _punished("violent_discipline_1_14", 1, 14, (("", "VC_VAW_PHYPYV"),)),
    ),
    official_disaggregations=("sex", "age_group"),
    census="Needs a survey of households with children (MICS, DHS).",
    caveats=(
        "A parent answers about one child of the household, chosen at random: its weight must say so.",
        "By the child's own status migrants are few: most children of migrants are born in the country.",
    ),
    sources=("UN metadata 16.2.1: definition, concepts", "SDG series list: VC_VAW_PHYPYV"),
)
