"""SDG 7.1.1: access to electricity."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import category

ELECTRICITY = Series(
    indicator="7.1.1",
    name="electricity",
    title="Living in a dwelling with electricity",
    population="private_households",
    needs=(Need("electricity"),),
    numerator=category("with electricity", "electricity", "yes"),
    sdmx_series=(("", "EG_ACS_ELEC"),),
)

INDICATOR = Indicator(
    number="7.1.1",
    title="Proportion of population with access to electricity",
    custodian="World Bank",
    series=(ELECTRICITY,),
    official_disaggregations=("urban_rural",),
    census="Exact: electricity from any source, for lighting or else.",
    caveats=("Migrants' better access in many countries is urban residence: read it with urban_rural.",),
    sources=("S1", "S7", "S8"),
)
