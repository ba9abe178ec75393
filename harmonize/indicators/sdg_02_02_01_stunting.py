"""SDG 2.2.1: children under 5 whose height for age is more than two standard deviations under the WHO median."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Series
from harmonize.indicators.populations import aged

if TYPE_CHECKING:
    import polars as pl

STUNTED_UNDER = -2.0
IMPLAUSIBLE_BEYOND = 6.0  # of WHO's flags: a height or age was taken wrongly


def _stunted() -> pl.Expr:
    import polars as pl

    return pl.col("height_for_age_z") < STUNTED_UNDER


def _plausible() -> pl.Expr:
    import polars as pl

    return pl.col("height_for_age_z").abs() <= IMPLAUSIBLE_BEYOND


STUNTING = Series(
    indicator="2.2.1",
    name="stunting",
    title="Stunted, children under 5",
    base=(aged(None, 4),),
    # a child that was not measured is left out; one measured wrongly does not count
    needs=(Need("height_for_age_z", single=True),),
    denominator=Population("whose height for age is from -6 to 6 z", ("height_for_age_z",), _plausible),
    numerator=Population("whose height for age is under -2 z", ("height_for_age_z",), _stunted),
    sdmx_series=(("", "SH_STA_STNT"),),
    also_by_mother=True,
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
        "The z-score is the mapping's, or the producer's; beyond 6 either way it is implausible and does not count.",
        "By the child's own status migrants are few: most children of migrants are born in the country. By the "
        "mother's (status_of mother), where her birthplace is known, it is always by nativity, never by citizenship.",
    ),
    sources=(
        "S8",
        "UN metadata 2.2.1: definition; method of WHO Anthro",
        "WHO flags: height for age under -6 or over 6 is biologically implausible (as R whozr, zha, has it)",
    ),
)
