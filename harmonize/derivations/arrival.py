"""When a person arrived: years of stay as bounds, and arrivals that cannot be.

Years since arrival where known, else census year − year of arrival (which may be a year too high). Of a sample that
pools several years the census year is the one in which the person was asked: where that is known no nearer than the
years of the pool, stay has bounds.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from harmonize.derivations.bounds import Bounds, bounds_of, not_asked
from harmonize.derivations.classify import is_
from harmonize.derivations.context import Context
from harmonize.lazily import pl

YEARS = "years_since_arrival"
YEAR = "year_of_arrival"
ASKED = "year_asked"
NEEDS = ((YEARS,), (YEAR,))
NEVER, NOT_KNOWN = 1000, -1  # in place of years of stay
COLUMNS = ("_stay_low", "_stay_high", "_stay_surely", "_came_after_census", "_came_before_birth")
"""The parts of an arrival as columns of a batch: four derivations and the contradictions take them, made once."""


class Arrival(NamedTuple):
    """Stay in years (null where unknown or impossible) and the two kinds of impossible arrival.

    surely: Float64, completed years at the least, null likewise: of calendar years one less than their difference.
    """

    stay: Bounds
    surely: pl.Expr
    after_census: pl.Expr
    before_birth: pl.Expr


def arrival(available: AbstractSet[str], context: Context) -> Arrival | None:
    """None if the sample has neither years since arrival nor year of arrival; COLUMNS, where they are available.

    Before birth: more years of stay than of age; by calendar years one more is possible, as the birthday
    of the census year may be still to come.
    """
    if set(COLUMNS) <= available:
        low, high, *others = map(pl.col, COLUMNS)
        return Arrival(Bounds(low, high), *others)
    found = [raw for raw in (_by_years(available), _by_calendar(available, context)) if raw is not None]
    if not found:
        return None
    lows, highs, slacks = zip(*found, strict=True)
    low, high = pl.coalesce(lows), pl.coalesce(highs)
    # The slack of the source that gave this person's years.
    slack = pl.coalesce(
        [pl.when(each.is_not_null()).then(pl.lit(years)) for each, years in zip(lows, slacks, strict=True)]
    )
    after = (high < 0).fill_null(False)
    before = pl.lit(False)
    if "age" in available:
        before = (low > bounds_of("age", available).high + slack).fill_null(False) & ~after
    possible = ~after & ~before
    # A class that reaches past the census ends with it.
    stay = Bounds(pl.when(possible).then(low.clip(lower_bound=0)), pl.when(possible).then(high))
    return Arrival(stay, pl.when(possible).then((low - slack).clip(lower_bound=0)), after, before)


def arrival_columns(available: AbstractSet[str], context: Context) -> list[pl.Expr]:
    """COLUMNS, to be added to a batch before anything is derived; none of a sample without arrival."""
    found = arrival(available, context)
    if found is None:
        return []
    parts = (*found.stay, found.surely, found.after_census, found.before_birth)
    return [part.alias(name) for part, name in zip(parts, COLUMNS, strict=True)]


def _by_years(available: AbstractSet[str]) -> tuple[pl.Expr, pl.Expr, float] | None:
    if YEARS not in available:
        return None
    years = bounds_of(YEARS, available)
    return years.low, years.high, 0.0


def _by_calendar(available: AbstractSet[str], context: Context) -> tuple[pl.Expr, pl.Expr, float] | None:
    if YEAR not in available:
        return None
    year = bounds_of(YEAR, available)
    first = last = context.year.cast(pl.Float64)
    if ASKED in available:
        first, last = (pl.coalesce(asked, first) for asked in bounds_of(ASKED, available))
    return first - year.high, last - year.low, 1.0


def never_arrived(available: AbstractSet[str]) -> pl.Expr:
    """Boolean: native-born; in a sample without nativity, those to whom arrival does not apply."""
    if "nativity" in available:
        return is_("nativity", "native_born")
    asked = [name for name in (YEARS, YEAR) if name in available]
    return pl.all_horizontal([not_asked(name, available) for name in asked])


def came_from_abroad(available: AbstractSet[str]) -> pl.Expr:
    """Boolean: foreign-born; in a sample without nativity, whoever has an arrival."""
    return is_("nativity", "foreign_born") if "nativity" in available else pl.lit(True)


def least_stay(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Int64: the years that a person has surely been in the country, NEVER of who never arrived, or NOT_KNOWN.

    None if the sample has neither years since arrival nor year of arrival.
    """
    arrived = arrival(available, context)
    if arrived is None:
        return None
    years = arrived.surely.floor().cast(pl.Int64, strict=False).fill_null(NOT_KNOWN)
    return pl.when(never_arrived(available).fill_null(False)).then(NEVER).otherwise(years)


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """`proxy: year_difference` where years of stay come from calendar years alone."""
    return {} if YEARS in available or YEAR not in available else {"proxy": "year_difference"}
