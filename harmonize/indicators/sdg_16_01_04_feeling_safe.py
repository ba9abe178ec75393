"""SDG 16.1.4: adults who feel safe walking alone in their neighbourhood after dark."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category

SAFE = "feels_safe_walking_alone"

FEELING_SAFE = Series(
    indicator="16.1.4",
    name="feels_safe",
    title="Feels safe walking alone in the neighbourhood after dark, persons aged 18 and over asked about it",
    base=(aged(18),),
    # not applicable: not chosen for the module
    needs=(Need(SAFE, not_applicable="no"),),
    denominator=category("asked about it", SAFE, "yes", "no"),
    numerator=category("who feel safe", SAFE, "yes"),
    proxies=(Proxy("not_after_dark", only=(SAFE, "time", "any_time")),),
    sdmx_series=(("", "VC_SNS_WALN_DRK"),),
)

INDICATOR = Indicator(
    number="16.1.4",
    title="Proportion of population that feel safe walking alone around the area they live after dark",
    custodian="UNODC",
    series=(FEELING_SAFE,),
    official_disaggregations=("sex", "age_group", "disability", "migratory_status", "citizenship_status"),
    census="Needs a victimisation survey.",
    caveats=(
        "Who never goes out alone counts below the line as not feeling safe; who does not know is left out, where "
        "the official share has them below the line.",
        "Adults are taken to be 18 and over.",
    ),
    sources=("UN metadata 16.1.4: definition, method of computation, disaggregation", "UN SDG data: VC_SNS_WALN_DRK"),
)
