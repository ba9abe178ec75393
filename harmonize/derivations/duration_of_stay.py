"""Years since arrival in three classes: 0–4, 5–9, 10 and over. Arrivals that cannot be are unknown."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from harmonize.derivations.arrival import NEEDS, arrival, came_from_abroad, never_arrived, notes
from harmonize.derivations.bounds import Class, within
from harmonize.derivations.classify import first_of
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "duration_of_stay"
CLASSES = (Class("0_4", 0, 5), Class("5_9", 5, 10), Class("10_plus", 10, None))
CATEGORIES = (*(each.category for each in CLASSES), UNKNOWN, NOT_APPLICABLE)

__all__ = ["CATEGORIES", "CLASSES", "NAME", "NEEDS", "notes", "rule", "stay_in"]


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without arrival."""
    return stay_in(CLASSES, CATEGORIES, available, context)


def stay_in(
    classes: Sequence[Class],
    categories: tuple[str, ...],
    available: AbstractSet[str],
    context: Context,
) -> pl.Expr | None:
    """Years of stay in the given classes; `not_applicable` for the native-born."""
    found = arrival(available, context)
    if found is None:
        return None
    came = came_from_abroad(available)
    return first_of(
        categories,
        [
            (never_arrived(available), NOT_APPLICABLE),
            *((came & fits, category) for fits, category in within(found.stay, classes)),
        ],
    )
