"""SDG 2.2.1: children under 5 whose height for age is more than two standard deviations under the WHO median."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Series
from harmonize.indicators.populations import aged

if TYPE_CHECKING:
    import polars as pl

STUNTED_UNDER = -2.0


def _stunted() -> pl.Expr:
    import polars as pl

    return pl.col("height_for_age_z") < STUNTED_UNDER


STUNTING = Series(
    indicator="2.2.1",
    name="stunting",
    title="Stunted, children under 5",
    base=(aged(None, 4),),
    # a child that was not measured, or not well, is left out
    needs=(Need("height_for_age_z", single=True),),
    numerator=Population("whose height for age is under -2 z", ("height_for_age_z",), _stunted),
    sdmx_series=(("", "SH_STA_STNT"),),
)

INDICATOR = Indicator(
    number="2.2.1",
    title=(
        "Prevalence of stunting (height for age <-2 standard deviation from the median of the World Health "
        "Organization (WHO) Child Growth Standards) among children under 5 years of age"
    ),
    custodian="UNICEF, World Health Organization, World Bank",
    series=(STUNTING,),
    official_disaggregations=("sex", "age_group"),
    census="Needs a survey that measures children.",
    caveats=(
        "The z-score is the mapping's: implausible ones are to be missing there.",
        "By the child's own status migrants are few: most children of migrants are born in the country.",
    ),
    sources=("S8", "indicators.md 2: 2.2.1"),
)
