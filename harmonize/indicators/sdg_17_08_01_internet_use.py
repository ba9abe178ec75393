"""SDG 17.8.1: persons who use the internet; access of the household stands in where use was not asked."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category

HOUSEHOLD_ACCESS = Series(
    indicator="17.8.1",
    name="internet_use",
    title="Living in a household with internet access",
    population="private_households",
    needs=(Need("internet"),),
    numerator=category("with internet access", "internet", "yes"),
    proxies=(Proxy("household_access"), Proxy("some_access", only=("internet", "access", "some"))),
)

USE = Series(
    indicator="17.8.1",
    name="internet_use",
    title="Used the internet in the last three months",
    needs=(Need("internet_use", not_applicable="narrow"),),
    numerator=category("who used the internet", "internet_use", "yes"),
    otherwise=HOUSEHOLD_ACCESS,
    sdmx_series=(("", "IT_USE_II99"),),
)

INDICATOR = Indicator(
    number="17.8.1",
    title="Proportion of individuals using the Internet",
    custodian="International Telecommunication Union",
    series=(USE,),
    official_disaggregations=("sex", "age_group", "urban_rural"),
    census="Exact where use is asked; access of the household is a proxy.",
    caveats=("Not everybody in a household with access uses it, and some without access at home do.",),
    sources=("S8",),
)
