"""Sex and age of a person as one number, single years apart, for sums that tell of heaping and sex ratios."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np
import polars as pl

from harmonize.derivations.bounds import bounds_of
from harmonize.tabulate.single_age import single_age

CODE = "_sex_and_age"
SEXES = ("male", "female", "unknown")
OLDEST = 120
#: After the single years: ages known in classes of several years, by the broad group they lie in, and not known.
IN_CLASS = {"0_14": 121, "15_64": 122, "65_plus": 123, "": 124}
UNKNOWN = 125
AGES = 126
SIZE = len(SEXES) * AGES

BROAD = {"0_14": (0, 14), "15_64": (15, 64), "65_plus": (65, OLDEST)}
#: Ages by which households are told apart, the third those of Whipple's index; after them classes within 15 to 64, and
#: all others.
SPANS = ((0, 14), (15, 22), (23, 62), (63, 64), (65, OLDEST))
ALL_SPANS = len(SPANS) + 2
SPAN_OF = np.array(
    [next(i for i, (low, high) in enumerate(SPANS) if low <= age <= high) for age in range(OLDEST + 1)]
    + [0, len(SPANS), len(SPANS) - 1, ALL_SPANS - 1, ALL_SPANS - 1]
)


def sex_and_age(available: AbstractSet[str], made: AbstractSet[str]) -> pl.Expr:
    """Int64 expression CODE: place in SEXES times AGES, plus the age. available: the columns of a plan; made: all."""
    sex = pl.lit(SEXES.index("unknown"), pl.Int64)
    if "sex" in available:
        known = {name: SEXES.index(name) for name in SEXES[:2]}
        sex = pl.col("sex").cast(pl.String).replace_strict(known, default=2, return_dtype=pl.Int64)
    age = _age(made) if "age" in available else pl.lit(UNKNOWN, pl.Int64)
    return (sex.fill_null(2) * AGES + age).alias(CODE)


def _age(made: AbstractSet[str]) -> pl.Expr:
    low, high = bounds_of("age", made)
    single = single_age(made).cast(pl.String).cast(pl.Int64, strict=False)  # null of a class, and where not known
    of_class = pl.lit(IN_CLASS[""], pl.Int64)
    for name, (first, last) in BROAD.items():
        inside = (low >= first) & (high < last + 1 if last < OLDEST else pl.lit(True))
        of_class = pl.when(inside).then(pl.lit(IN_CLASS[name], pl.Int64)).otherwise(of_class)
    known = low.is_not_null() & high.is_not_null()
    return pl.coalesce(single, pl.when(known).then(of_class)).fill_null(UNKNOWN)
