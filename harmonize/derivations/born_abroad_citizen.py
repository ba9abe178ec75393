"""Citizens by birth who were born abroad: foreign-born by birthplace, natives by citizenship at birth.

Beside nativity, so that a reader can move the group from one side to the other.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.birthplace import Side, side_of
from harmonize.derivations.classify import first_of, is_
from harmonize.derivations.context import BIRTHPLACE, Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "born_abroad_citizen"
CATEGORIES = ("yes", "no", UNKNOWN)
NEEDS = (("citizenship_detail", "country_of_birth"), ("citizenship_detail", "nativity"))


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without `citizenship_detail` or a birthplace."""
    side = _birthplace(available, context)
    if "citizenship_detail" not in available or side is None:
        return None
    not_by_birth = is_("citizenship_detail", "citizen_naturalised", NOT_APPLICABLE)
    return first_of(
        CATEGORIES,
        [
            (side.domestic | not_by_birth, "no"),
            (side.foreign & is_("citizenship_detail", "citizen_by_birth"), "yes"),
        ],
    )


def _birthplace(available: AbstractSet[str], context: Context) -> Side | None:
    if "country_of_birth" in available:
        return side_of("country_of_birth", context)
    if "nativity" in available and context.concept() == BIRTHPLACE:
        return Side(is_("nativity", "native_born"), is_("nativity", "foreign_born"))
    return None


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """Nothing to tell."""
    return {}
