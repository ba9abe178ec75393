"""SDG 6.1.1: safely managed drinking water, of which a census has the ladder up to basic.

Safely managed water is free of contamination and there when needed, which takes tests of the water. The
series are the steps below it: basic (the same as in 1.4.1), limited, unimproved, surface.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import all_of, category
from harmonize.indicators.sdg_01_04_01_basic_services import BASIC_WATER, MINUTES

if TYPE_CHECKING:
    import polars as pl

PROXIES = (Proxy("not_safely_managed"),)
# piped water is improved; what is not piped may be a good well, a bad one or a river
NOT_PIPED = ("not_piped",)


def _more_than_30_minutes() -> pl.Expr:
    import polars as pl

    return pl.col("water_time_minutes") > MINUTES


BASIC = replace(BASIC_WATER, indicator="6.1.1", proxies=PROXIES)

# The steps are shares of the same persons: where the time was asked, each needs it as basic water does.
TIME = tuple(replace(need, without="") for need in BASIC_WATER.needs if need.variable == "water_time_minutes")

LIMITED = Series(
    indicator="6.1.1",
    name="limited_water",
    title="Improved drinking water, more than 30 minutes there and back",
    population="private_households",
    needs=(
        Need("water_source", undecidable=("piped", "not_piped")),
        *(replace(need, optional=False) for need in TIME),
    ),
    numerator=all_of(
        category(
            "with improved drinking water that may be off the premises",
            "water_source",
            "improved_off_premises",
            "improved_unspecified",
        ),
        Population(f"more than {MINUTES} minutes away, there and back", ("water_time_minutes",), _more_than_30_minutes),
    ),
    proxies=PROXIES,
)

UNIMPROVED = Series(
    indicator="6.1.1",
    name="unimproved_water",
    title="Drinking water from an unimproved source, surface water apart",
    population="private_households",
    needs=(Need("water_source", undecidable=NOT_PIPED), *TIME),
    numerator=category("with water from an unimproved source", "water_source", "unimproved"),
    proxies=PROXIES,
)

SURFACE = Series(
    indicator="6.1.1",
    name="surface_water",
    title="Drinking water from a river, lake or other surface water",
    population="private_households",
    needs=(Need("water_source", undecidable=NOT_PIPED), *TIME),
    numerator=category("drinking surface water", "water_source", "surface"),
    proxies=PROXIES,
)

INDICATOR = Indicator(
    number="6.1.1",
    title="Proportion of population using safely managed drinking water services",
    custodian="World Health Organization, UNICEF",
    series=(BASIC, LIMITED, UNIMPROVED, SURFACE),
    official_disaggregations=("urban_rural",),
    census="The ladder up to basic, which holds the safely managed; those need tests of the water.",
    caveats=(
        "Shares of persons, not of households.",
        "Basic is the share with at least basic water, so it is higher than that of safely managed water.",
    ),
    sources=("S8", "S11", "methods.md: Services and housing"),
)
