"""Building blocks of the rules: categories as literals, and a variable compared with its categories."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.lazily import pl
from harmonize.schema.variable import UNKNOWN

Case = tuple["pl.Expr", str]


def first_of(categories: tuple[str, ...], cases: Sequence[Case], otherwise: str = UNKNOWN) -> pl.Expr:
    """An Enum column of `categories`: that of the first case that holds, else `otherwise`.

    A condition that is null does not hold.
    """
    enum = pl.Enum(categories)
    result = pl.lit(otherwise, dtype=enum)
    for condition, category in reversed(cases):
        result = pl.when(condition).then(pl.lit(category, dtype=enum)).otherwise(result)
    return result


def unchanged(name: str, categories: tuple[str, ...]) -> pl.Expr:
    """A mapped variable as it is; null becomes `unknown`."""
    enum = pl.Enum(categories)
    return pl.col(name).cast(enum).fill_null(pl.lit(UNKNOWN, dtype=enum))


def is_(name: str, *categories: str) -> pl.Expr:
    """Boolean, null where the variable is null: it is one of `categories`."""
    result = pl.col(name) == categories[0]
    for category in categories[1:]:
        result = result | (pl.col(name) == category)
    return result
