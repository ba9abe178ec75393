"""The derived variables, one per file, in the order in which they are computed.

A derivation is a module with NAME, CATEGORIES (`unknown` and `not_applicable` last, where they exist),
NEEDS (alternatives, each a tuple of variables that suffice), `rule(available, context)`, its Enum
expression or None where the sample lacks what it needs, and `notes(available, context)`, facts for the
methods table: `basis`, `proxy`, `return_basis`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from harmonize.derivations import (
    age_broad,
    age_group,
    arrived_as_child,
    born_abroad_citizen,
    citizenship_status,
    duration_detail,
    duration_of_stay,
    generation,
    nativity,
    nativity_of_mother,
    reason_for_migration,
    region_of_birth,
    return_migrant,
)
from harmonize.derivations.context import Context
from harmonize.derivations.contradictions import contradictions
from harmonize.lazily import pl


class Derivation(Protocol):
    """What a module of this shelf offers."""

    @property
    def NAME(self) -> str:
        """The variable it derives."""

    @property
    def CATEGORIES(self) -> tuple[str, ...]:
        """Its categories, in the order of the Enum."""

    @property
    def NEEDS(self) -> tuple[tuple[str, ...], ...]:
        """Alternatives, each the variables that suffice."""

    def rule(self, available: AbstractSet[str], context: Context, /) -> pl.Expr | None:
        """Enum expression of CATEGORIES, never null; None if unavailable."""

    def notes(self, available: AbstractSet[str], context: Context, /) -> dict[str, str]:
        """Facts for the methods table."""


DERIVATIONS: tuple[Derivation, ...] = (
    nativity,
    citizenship_status,
    generation,
    arrived_as_child,
    duration_of_stay,
    duration_detail,
    return_migrant,
    born_abroad_citizen,
    region_of_birth,
    age_group,
    age_broad,
    reason_for_migration,
    nativity_of_mother,
)


def derive(available: AbstractSet[str], context: Context) -> list[tuple[str, pl.Expr]]:
    """Derived variables the sample allows, to be applied with `with_columns` one after another.

    available: variables the mapping fills, with companion columns such as `age__low`, `age__high`, `age__na`.
    The expressions read harmonised columns and the context's country and year; each is named after its
    variable, has an Enum dtype of the derivation's CATEGORIES and is never null.
    """
    known = set(available)
    derived: list[tuple[str, pl.Expr]] = []
    for derivation in DERIVATIONS:
        expression = derivation.rule(known, context)
        if expression is None:
            # A mapped variable that cannot be used is not there for the later derivations either.
            known.discard(derivation.NAME)
            continue
        derived.append((derivation.NAME, expression.alias(derivation.NAME)))
        known.add(derivation.NAME)
    return derived


def derivation_notes(available: AbstractSet[str], context: Context) -> dict[str, dict[str, str]]:
    """Variable -> its notes (`basis`, `proxy`, `return_basis`), of the variables `derive` gives."""
    names = {name for name, _ in derive(available, context)}
    found: dict[str, dict[str, str]] = {}
    known = set(available)
    for derivation in DERIVATIONS:
        if derivation.NAME in names:
            notes = derivation.notes(known, context)
            if notes:
                found[derivation.NAME] = notes
            known.add(derivation.NAME)
    return found


__all__ = [
    "DERIVATIONS",
    "Context",
    "Derivation",
    "contradictions",
    "derivation_notes",
    "derive",
]
