"""SDG 3.c.1: doctors, nurses and midwives, dentists and pharmacists at work, per 10,000 population, by occupation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Series
from harmonize.indicators.populations import all_of, employed

if TYPE_CHECKING:
    import polars as pl

OCCUPATION = "occupation_detail"


def coded(words: str, *codes: str) -> Population:
    """Persons whose occupation has one of the codes, or one that begins with it: 221 holds 2211 and 2212."""

    def build() -> pl.Expr:
        import polars as pl

        condition = pl.col(OCCUPATION).str.starts_with(codes[0])
        for code in codes[1:]:
            condition = condition | pl.col(OCCUPATION).str.starts_with(code)
        return condition

    return Population(words, (OCCUPATION,), build)


def _density(name: str, words: str, codes: tuple[str, ...]) -> Series:
    # a code that holds one of these and others as well, such as 22, tells nothing
    coarser = sorted({code[:digits] for code in codes for digits in range(1, len(code))})
    return Series(
        indicator="3.c.1",
        name=name,
        title=f"{words.capitalize()} at work, per 10,000 population",
        unit="per_10000",
        needs=(
            Need("labour_force_status", not_applicable="no", of_all_ages=True),
            Need(OCCUPATION, when=employed(), undecidable=tuple(coarser), of_all_ages=True),
        ),
        numerator=all_of(employed(), coded(words, *codes)),
        options=((OCCUPATION, "classification"),),
        sdmx_series=(("", "SH_MED_DEN"),),
    )


INDICATOR = Indicator(
    number="3.c.1",
    title="Health worker density and distribution",
    custodian="World Health Organization",
    series=(
        _density("doctors", "medical doctors", ("221",)),
        _density("nurses_and_midwives", "nurses and midwives", ("222", "322")),
        _density("dentists", "dentists", ("2261",)),
        _density("pharmacists", "pharmacists", ("2262",)),
    ),
    census="Exact where the occupation is coded to ISCO-08 in full, of those who work in it at the census.",
    caveats=(
        "Of a group, its own health workers per 10,000 of its own population: not the care that the group has.",
        "The share of migrants among the health workers is not a series, and has no standard error: the health workers "
        "of a group are estimate × population ÷ 10,000; take migrants' over migrants' and non-migrants'.",
        "Those at work in the occupation, by what they say; WHO may count everybody registered in it. Who works in "
        "another occupation, or not now, does not count.",
        "Few persons in a sample: read the interval.",
    ),
    sources=("UN metadata 3.c.1: definition, concepts", "SDG series list: SH_MED_DEN"),
)
