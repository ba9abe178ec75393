"""SDG 5.2.2: women who suffered sexual violence by others than a partner in the last 12 months.

Never from a census: for the safety of women, and privacy, it takes a survey of its own.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category, women

VIOLENCE = "nonpartner_sexual_violence_12_months"

NONPARTNER = Series(
    indicator="5.2.2",
    name="nonpartner_sexual_violence",
    title="Sexual violence by others than a partner in the last 12 months, women aged 15 and over asked about it",
    base=(women(), aged(15)),
    # not applicable: not chosen for the module
    needs=(Need(VIOLENCE, not_applicable="no"),),
    denominator=category("asked about it", VIOLENCE, "yes", "no"),
    numerator=category("subjected to sexual violence by others than a partner", VIOLENCE, "yes"),
    sdmx_series=(("", "VC_VAW_NONMARR"),),
)

INDICATOR = Indicator(
    number="5.2.2",
    title=(
        "Proportion of women and girls aged 15 years and older subjected to sexual violence by persons other than an "
        "intimate partner in the previous 12 months, by age and place of occurrence"
    ),
    custodian="UNICEF, UN Women, UNFPA, World Health Organization, UNODC",
    series=(NONPARTNER,),
    official_disaggregations=("age_group",),
    census="Never from a census: a survey of its own, for safety and privacy.",
    caveats=(
        "Most surveys ask only about forced or attempted sexual acts: other sexual violence is missed.",
        "Women who do not answer are left out; they are not likely to be like the others.",
    ),
    sources=("UN metadata 5.2.2: definition, concepts", "SDG series list: VC_VAW_NONMARR"),
)
