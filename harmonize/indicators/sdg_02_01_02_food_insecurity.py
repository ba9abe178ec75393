"""SDG 2.1.2: persons whom a survey classes as moderately or severely food insecure.

The official number is the mean of each person's probability to be so, from the Food Insecurity Experience
Scale (FIES). A yes or no for each person stands in for it.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category

CLASSED = "food_insecurity_moderate_severe"

FOOD_INSECURITY = Series(
    indicator="2.1.2",
    name="food_insecurity",
    title="Classed as moderately or severely food insecure",
    needs=(Need(CLASSED, not_applicable="narrow"),),
    numerator=category("moderately or severely food insecure", CLASSED, "yes"),
    proxies=(Proxy("classed_food_insecure"),),
)

INDICATOR = Indicator(
    number="2.1.2",
    title=(
        "Prevalence of moderate or severe food insecurity in the population, based on the Food Insecurity Experience "
        "Scale (FIES)"
    ),
    custodian="FAO",
    series=(FOOD_INSECURITY,),
    census="Needs a survey with the eight questions of the scale.",
    caveats=(
        "Classes of one survey compare with those of another only where both were set on the global scale.",
        "Where one person answered for the household, all its members have the answer.",
    ),
    sources=("UN metadata 2.1.2: definition, method of computation",),
)
