"""Deaths that a household tells of, which stand on one row of it or again on each: where they count.

A household's number counts once, on the row that has the highest: among equals on its head's, else on the first. So
nothing is counted twice where a household has two heads, and nothing is lost where it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Population

if TYPE_CHECKING:
    import polars as pl

DEATHS = "pregnancy_related_deaths_12_months"
COLUMN = "_tells_of_deaths"


def _tells() -> pl.Expr:
    import polars as pl

    return pl.col(COLUMN)


# it needs no variable: of every row it is known whether the household counts there
HOUSEHOLDS = Population("households (a row of each, as a rule its head's)", (), _tells)


def telling_row(*, keyed: bool) -> pl.Expr:
    """Boolean COLUMN, never null, true on one row of each household, of those that the mapping includes where any is.

    The frame has `relationship_to_head`, DEATHS, `_include` and `_hh`, the number of the household. keyed: whether
    the mapping tells households apart; else a row is all that is known of a household, and heads' rows are taken.
    """
    import polars as pl

    if not keyed:
        return _is_head().alias(COLUMN)
    # a head comes before others of the same number, and any number before none
    deaths = pl.when(pl.col(DEATHS).is_finite()).then(pl.col(DEATHS)).otherwise(-1.0)
    standing = pl.when("_include").then(2 * deaths + _is_head()).otherwise(-9.0)
    highest = standing == standing.max().over("_hh")
    return (highest & pl.struct("_hh", highest).is_first_distinct()).alias(COLUMN)


def deaths_of_households(numbered: bool) -> list[pl.Expr]:
    """The deaths of its household on every row, so that births stand beside them or not at all; null if not known.

    numbered: whether the frame has the companion `__na` of who was not asked. Only where households are told apart.
    """
    import polars as pl

    known = pl.when(pl.col("_include") & pl.col(DEATHS).is_finite()).then(pl.col(DEATHS)).max().over("_hh")
    if not numbered:
        return [known.alias(DEATHS)]
    companion = f"{DEATHS}__na"
    not_asked = (~pl.col("_include") | pl.col(companion).fill_null(False)).all().over("_hh") & known.is_null()
    return [known.alias(DEATHS), not_asked.alias(companion)]


def household_contradictions() -> dict[str, pl.Expr]:
    """Name -> Boolean expression over the same frame, true for a person whose household contradicts itself."""
    import polars as pl

    deaths = pl.col(DEATHS)
    return {
        "second_head_of_a_household": _is_head() & ~pl.struct("_hh", _is_head()).is_first_distinct(),
        "tells_of_fewer_deaths_than_another_of_the_household": (deaths > 0) & (deaths < deaths.max().over("_hh")),
    }


def _is_head() -> pl.Expr:
    import polars as pl

    return (pl.col("relationship_to_head") == "head").fill_null(False)
