"""Migrant generation, from nativity and the birthplace of the parents.

Mapped, or: foreign-born are first; native-born are second with both, one, or at least one parent known
to be foreign-born (the other unknown), native background if both are known native. Parents found through
household pointers, or otherwise known only where they live together, are used for ages 0–17 alone: older
children who still live with their parents are a selection.
Source: UN expert group on migration statistics and the SDGs, 2017; IPUMS-CPS NATIVITY.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.birthplace import Side, side_of
from harmonize.derivations.bounds import bounds_of
from harmonize.derivations.classify import first_of, is_, unchanged
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "generation"
SECOND = ("second_both_parents", "second_one_parent", "second_unspecified")
CATEGORIES = ("first", *SECOND, "native_background", UNKNOWN, NOT_APPLICABLE)
NEEDS = (
    ("generation",),
    *(("nativity", f"{what}_{parent}") for parent in ("mother", "father") for what in ("nativity", "country_of_birth")),
)
PARENTS = ("mother", "father")
CORESIDENT_END = 18


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without nativity or without anything about a parent."""
    if NAME in available:
        return unchanged(NAME, CATEGORIES)
    sources = [source for parent in PARENTS if (source := source_of(parent, available))]
    if "nativity" not in available or not sources:
        return None
    mother, father = (parent_side(parent, available, context) for parent in PARENTS)
    native = is_("nativity", "native_born")
    any_foreign = mother.foreign | father.foreign
    return first_of(
        CATEGORIES,
        [
            (is_("nativity", "foreign_born"), "first"),
            (native & mother.foreign & father.foreign, "second_both_parents"),
            (native & any_foreign & (mother.domestic | father.domestic), "second_one_parent"),
            (native & any_foreign, "second_unspecified"),
            (native & mother.domestic & father.domestic, "native_background"),
        ],
    )


def source_of(parent: str, available: AbstractSet[str]) -> str | None:
    """The variable that tells where a parent was born, None if there is none."""
    for variable in (f"nativity_{parent}", f"country_of_birth_{parent}"):
        if variable in available:
            return variable
    return None


def parent_side(parent: str, available: AbstractSet[str], context: Context) -> Side:
    """Whether the parent was born in the country, or abroad; neither where it is not known."""
    source = source_of(parent, available)
    if source is None:
        return Side(pl.lit(False), pl.lit(False))
    if source.startswith("nativity"):
        side = Side(is_(source, "native_born").fill_null(False), is_(source, "foreign_born").fill_null(False))
    else:
        side = side_of(source, context)
    if source not in context.through:
        return side
    young = _under_18(available)
    return Side(side.domestic & young, side.foreign & young)


def _under_18(available: AbstractSet[str]) -> pl.Expr:
    if "age" not in available:
        return pl.lit(False)
    return (bounds_of("age", available).high < CORESIDENT_END).fill_null(False)


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """`proxy: coresident_only` where only parents in the same household are known."""
    used = {NAME} if NAME in available else {source_of(parent, available) for parent in PARENTS}
    return {"proxy": "coresident_only"} if used & context.through else {}
