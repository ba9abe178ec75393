"""Whether a first-generation migrant arrived before the age of 15 (the 1.5 generation)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.arrival import NEEDS as ARRIVAL_NEEDS
from harmonize.derivations.arrival import arrival, came_from_abroad, never_arrived, notes
from harmonize.derivations.bounds import Bounds, Class, bounds_of, within
from harmonize.derivations.classify import first_of
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "arrived_as_child"
CATEGORIES = ("yes", "no", UNKNOWN, NOT_APPLICABLE)
NEEDS = tuple(("nativity", "age", *needs) for needs in ARRIVAL_NEEDS)
ADULT_AT = 15
CLASSES = (Class("yes", 0, ADULT_AT), Class("no", ADULT_AT, None))

__all__ = ["CATEGORIES", "NAME", "NEEDS", "notes", "rule"]


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without age or arrival."""
    found = arrival(available, context)
    if found is None or "age" not in available:
        return None
    age = bounds_of("age", available)
    at_arrival = Bounds(
        # Calendar years may be one more than the age of a child who came in the year of birth.
        (age.low - found.stay.high).clip(lower_bound=0),
        (age.high - found.stay.low).clip(lower_bound=0),
    )
    known = age.low.is_not_null() & found.stay.low.is_not_null()
    came = came_from_abroad(available) & known
    return first_of(
        CATEGORIES,
        [
            (never_arrived(available), NOT_APPLICABLE),
            *((came & fits, category) for fits, category in within(at_arrival, CLASSES)),
        ],
    )
