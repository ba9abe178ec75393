"""SDG 6.2.1: (a) safely managed sanitation, of which a census has the ladder up to basic; (b) handwashing.

Safely managed sanitation treats what it collects, which a household can't tell. The series are the steps
below it: basic (the same as in 1.4.1), limited, unimproved, open defecation.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category
from harmonize.indicators.sdg_01_04_01_basic_services import BASIC_SANITATION

NOT_SAFELY_MANAGED = Proxy("not_safely_managed")
# without a sewer or septic tank there may be a good latrine, a bad one or none
NO_SEWER = ("no_sewer_or_septic",)

BASIC = replace(
    BASIC_SANITATION,
    indicator="6.2.1",
    proxies=(NOT_SAFELY_MANAGED, *BASIC_SANITATION.proxies),
)

LIMITED = Series(
    indicator="6.2.1",
    name="limited_sanitation",
    title="Improved sanitation, shared with other households",
    population="private_households",
    # nobody can be said to share, or not to, where a toilet may be either
    needs=(Need("sanitation", undecidable=("improved_unspecified", "sewer_or_septic", "no_sewer_or_septic")),),
    numerator=category("with improved sanitation that is shared", "sanitation", "improved_shared"),
    proxies=(NOT_SAFELY_MANAGED,),
)

UNIMPROVED = Series(
    indicator="6.2.1",
    name="unimproved_sanitation",
    title="Unimproved sanitation, open defecation apart",
    population="private_households",
    needs=(Need("sanitation", undecidable=NO_SEWER),),
    numerator=category("with unimproved sanitation", "sanitation", "unimproved"),
    proxies=(NOT_SAFELY_MANAGED,),
)

OPEN_DEFECATION = Series(
    indicator="6.2.1",
    name="open_defecation",
    title="No sanitation facility: open defecation",
    population="private_households",
    needs=(Need("sanitation", undecidable=NO_SEWER),),
    numerator=category("without a sanitation facility", "sanitation", "open_defecation"),
    proxies=(NOT_SAFELY_MANAGED,),
)

HANDWASHING = Series(
    indicator="6.2.1",
    name="handwashing",
    title="Handwashing facility with soap and water at home",
    population="private_households",
    needs=(Need("handwashing"),),
    numerator=category("with a handwashing facility with soap and water", "handwashing", "basic"),
    sdmx_series=(("", "SH_SAN_HNDWSH"),),
)

INDICATOR = Indicator(
    number="6.2.1",
    title=(
        "Proportion of population using (a) safely managed sanitation services and (b) a hand-washing "
        "facility with soap and water"
    ),
    custodian="World Health Organization, UNICEF",
    series=(BASIC, LIMITED, UNIMPROVED, OPEN_DEFECATION, HANDWASHING),
    official_disaggregations=("urban_rural",),
    census="(a) The ladder up to basic, which holds the safely managed; (b) exact where it is asked.",
    caveats=(
        "Shares of persons, not of households.",
        "Basic is the share with at least basic sanitation, so it is higher than that of the safely managed.",
        "A toilet that may be shared counts as basic, with the proxy reason no_sharing.",
        "Handwashing is measured by looking at the place; an answer alone is likely too favourable.",
    ),
    sources=("S8", "S11", "methods.md: Services and housing"),
)
