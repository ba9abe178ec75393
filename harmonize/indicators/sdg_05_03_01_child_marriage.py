"""SDG 5.3.1: women aged 20–24 who were married or in a union before the age of 15, and of 18."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, category, women

if TYPE_CHECKING:
    import polars as pl

WOMEN_20_24 = (women(), aged(20, 24))
EVER_IN_UNION = category(
    "ever married or in a union", "marital_status", "married", "in_union", "separated_divorced", "widowed"
)
# what a union is differs between censuses; the mapping says where only marriages were asked
PROXIES = (
    Proxy("first_marriage", only=("age_at_first_union", "event", "first_marriage")),
    Proxy("unions_differ", only=("age_at_first_union", "event", "differs")),
)


def _union_before(age: int, sdmx: str) -> Series:
    """First union before that age: of the women whose marital status is known, else by the age alone."""

    def build() -> pl.Expr:
        import polars as pl

        return pl.col("age_at_first_union") < age

    by_age_alone = Series(
        indicator="5.3.1",
        name=f"union_before_{age}",
        title=f"First married or in a union before {age}, women aged 20–24",
        base=WOMEN_20_24,
        # who was not asked for the age was never in a union
        needs=(Need("age_at_first_union", not_applicable="no", limit=age - 1),),
        numerator=Population(f"first married or in a union before {age}", ("age_at_first_union",), build),
        proxies=PROXIES,
        sdmx_series=(("", sdmx),),
    )
    # a woman who never married needs no age; of every other woman it must be known
    needs = (Need("marital_status"), Need("age_at_first_union", when=EVER_IN_UNION, limit=age - 1))
    return replace(by_age_alone, needs=needs, otherwise=by_age_alone)


# What a census without the age at first union can tell: of other women, so under a name of its own.
EVER_IN_UNION_15_17 = Series(
    indicator="5.3.1",
    name="ever_in_union_15_17",
    title="Ever married or in a union, girls aged 15–17",
    base=(women(), aged(15, 17)),
    needs=(Need("marital_status", not_applicable="narrow"),),
    numerator=EVER_IN_UNION,
    proxies=(Proxy("girls_15_17"),),
)

INDICATOR = Indicator(
    number="5.3.1",
    title="Proportion of women aged 20-24 years who were married or in a union before age 15 and before age 18",
    custodian="UNICEF",
    series=(
        _union_before(15, "SP_DYN_MRBF15"),
        _union_before(18, "SP_DYN_MRBF18"),
        EVER_IN_UNION_15_17,
    ),
    census="Exact where the age at first union is asked; else girls aged 15–17 ever in a union stand in for it.",
    caveats=(
        "All women aged 20–24 count below the line, those never married included.",
        "A marriage may precede the migration: a migrant's early union is not always one in this country.",
        "Which unions count besides marriages differs between censuses: where marital status has no category for them, "
        "as in the United States and in England and Wales, those who live together unmarried are not counted.",
    ),
    sources=("S8", "S15", "S17"),
)
