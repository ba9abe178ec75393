"""SDG 3.3.1: new HIV infections, of which a survey has those who live with HIV.

The official rate is of a model, as hardly any survey sees new infections. This share is another number.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category

LIVING_WITH_HIV = Series(
    indicator="3.3.1",
    name="hiv_prevalence",
    title="Living with HIV, of those tested or asked",
    # not applicable: not tested nor asked
    needs=(Need("hiv_positive", not_applicable="no"),),
    denominator=category("tested or asked", "hiv_positive", "yes", "no"),
    numerator=category("living with HIV", "hiv_positive", "yes"),
    proxies=(Proxy("prevalence_not_incidence"),),
)

INDICATOR = Indicator(
    number="3.3.1",
    title="Number of new HIV infections per 1,000 uninfected population, by sex, age and key populations",
    custodian="UNAIDS",
    series=(LIVING_WITH_HIV,),
    official_disaggregations=("sex", "age_group"),
    census="Not from a census: new infections are modelled (SH_HIV_INCD); a survey that tests has who lives with HIV.",
    caveats=(
        "Who lives longer with treatment raises this share and not the official rate.",
        "Told without a test, the share is too low; an infection may precede the migration.",
    ),
    sources=("UN metadata 3.3.1: definition, method of computation",),
)
