"""Whether a place is inside or outside the country of enumeration."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.places import (
    CITIZENSHIP_TARGETS,
    DOMESTIC,
    FOREIGN_UNSPECIFIED,
    PLACE_TARGETS,
    PLACES,
    STATELESS,
)
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

_CODES = tuple(PLACES)
_SIZE = len(_CODES)
FOREIGN, INSIDE, UNDECIDED = range(3)


class Side(NamedTuple):
    """Two Boolean expressions, never null and never both true; neither where it cannot be told."""

    domestic: pl.Expr
    foreign: pl.Expr


@cache
def _sides(territories: tuple[str, ...]) -> pl.Series:
    """FOREIGN, INSIDE or UNDECIDED for every pair, at place number × count of places + country number.

    Borders are those of today: a place whose present-day members all lie in the country is inside
    (DDR in DEU), one of which only some do (SUN in KAZ) is undecided. M49 areas are always foreign: a
    census that codes its own country by itself uses them for births abroad, country not stated.
    """
    members = {code: set(place.members) or {code} for code, place in PLACES.items()}
    homes = [{code, *members[code], *territories} for code in _CODES]
    sides = []
    for code, place in PLACES.items():
        parts = members[code]
        for home in homes:
            if place.is_m49:
                side = FOREIGN
            elif code in home or parts <= home:
                side = INSIDE
            else:
                side = UNDECIDED if parts & home else FOREIGN
            sides.append(side)
    return pl.Series(sides, dtype=pl.UInt8)


def side_of(variable: str, context: Context) -> Side:
    """Which side of the border the place variable (birthplace or citizenship) lies for each person.

    `domestic` and the context's territories are inside; `foreign_unspecified`, M49 areas and every other
    place outside; `unknown`, `not_applicable`, `stateless` and places that span the border neither.
    """
    targets = CITIZENSHIP_TARGETS if variable == "country_of_citizenship" else PLACE_TARGETS
    enum = pl.Enum((*targets, UNKNOWN, NOT_APPLICABLE))
    place = pl.col(variable).cast(enum)
    # Numbers of place and country find the side in a table: far cheaper than comparing texts.
    number = place.to_physical().cast(pl.Int32)
    country = context.country.cast(pl.Enum(_CODES), strict=False).to_physical().cast(pl.Int32)
    pair = pl.when(number < _SIZE).then(number * _SIZE + country)
    side = pl.lit(_sides(context.territories)).gather(pair)
    return Side(
        ((side == INSIDE) | (place == DOMESTIC)).fill_null(False),
        ((side == FOREIGN) | (place == FOREIGN_UNSPECIFIED)).fill_null(False),
    )


def is_stateless() -> pl.Expr:
    """Boolean: the person has no citizenship."""
    return pl.col("country_of_citizenship") == STATELESS
