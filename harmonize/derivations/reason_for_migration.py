"""Main reason for migration, as mapped; not applicable to the native-born.

Censuses often ask the reason of the last move, inside the country too: of a native-born person it is not
the reason of an international migration.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.classify import first_of, is_, unchanged
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "reason_for_migration"
REASONS = ("work", "family", "education", "humanitarian", "retirement", "other")
CATEGORIES = (*REASONS, UNKNOWN, NOT_APPLICABLE)
NEEDS = (("reason_for_migration",),)


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without the variable."""
    if NAME not in available:
        return None
    if "nativity" not in available:
        return unchanged(NAME, CATEGORIES)
    foreign = is_("nativity", "foreign_born")
    return first_of(
        CATEGORIES,
        [
            (is_("nativity", "native_born"), NOT_APPLICABLE),
            *((foreign & is_(NAME, value), value) for value in (*REASONS, NOT_APPLICABLE)),
        ],
    )


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """Nothing to tell."""
    return {}
