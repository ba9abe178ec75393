"""Age in completed years one by one, for rates standardised over few years of age. A class of several is unknown."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import polars as pl

from harmonize.derivations.bounds import bounds_of
from harmonize.schema.variable import UNKNOWN

NAME = "_single_age"
CATEGORIES = (*(str(age) for age in range(121)), UNKNOWN)


def single_age(available: AbstractSet[str]) -> pl.Expr:
    """Enum expression of a working column. available: the harmonised columns, age among them."""
    low, high = bounds_of("age", available)
    known = (low == high) & low.is_between(0, 120)
    text = pl.when(known).then(low.floor().cast(pl.Int64, strict=False).cast(pl.String)).otherwise(pl.lit(UNKNOWN))
    return text.fill_null(UNKNOWN).cast(pl.Enum(CATEGORIES)).alias(NAME)
