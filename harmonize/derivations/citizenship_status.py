"""Citizen, foreign citizen or stateless.

Mapped, or from the country of citizenship. Where only the foreign-born were asked, the mapping must say
what the others are (`universe: foreign_born, others: citizen`); without that it is unavailable.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.birthplace import is_stateless, side_of
from harmonize.derivations.classify import Case, first_of, is_
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.places import DOMESTIC
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "citizenship_status"
COUNTRY = "country_of_citizenship"
CATEGORIES = ("citizen", "foreign_citizen", "stateless", UNKNOWN, NOT_APPLICABLE)
NEEDS = (("citizenship_status",), ("country_of_citizenship",))


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None if the sample lacks both or says nothing of those it did not ask."""
    source = NAME if NAME in available else COUNTRY
    if source not in available:
        return None
    others = context.others(source)
    if context.only_foreign_born(source) and others is None:
        return None
    cases = _not_asked(source, others, available)
    if source == NAME:
        cases += [(is_(NAME, category), category) for category in CATEGORIES]
        return first_of(CATEGORIES, cases)
    side = side_of(COUNTRY, context)
    cases += [
        (side.domestic, "citizen"),
        (side.foreign, "foreign_citizen"),
        (is_stateless(), "stateless"),
        (is_(COUNTRY, NOT_APPLICABLE), NOT_APPLICABLE),
    ]
    return first_of(CATEGORIES, cases)


def _not_asked(source: str, others: str | None, available: AbstractSet[str]) -> list[Case]:
    """Natives who were not asked are what the mapping says; others who were not asked are unknown."""
    if others is None:
        return []
    meant = "citizen" if others == DOMESTIC else others if others in CATEGORIES else UNKNOWN
    skipped = is_(source, NOT_APPLICABLE)
    if "nativity" not in available:
        return [(skipped, meant)]
    return [(skipped & is_("nativity", "native_born"), meant), (skipped, UNKNOWN)]


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """Nothing to tell."""
    return {}
