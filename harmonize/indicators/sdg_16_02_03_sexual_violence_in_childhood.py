"""SDG 16.2.3: young women and men aged 18–29 who suffered sexual violence by the age of 18."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category

VIOLENCE = "sexual_violence_by_18"

BY_18 = Series(
    indicator="16.2.3",
    name="sexual_violence_by_18",
    title="Sexual violence by the age of 18, persons aged 18–29 asked about it",
    base=(aged(18, 29),),
    # not applicable: not chosen for the module
    needs=(Need(VIOLENCE, not_applicable="no"),),
    denominator=category("asked about it", VIOLENCE, "yes", "no"),
    numerator=category("who suffered sexual violence by 18", VIOLENCE, "yes"),
    sdmx_series=(("", "VC_VAW_SXVLN"),),
)

INDICATOR = Indicator(
    number="16.2.3",
    title="Proportion of young women and men aged 18–29 years who experienced sexual violence by age 18",
    custodian="UNICEF",
    series=(BY_18,),
    official_disaggregations=("sex",),
    census="Never from a census: a survey of its own, for safety and privacy.",
    caveats=(
        "The official share is given for women and men apart: read it by sex.",
        "It may have been in another country, before the migration.",
        "Few tell of it, men least of all.",
    ),
    sources=("UN metadata 16.2.3: definition, method of computation",),
)
