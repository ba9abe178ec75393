"""SDG 8.8.1: occupational injuries per 100,000 workers, of which a survey has the workers who say that they had one."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category, employed

INJURY = "occupational_injury_12_months"

INJURED = Series(
    indicator="8.8.1",
    name="occupational_injuries",
    title="Injured at work in the last 12 months, per 100,000 employed aged 15 and over",
    unit="per_100000",
    base=(aged(15),),
    needs=(Need("labour_force_status", not_applicable="narrow"), Need(INJURY, when=employed())),
    denominator=employed(),
    numerator=category("injured at work", INJURY, "yes"),
    proxies=(Proxy("persons_injured"),),
)

INDICATOR = Indicator(
    number="8.8.1",
    title="Fatal and non-fatal occupational injuries per 100,000 workers, by sex and migrant status",
    custodian="International Labour Organization",
    series=(INJURED,),
    official_disaggregations=("sex", "migratory_status"),
    census="Administrative data or a survey module; a census gives the workers by migratory status.",
    caveats=(
        "Those who died, or left work for their injury, are not among the employed.",
        "Persons, not injuries: who had two counts once.",
    ),
    sources=("S10", "indicators.md 2: 8.8.1"),
)
