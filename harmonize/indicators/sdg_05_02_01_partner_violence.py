"""SDG 5.2.1: women who suffered violence by a partner in the last 12 months, of those who ever had a partner.

Never from a census: for the safety of women, and privacy, it takes a survey of its own.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category, women
from harmonize.indicators.sdg_05_03_01_child_marriage import EVER_IN_UNION

VIOLENCE = "partner_violence_12_months"

# without the marital status: whom the survey asked had a partner
BY_THE_ANSWER = Series(
    indicator="5.2.1",
    name="partner_violence",
    title="Violence by a partner in the last 12 months, women aged 15 and over who ever had one",
    base=(women(), aged(15)),
    needs=(Need(VIOLENCE, not_applicable="no"),),
    denominator=category("who ever had a partner", VIOLENCE, "yes", "no"),
    numerator=category("subjected to violence by a partner", VIOLENCE, "yes"),
    proxies=(Proxy("psychological_too", only=(VIOLENCE, "forms", "any")),),
    sdmx_series=(("", "VC_VAW_MARR"),),
)

BY_MARITAL_STATUS = replace(
    BY_THE_ANSWER,
    needs=(Need("marital_status", not_applicable="narrow"), Need(VIOLENCE, when=EVER_IN_UNION)),
    denominator=EVER_IN_UNION,
    otherwise=BY_THE_ANSWER,
)

INDICATOR = Indicator(
    number="5.2.1",
    title=(
        "Proportion of ever-partnered women and girls aged 15 years and older subjected to physical, sexual or "
        "psychological violence by a current or former intimate partner in the previous 12 months, by form of violence "
        "and by age"
    ),
    custodian="UNICEF, UN Women, UNFPA, World Health Organization, UNODC",
    series=(BY_MARITAL_STATUS,),
    official_disaggregations=("age_group",),
    census="Never from a census: a survey of its own, for safety and privacy.",
    caveats=(
        "The global series is of physical and sexual violence; a mapping says where psychological violence is counted.",
        "Women who do not answer are left out; they are not likely to be like the others.",
        "Partners in the sense of marriage or union: those who never lived together are missed by the marital status.",
    ),
    sources=("S8", "indicators.md 2: 5.2.1", "UN metadata 5.2.1: definition", "SDG series list: VC_VAW_MARR"),
)
