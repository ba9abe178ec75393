"""Whether a person's mother was born in the country: for children, whose own birthplace often misleads.

Asked, or taken from the mother in the same household, then for ages 0–17 alone.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.classify import first_of
from harmonize.derivations.context import Context
from harmonize.derivations.generation import parent_side, source_of
from harmonize.lazily import pl
from harmonize.schema.variable import UNKNOWN

NAME = "nativity_of_mother"
CATEGORIES = ("native_born", "foreign_born", UNKNOWN)
NEEDS = (("nativity_mother",), ("country_of_birth_mother",))


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None where nothing is known of mothers."""
    if source_of("mother", available) is None:
        return None
    side = parent_side("mother", available, context)
    return first_of(CATEGORIES, [(side.domestic, "native_born"), (side.foreign, "foreign_born")])


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """`proxy: coresident_only` where only mothers in the same household are known."""
    return {"proxy": "coresident_only"} if source_of("mother", available) in context.through else {}
