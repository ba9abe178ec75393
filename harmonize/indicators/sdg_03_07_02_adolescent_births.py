"""SDG 3.7.2: births of the last 12 months per 1,000 girls aged 10–14, and women aged 15–19, at the census.

The numerator is children, not mothers. Women are counted by their age at the census, half a year older on
average than at the birth: adjustment `age_shift` counts half of each age to the age below. Adjustment `pf`, of
everybody alone, raises births that were not reported by what women had in all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.model import Amount, Indicator, Need, Population, Proxy, Series
from harmonize.indicators.mothers import AGES, BORN, MOTHERS, NEED_BORN, children_born
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


TWINS = Proxy("mothers_not_births", only=(BIRTHS, "counted", "mothers"))
NEEDS = (Need(BIRTHS, not_applicable="zero", single=True),)
PER_WOMAN = Amount("births of the last 12 months", (BIRTHS,), _births)


def _births_of(low: int, high: int) -> Series:
    return Series(
        indicator="3.7.2",
        name=f"births_{low}_{high}",
        title=f"Births of the last 12 months per 1,000 women aged {low}–{high}",
        unit="per_1000",
        base=(women(), aged(low, high)),
        needs=NEEDS,
        numerator=Population("who gave birth in the last 12 months", (BIRTHS,), _gave_birth),
        amount=PER_WOMAN,
        proxies=(Proxy("age_at_census"), TWINS),
        whole_base=low == 10,  # of some of these girls it is no rate of all
        since_arrival=True,
    )


def _shifted(low: int, high: int) -> Series:
    """Of women half a year younger: half of the first age, all of the next, and half of the one after the last."""

    def halves(has: Availability) -> pl.Expr:
        import polars as pl

        at_an_end = (pl.col("age") == low) | (pl.col("age") == high + 1)
        return pl.when(at_an_end).then(0.5).otherwise(1.0)

    return replace(
        _births_of(low, high),
        name=f"births_{low}_{high}_age_shift",
        title=f"Births of the last 12 months per 1,000 women aged {low}–{high} when they gave birth",
        base=(women(), aged(low, high + 1)),
        needs=(*NEEDS, Need("age", single=True)),
        amount=replace(
            PER_WOMAN, words=f"births, those of women aged {low} and {high + 1} by half", needs=(BIRTHS, "age"),
            build=lambda has: _births(has) * halves(has), decimals=1,
            per=halves, per_words=f"women, those aged {low} and {high + 1} by half", per_decimals=1,
        ),
        proxies=(TWINS,),
        adjustment="age_shift",
        whole_base=True,
        shown_as=f"births_{low}_{high}",
    )  # fmt: skip


def _hidden(series: Series, name: str, title: str) -> Series:
    """A number that P/F takes, not shown."""
    return replace(
        series, name=name, title=f"{title} (for the method, not shown)", contrasts=(), levels=False, of_everybody=True
    )


RATES = tuple(
    _hidden(_births_of(low, high), f"birth_rate_{low}_{high}", f"Births per woman aged {low}–{high}")
    for low, high in AGES
)
PARITIES = tuple(
    replace(
        _hidden(_births_of(low, high), f"parity_{low}_{high}", f"Children ever born per woman aged {low}–{high}"),
        unit="ratio",
        needs=(NEED_BORN,),
        numerator=MOTHERS,
        amount=Amount("children ever born", (BORN,), children_born),
        proxies=(),
    )
    for low, high in AGES
)
BY_PF = replace(
    _births_of(15, 19),
    name="births_15_19_pf",
    title="Births of the last 12 months per 1,000 women aged 15–19, raised by Brass's P/F ratio",
    needs=(*NEEDS, NEED_BORN),
    contrasts=(),
    adjustment="pf",
    shown_as="births_15_19",
    of_everybody=True,
)

INDICATOR = Indicator(
    number="3.7.2",
    title="Adolescent birth rate (aged 10-14 years; aged 15-19 years) per 1,000 women in that age group",
    custodian="UN Population Division, UNFPA",
    series=(
        *(_births_of(10, 14), _births_of(15, 19)),
        *(_shifted(10, 14), _shifted(15, 19), BY_PF),
        *(*RATES, *PARITIES),
    ),
    official_disaggregations=("age_group",),
    census="Nearly exact: births of the last 12 months, by age at the census.",
    caveats=(
        "The numerator is children, twins as two unless the mapping says `counted: mothers`; n_numerator is children "
        "too, of adjustment age_shift women who gave birth.",
        "A woman whom the form did not ask, within the ages it asks, is taken to have had no birth.",
        "Births of the last 12 months are often under-reported: adjustment pf raises them by the P/F ratio of women "
        "aged 20-24, for everybody alone; it takes constant fertility. Its standard error takes the factor as exact.",
        "Adjustment pf has no number where P/F does not hold: where in a five-year age group of women aged 15-49 "
        "nobody gave birth in the last 12 months, or nobody is known by what it takes; where women aged 15-19 have "
        "ever borne less than 0.014 or more than 0.387 of what women aged 20-24 have on average, or these none; where "
        "the mean age of fertility is under 24.7 or over 31.7 years; or where the factor is under 1.",
        "Women who arrived within the last 12 months (where a calendar year alone tells, in that of the census) are "
        "not among the migrants but of unknown migratory status, by every definition of a migrant: they gave birth "
        "elsewhere. Column nativity has them.",
    ),
    sources=("S8", "S15", "methods.md: 3.7.2"),
)
