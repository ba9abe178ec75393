"""SDG 10.2.1: persons with less than half the median income, or consumption, of everybody.

The median is of all persons in private households of the sample, weighted, and never of a group of them.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Population, Proxy, Series
from harmonize.indicators.poverty import CONSUMPTION, INCOME, needs_of, per_capita, with_persons

BY_CONSUMPTION = Series(
    indicator="10.2.1",
    name="below_half_median",
    title="With less than half the median income a person",
    population="private_households",
    needs=needs_of(CONSUMPTION),
    denominator=with_persons(),
    numerator=Population("with less than half the median of everybody"),
    amount=per_capita(CONSUMPTION),
    decided="half_median",
    proxies=(Proxy("consumption_not_income"),),
    sdmx_series=(("", "SI_POV_50MI"),),
)
BELOW = replace(BY_CONSUMPTION, needs=needs_of(INCOME), amount=per_capita(INCOME), proxies=(), otherwise=BY_CONSUMPTION)

INDICATOR = Indicator(
    number="10.2.1",
    title="Proportion of people living below 50 per cent of median income, by sex, age and persons with disabilities",
    custodian="World Bank",
    series=(BELOW,),
    official_disaggregations=("sex", "age_group", "disability"),
    census="Exact where the income of the household is asked, and its size.",
    caveats=(
        "Income is as the source has it, which may be before taxes, as in the surveys of the United States.",
        "Per capita: income of the household over its persons, not equivalised.",
        "The line is estimated from the same sample; the standard error includes that.",
    ),
    sources=("S8", "methods.md: 10.2.1"),
)
