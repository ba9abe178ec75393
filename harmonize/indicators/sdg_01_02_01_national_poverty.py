"""SDG 1.2.1: persons under the national poverty line, as the producer of the data says of each household."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import category

BELOW = Series(
    indicator="1.2.1",
    name="national_poverty",
    title="Under the national poverty line",
    population="private_households",
    needs=(Need("below_national_poverty_line"),),
    numerator=category("under the national poverty line", "below_national_poverty_line", "yes"),
    sdmx_series=(("", "SI_POV_NAHC"),),
)

INDICATOR = Indicator(
    number="1.2.1",
    title="Proportion of population living below the national poverty line, by sex and age",
    custodian="World Bank",
    series=(BELOW,),
    official_disaggregations=("sex", "age_group"),
    census="Needs a survey of income or consumption, with the poverty that its producer derived.",
    caveats=("The line and the measure are the country's: countries do not compare.", "Shares of persons."),
    sources=("SDG series list, SI_POV_NAHC",),
)
