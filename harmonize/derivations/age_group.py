"""Age in five-year groups to 85 and over. A class wider than a group is unknown."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.bounds import Class, bounds_of, within
from harmonize.derivations.classify import first_of
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import UNKNOWN

NAME = "age_group"
CLASSES = (
    *(Class(f"{low}_{low + 4}", low, low + 5) for low in range(0, 85, 5)),
    Class("85_plus", 85, None),
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
