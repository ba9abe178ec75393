"""Native-born or foreign-born.

The mapping's own where it has one, with its concept; else the country of birth against the country of
enumeration. One rule per sample, never per row. A historic or merged birthplace that includes the
country of enumeration leaves it unknown.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.birthplace import side_of
from harmonize.derivations.classify import first_of, is_, unchanged
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "nativity"
CATEGORIES = ("native_born", "foreign_born", UNKNOWN, NOT_APPLICABLE)
NEEDS = (("nativity",), ("country_of_birth",))


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None if the sample has neither nativity nor country of birth."""
    if NAME in available:
        return unchanged(NAME, CATEGORIES)
    if "country_of_birth" not in available:
        return None
    side = side_of("country_of_birth", context)
    return first_of(
        CATEGORIES,
        [
            (side.domestic, "native_born"),
            (side.foreign, "foreign_born"),
            (is_("country_of_birth", NOT_APPLICABLE), NOT_APPLICABLE),
        ],
    )


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """`basis`: the concept of nativity."""
    return {"basis": context.concept() if NAME in available else "birthplace"}
