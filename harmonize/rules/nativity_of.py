"""Native- or foreign-born from a harmonised country of birth, for universes that ask by it."""

from __future__ import annotations

import polars as pl

from harmonize.mapping.model import Sample
from harmonize.schema.places import DOMESTIC, PLACES, includes
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN


def nativity_of(birthplace: pl.Expr, sample: Sample, country: pl.Expr) -> pl.Expr:
    """String native_born, foreign_born or unknown. An area that includes the country leaves it unknown."""
    place = birthplace.cast(pl.String)
    native = place.is_in([DOMESTIC, *sample.territories]) | (place == country)
    wide = [code for code, each in PLACES.items() if each.kind != "country"]
    if isinstance(sample.country, str):
        wide = [code for code in wide if includes(code, sample.country)]
    unknown = place.is_in([UNKNOWN, NOT_APPLICABLE, *wide])
    value = pl.when(native).then(pl.lit("native_born")).when(unknown).then(pl.lit("unknown"))
    return value.when(place.is_not_null()).then(pl.lit("foreign_born")).otherwise(pl.lit("unknown"))
