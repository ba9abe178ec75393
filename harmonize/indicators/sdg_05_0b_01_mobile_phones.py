"""SDG 5.b.1: persons who own a mobile phone; a phone in the household stands in where that was all asked."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category

IN_THE_HOUSEHOLD = Series(
    indicator="5.b.1",
    name="mobile_phone",
    title="Living in a household with a mobile phone",
    population="private_households",
    needs=(Need("mobile_phone"),),
    numerator=category("with a mobile phone in the household", "mobile_phone", "yes"),
    proxies=(Proxy("phone_of_household"),),
)

OWN = Series(
    indicator="5.b.1",
    name="mobile_phone",
    title="Owning a mobile phone",
    needs=(Need("mobile_phone_own", not_applicable="narrow"),),
    numerator=category("who own a mobile phone", "mobile_phone_own", "yes"),
    otherwise=IN_THE_HOUSEHOLD,
    sdmx_series=(("", "IT_MOB_OWN"),),
)

INDICATOR = Indicator(
    number="5.b.1",
    title="Proportion of individuals who own a mobile telephone, by sex",
    custodian="International Telecommunication Union",
    series=(OWN,),
    official_disaggregations=("sex", "age_group", "urban_rural"),
    census="Exact where each person was asked; a phone of the household is a proxy.",
    caveats=(
        "A phone with an active SIM card for personal use, also one of the employer or in another's name.",
        "Countries ask from different ages on: shares of different ages do not compare.",
        "A phone of the household says nothing of women and men in it.",
    ),
    sources=("UN metadata 5.b.1: concepts",),
)
