"""SDG 1.1.1: persons under the international poverty line, which the user gives in the currency of the data.

The line is of consumption, or of income where that was asked, a person and day.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, employed
from harmonize.indicators.poverty import CONSUMPTION, INCOME, by_line

WORDS = "under the international poverty line"


def _on_both(series: Series) -> Series:
    """By consumption, and where that was not asked by income."""
    consumption = by_line(series, CONSUMPTION, WORDS)
    income = by_line(series, INCOME, WORDS)
    return replace(consumption, otherwise=replace(income, proxies=(Proxy("income_not_consumption"),)))


POOR = _on_both(
    Series(
        indicator="1.1.1",
        name="international_poverty",
        title="Under the international poverty line",
        population="private_households",
        sdmx_series=(("", "SI_POV_DAY1"),),
    )
)
WORKING_POOR = _on_both(
    Series(
        indicator="1.1.1",
        name="working_poor",
        title="Under the international poverty line, employed persons aged 15 and over",
        population="private_households",
        base=(aged(15),),
        needs=(Need("labour_force_status", not_applicable="narrow"),),
        denominator=employed(),
        sdmx_series=(("", "SI_POV_EMP1"),),
    )
)

INDICATOR = Indicator(
    number="1.1.1",
    title=(
        "Proportion of the population living below the international poverty line by sex, age, employment status and "
        "geographic location (urban/rural)"
    ),
    custodian="World Bank",
    series=(POOR, WORKING_POOR),
    official_disaggregations=("sex", "age_group", "labour_force_status", "urban_rural"),
    census="Needs a survey of consumption; a proxy where a census asks the household's income. The line is the user's.",
    caveats=(
        "Give the line in the currency and at the prices of the data: --poverty-line 1.1.1=AMOUNT/day. The line is "
        "2.15 dollars a day at purchasing power of 2017, and since June 2025 3.00 at that of 2021: converting it to "
        "the currency takes the factor of the country and its prices since then.",
        "Per capita: of the household over its persons, not equivalised. The line is taken as exact.",
    ),
    sources=("S8", "indicators.md 2: 1.1.1", "methods.md: 1.1.1"),
)
