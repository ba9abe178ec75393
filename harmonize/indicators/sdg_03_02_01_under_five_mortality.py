"""SDG 3.2.1: deaths before age 5 per 1,000 births, from how many children women ever bore and how many of them live.

Indirect, by Brass in Trussell's version: the share of children dead of the women of an age group tells the
probability to die before a certain age at a certain time before the census; model life tables turn it into that
before age 5. Each age group of mothers gives one number, at its own time; the headline is the mean of those of
women aged 25–29 and 30–34. By the migratory status of the mother.
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

SURVIVING = "children_surviving"


def _dead(has: Availability) -> pl.Expr:
    import polars as pl

    return pl.when(pl.col(BORN) > 0).then(pl.col(BORN) - pl.col(SURVIVING)).otherwise(0.0)


def _lost_children() -> pl.Expr:
    import polars as pl

    return pl.col(SURVIVING) < pl.col(BORN)


def _none_too_many() -> pl.Expr:
    import polars as pl

    return (pl.col(SURVIVING) <= pl.col(BORN)) | (pl.col(BORN).fill_null(0) == 0)


def _childless() -> pl.Expr:
    import polars as pl

    return pl.col(BORN).fill_null(0) == 0


PROXIES = (Proxy("indirect_estimate"), Proxy("exposure_abroad", arrival_unknown=True))


def _of_women(low: int, high: int, name: str) -> Series:
    return Series(
        indicator="3.2.1",
        name=name,
        title=f"Deaths before age 5 per 1,000 live births, from women aged {low}–{high}",
        unit="per_1000",
        base=(women(), aged(low, high)),
        needs=(NEED_BORN, Need(SURVIVING, when=MOTHERS, single=True)),
        denominator=Population("with no more children living than born", (BORN, SURVIVING), _none_too_many),
        numerator=Population("who lost a child", (BORN, SURVIVING), _lost_children),
        amount=Amount(
            "children dead", (BORN, SURVIVING), _dead, per=children_born, per_words="children ever born",
        ),
        proxies=PROXIES,
        status_of="mother",
        from_sums="under_five",
    )  # fmt: skip


def _of_the_method(low: int, high: int, name: str, title: str) -> Series:
    """A series that the method takes and that is not shown."""
    return Series(
        indicator="3.2.1",
        name=f"{name}_{low}_{high}",
        title=f"{title}, women aged {low}–{high} (for the method, not shown)",
        base=(women(), aged(low, high)),
        needs=(NEED_BORN,),
        numerator=Population("without children", (BORN,), _childless),
        contrasts=(),
        levels=False,
        of_everybody=True,
        whole_base=True,
    )


HEADLINE = replace(
    _of_women(25, 34, "under_five_mortality"),
    title="Deaths before age 5 per 1,000 live births, from women aged 25–34",
)
BY_AGE = tuple(_of_women(low, high, f"under_five_mortality_{low}_{high}") for low, high in AGES[1:])
CHILDLESS = tuple(_of_the_method(low, high, "childless", "Without children") for low, high in AGES)
PARITIES = tuple(
    replace(
        _of_the_method(low, high, "mean_parity", "Children ever born per woman"),
        unit="ratio",
        amount=Amount("children ever born", (BORN,), children_born),
        from_sums="under_five",
    )
    for low, high in AGES
)

INDICATOR = Indicator(
    number="3.2.1",
    title="Under-5 mortality rate",
    custodian="UNICEF",
    series=(HEADLINE, *BY_AGE, *PARITIES, *CHILDLESS),
    official_disaggregations=("sex",),
    census="Indirect, from children ever born and surviving of women by age.",
    caveats=(
        "under_five_mortality.csv has of each age group of mothers the probability q(x), the date that it is of, and "
        "q(5): each is of some years before the census, 25–29 of about 4, 45–49 of about 15.",
        "The family of model life tables is West unless the mapping states another: children_ever_born, option "
        "model_life_table.",
        "The parities of 15–19, 20–24 and 25–29 that the method takes are those of all women of the sample, also for "
        "groups, or with --own-parities those of the women of each group, whenever they arrived; women with unknown "
        "children are left out, after El-Badry's correction where they exceed 2 %: run.json has both.",
        "Children of migrants were in part born, and died, before their mothers came. Where the year of arrival is "
        "known, migrants are the mothers who had surely arrived by the date that the number is of, by what the "
        "parities of all women say; a calendar year of arrival is taken at its end. Those who came later, or do not "
        "say, are of unknown migratory status, who are then no residual to overlook; by citizenship also those of them "
        "who are citizens. Where nobody had arrived, as among the recent of --definitions, there is no row.",
        "Tables by nativity, duration of stay and the like have all women, and exposure_abroad as a reason.",
        "A woman with more children living than born does not count; how many are, is in run.json.",
        "Nothing is given where parities do not rise with age, or women aged 15-29 were not all asked.",
        "The standard error is a jackknife over 50 groups of clusters; neither strata, nor replicate weights, nor a "
        "finite population correction enter it, and El-Badry's correction is that of the whole sample.",
    ),
    sources=("S1", "S34", "S35", "methods.md: 3.2.1"),
)
