"""SDG 8.5.2: unemployment rate."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, in_labour_force, unemployed

UNEMPLOYMENT = Series(
    indicator="8.5.2",
    name="unemployment",
    title="Unemployed, of the labour force aged 15 and over",
    base=(aged(15),),
    needs=(Need("labour_force_status", not_applicable="narrow"),),
    denominator=in_labour_force(),
    numerator=unemployed(),
    proxies=(
        Proxy("relaxed_unemployment", only=("labour_force_status", "definition", "relaxed")),
        Proxy(
            "national_unemployment",
            only=("labour_force_status", "standard", "national"),
            unless=("labour_force_status", "definition", "strict"),
        ),
    ),
    sdmx_series=(("icls13", "SL_TLF_UEM"), ("icls19", "SL_TLF_UEM_19ICLS")),
)

INDICATOR = Indicator(
    number="8.5.2",
    title="Unemployment rate, by sex, age and persons with disabilities",
    custodian="International Labour Organization",
    series=(UNEMPLOYMENT,),
    official_disaggregations=("sex", "age_group", "disability"),
    census="Near exact: without work, seeking and available, where all three are asked.",
    caveats=(
        "Members of the armed forces are employed.",
        "A main activity over 12 months and one over a week do not compare.",
    ),
    sources=("S8", "S7", "indicators.md 2: 8.5.2"),
)
