"""SDG 3.1.2: births attended by skilled personnel, of which a survey of women has their last births."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category, women

ATTENDANT = "last_birth_attendant_skilled"

SKILLED = Series(
    indicator="3.1.2",
    name="skilled_attendance",
    title="Last birth attended by skilled personnel, women aged 15–49 with a recent birth",
    base=(women(), aged(15, 49)),
    # not applicable: no recent birth
    needs=(Need(ATTENDANT, not_applicable="no"),),
    denominator=category("with a recent birth", ATTENDANT, "yes", "no"),
    numerator=category("attended by skilled personnel", ATTENDANT, "yes"),
    proxies=(Proxy("last_births"),),
)

INDICATOR = Indicator(
    number="3.1.2",
    title="Proportion of births attended by skilled health personnel",
    custodian="UNICEF, World Health Organization",
    series=(SKILLED,),
    census="Needs a survey module; a few censuses ask it of the last birth.",
    caveats=(
        "How long ago a recent birth may be is the questionnaire's.",
        "A birth may precede the migration: a migrant's birth is not always one in this country.",
    ),
    sources=("S8", "S14", "indicators.md 2: 3.1.2"),
)
