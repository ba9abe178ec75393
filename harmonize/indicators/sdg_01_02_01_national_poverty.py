"""SDG 1.2.1: persons under the national poverty line: one that the user gives, or as the producer of the data says."""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import category
from harmonize.indicators.poverty import CONSUMPTION, INCOME, by_line

WORDS = "under the national poverty line"

DERIVED = Series(
    indicator="1.2.1",
    name="national_poverty",
    title="Under the national poverty line",
    population="private_households",
    needs=(Need("below_national_poverty_line"),),
    numerator=category(WORDS, "below_national_poverty_line", "yes"),
    sdmx_series=(("", "SI_POV_NAHC"),),
)
EMPTY = replace(DERIVED, needs=(), numerator=None)
BELOW = replace(by_line(EMPTY, INCOME, WORDS), otherwise=replace(by_line(EMPTY, CONSUMPTION, WORDS), otherwise=DERIVED))

INDICATOR = Indicator(
    number="1.2.1",
    title="Proportion of population living below the national poverty line, by sex and age",
    custodian="World Bank",
    series=(BELOW,),
    official_disaggregations=("sex", "age_group"),
    census="Needs a survey of income or consumption, or the poverty that its producer derived.",
    caveats=(
        "The line and the measure are the country's: countries do not compare.",
        "With --poverty-line 1.2.1=AMOUNT/month, of income (else consumption) of the household over its persons, not "
        "equivalised; the line is taken as exact.",
        "Shares of persons.",
    ),
    sources=("SDG series list, SI_POV_NAHC", "methods.md: 1.2.1"),
)
