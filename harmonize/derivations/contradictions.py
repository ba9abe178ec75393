"""Answers that contradict each other: counted per sample and reported, never repaired."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.arrival import arrival
from harmonize.derivations.birthplace import side_of
from harmonize.derivations.classify import is_
from harmonize.derivations.context import BIRTHPLACE, Context
from harmonize.lazily import pl


def contradictions(available: AbstractSet[str], context: Context) -> dict[str, pl.Expr]:
    """Name -> Boolean expression, never null, true for a person whose answers contradict.

    `available` are the variables the mapping fills (not the derived ones: a nativity that comes from the
    birthplace cannot contradict it). Native by code and abroad by birthplace is no contradiction where
    nativity means citizenship at birth.
    """
    found: dict[str, pl.Expr] = {}
    if {"nativity", "country_of_birth"} <= available and context.concept() == BIRTHPLACE:
        side = side_of("country_of_birth", context)
        found["native_born_abroad"] = is_("nativity", "native_born") & side.foreign
        found["foreign_born_at_home"] = is_("nativity", "foreign_born") & side.domestic
    if {"nativity", "generation"} <= available:
        first = is_("generation", "first")
        # The two are one statement: first generation is foreign-born.
        found["generation_against_nativity"] = (first & is_("nativity", "native_born")) | (
            ~first & ~is_("generation", "unknown", "not_applicable") & is_("nativity", "foreign_born")
        )
    if {"children_ever_born", "children_surviving"} <= available:
        found["more_children_living_than_born"] = pl.col("children_surviving") > pl.col("children_ever_born")
    arrived = arrival(available, context)
    if arrived is not None:
        found["arrival_after_census"] = arrived.after_census
        if "age" in available:
            found["arrival_before_birth"] = arrived.before_birth
    return {name: expression.fill_null(False) for name, expression in found.items()}
