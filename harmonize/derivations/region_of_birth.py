"""Region of birth: the M49 sub-region, the M49 region where that is all that is known.

A place that spans regions (USSR) or a birth abroad without a country is `foreign_unspecified`. Where the
birthplace does not tell which side of the border, nativity does, if its concept is birthplace.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache

from harmonize.derivations.birthplace import side_of
from harmonize.derivations.classify import is_
from harmonize.derivations.context import BIRTHPLACE, Context
from harmonize.lazily import pl
from harmonize.schema.places import (
    FOREIGN_UNSPECIFIED,
    PLACE_TARGETS,
    PLACES,
    REGIONS,
    SUBREGIONS,
    subregion_of,
)
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "region_of_birth"
NATIVE = "native"
CATEGORIES = (*SUBREGIONS, *REGIONS, FOREIGN_UNSPECIFIED, NATIVE, UNKNOWN)
NEEDS = (("country_of_birth",),)


@cache
def _regions() -> pl.Series:
    """In the order of the Enum of country_of_birth."""
    places = (*PLACE_TARGETS, UNKNOWN, NOT_APPLICABLE)
    regions = [(subregion_of(place) if place in PLACES else None) or FOREIGN_UNSPECIFIED for place in places]
    return pl.Series(regions, dtype=pl.Enum(CATEGORIES))


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without country of birth."""
    if "country_of_birth" not in available:
        return None
    enum = pl.Enum(CATEGORIES)
    place = pl.col("country_of_birth").cast(pl.Enum((*PLACE_TARGETS, UNKNOWN, NOT_APPLICABLE)))
    region = pl.lit(_regions()).gather(place.to_physical())
    side = side_of("country_of_birth", context)
    native, foreign = side.domestic, side.foreign
    if "nativity" in available and context.concept() == BIRTHPLACE:
        undecided = ~native & ~foreign
        native = native | (undecided & is_("nativity", "native_born"))
        foreign = foreign | (undecided & is_("nativity", "foreign_born"))
    return (
        pl.when(native)
        .then(pl.lit(NATIVE, dtype=enum))
        .when(foreign)
        .then(region.fill_null(pl.lit(FOREIGN_UNSPECIFIED, dtype=enum)))
        .otherwise(pl.lit(UNKNOWN, dtype=enum))
    )


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """Nothing to tell."""
    return {}
