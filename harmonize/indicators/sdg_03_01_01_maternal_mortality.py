"""SDG 3.1.1: deaths of women while pregnant or soon after, per 100,000 births, as households tell of last year.

The ratio of pregnancy-related deaths, of whatever cause, to births of the same months. The dead have no record of
their own: a household tells of them, on one row (see household_deaths). Deaths and births go by the status of the head.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.household_deaths import DEATHS, HOUSEHOLDS
from harmonize.indicators.model import Amount, Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, any_of, together, women

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

BIRTHS = "births_12_months"
LEAST_DEATHS = 20  # fewer tell nothing: methods.md, 3.1.1
MAY_HAVE_GIVEN_BIRTH = replace(together("women aged 15–49", women(), aged(15, 49)), ages=(15, 49))


def _nobody() -> pl.Expr:
    import polars as pl

    return pl.lit(False)


NOBODY = Population("nobody: it tells who the head is", (), _nobody)


def _deaths(has: Availability) -> pl.Expr:
    import polars as pl

    return pl.when(HOUSEHOLDS.expr()).then(pl.col(DEATHS).fill_null(0)).otherwise(0.0)


def _births(has: Availability) -> pl.Expr:
    import polars as pl

    return pl.when(MAY_HAVE_GIVEN_BIRTH.expr()).then(pl.col(BIRTHS).fill_null(0)).otherwise(0.0)


def _lost_a_woman() -> pl.Expr:
    import polars as pl

    return HOUSEHOLDS.expr() & (pl.col(DEATHS) > 0)


RATIO = Series(
    indicator="3.1.1",
    name="pregnancy_related_mortality",
    title="Pregnancy-related deaths per 100,000 births, both of the last 12 months",
    unit="per_100000",
    population="private_households",
    needs=(
        Need(
            "relationship_to_head", when=NOBODY, of_all_ages=True
        ),  # of a household without a head the status is unknown
        Need("sex"),
        # of a household that does not say, births do not count either
        Need(DEATHS, not_applicable="zero", single=True, of_all_ages=True),
        Need(BIRTHS, when=MAY_HAVE_GIVEN_BIRTH, not_applicable="zero", single=True, of_all_ages=True),
    ),
    denominator=any_of(HOUSEHOLDS, MAY_HAVE_GIVEN_BIRTH),
    numerator=Population("in whose household a woman died so", (DEATHS,), _lost_a_woman),
    amount=Amount("pregnancy-related deaths", (DEATHS,), _deaths, per=_births, per_words="births"),
    proxies=(
        Proxy("pregnancy_related"),
        Proxy("status_of_head"),
        Proxy("mothers_not_births", only=(BIRTHS, "counted", "mothers")),
    ),
    status_of="head",
    least_events=LEAST_DEATHS,
)

INDICATOR = Indicator(
    number="3.1.1",
    title="Maternal mortality ratio",
    custodian="World Health Organization",
    series=(RATIO,),
    census="A proxy: pregnancy-related deaths in the household of the last 12 months, by the status of its head.",
    caveats=(
        "n_numerator is deaths: a ratio of fewer than 20 is not given. n is households, on a row each, and women "
        "aged 15–49.",
        "Of whatever cause, accidents too. Deaths are under-reported, and those of women who lived alone have nobody "
        "to tell of them; births are too: neither is corrected.",
        "A household's deaths count once, on the row that tells of most, among equals its head's: with the weight of "
        "that row, births with that of the mother. Of several heads the first is the head; without one the deaths and "
        "births are of unknown status. Where a mapping has no household key, rows of heads count, for the total alone.",
        "Of a household that does not say whether a woman died so, births do not count either; a head whose own births "
        "are not known takes the deaths of her household out with her.",
        "What share these deaths are of all deaths of women aged 15–49 is not given: the schema has no other deaths.",
        "The migratory status of the woman who died is not known: that of the head stands for it, for deaths and "
        "births alike.",
    ),
    sources=("S1", "S12", "S13", "methods.md: 3.1.1"),
)
