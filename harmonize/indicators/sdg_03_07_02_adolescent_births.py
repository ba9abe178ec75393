"""SDG 3.7.2: births of the last 12 months per 1,000 girls aged 10–14, and women aged 15–19, at the census.

The numerator is children, not mothers. Women are counted by their age at the census, half a year older on
average than at the birth; a shift of half of each age to the age below, and adjustment by P/F, are not made yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Amount, Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, women

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

BIRTHS = "births_12_months"


def _gave_birth() -> pl.Expr:
    import polars as pl

    return pl.col(BIRTHS) > 0


def _births(has: Availability) -> pl.Expr:
    import polars as pl

    # no number and yet known: the form asks no woman who never had a child
    return pl.col(BIRTHS).fill_null(0)


def _births_of(low: int, high: int) -> Series:
    return Series(
        indicator="3.7.2",
        name=f"births_{low}_{high}",
        title=f"Births of the last 12 months per 1,000 women aged {low}–{high}",
        unit="per_1000",
        base=(women(), aged(low, high)),
        needs=(Need(BIRTHS, not_applicable="zero", single=True),),
        numerator=Population("who gave birth in the last 12 months", (BIRTHS,), _gave_birth),
        amount=Amount("births of the last 12 months", (BIRTHS,), _births),
        proxies=(Proxy("age_at_census"),),
    )


INDICATOR = Indicator(
    number="3.7.2",
    title="Adolescent birth rate (aged 10-14 years; aged 15-19 years) per 1,000 women in that age group",
    custodian="UN Population Division, UNFPA",
    series=(_births_of(10, 14), _births_of(15, 19)),
    official_disaggregations=("age_group",),
    census="Nearly exact: births of the last 12 months, by age at the census.",
    caveats=(
        "The numerator is children, twins as two; n_numerator is children too.",
        "A woman whom the form did not ask, within the ages it asks, is taken to have had no birth.",
        "Births of the last 12 months are often under-reported: no correction is made.",
        "A birth may precede the migration: a migrant's birth is not always one in this country.",
    ),
    sources=("S8", "S15", "methods.md: 3.7.2"),
)
