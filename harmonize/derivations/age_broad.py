"""Age in four broad groups: children, youth, adults, older persons. A class across an edge is unknown."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.bounds import Class, bounds_of, within
from harmonize.derivations.classify import first_of
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import UNKNOWN

NAME = "age_broad"
CLASSES = (
    Class("0_14", 0, 15),
    Class("15_24", 15, 25),
    Class("25_64", 25, 65),
    Class("65_plus", 65, None),
)
CATEGORIES = (*(each.category for each in CLASSES), UNKNOWN)
NEEDS = (("age",),)


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without age."""
    if "age" not in available:
        return None
    return first_of(CATEGORIES, within(bounds_of("age", available), CLASSES))


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """Nothing to tell."""
    return {}
