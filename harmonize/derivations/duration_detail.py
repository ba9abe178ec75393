"""Years since arrival in six classes, for samples large enough."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.bounds import Class
from harmonize.derivations.context import Context
from harmonize.derivations.duration_of_stay import NEEDS, notes, stay_in
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "duration_detail"
CLASSES = (
    Class("under_1", 0, 1),
    Class("1_4", 1, 5),
    Class("5_9", 5, 10),
    Class("10_14", 10, 15),
    Class("15_19", 15, 20),
    Class("20_plus", 20, None),
)
CATEGORIES = (*(each.category for each in CLASSES), UNKNOWN, NOT_APPLICABLE)

__all__ = ["CATEGORIES", "CLASSES", "NAME", "NEEDS", "notes", "rule"]


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without arrival."""
    return stay_in(CLASSES, CATEGORIES, available, context)
