"""Numbers that may be classes: the lowest and the highest value a person's number can have."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from harmonize.derivations.classify import Case
from harmonize.lazily import pl

LOW, HIGH = "__low", "__high"
NOT_ASKED = "__na"


class Bounds(NamedTuple):
    """Two Float64 expressions, both included; null where nothing is known. Equal for a single number."""

    low: pl.Expr
    high: pl.Expr


class Class(NamedTuple):
    """A class of numbers from `low` to below `end` (None: open)."""

    category: str
    low: float
    end: float | None


def bounds_of(name: str, available: AbstractSet[str]) -> Bounds:
    """Bounds of a number variable.

    A variable known in classes has its ends, both included, in the companion columns `name__low` and
    `name__high` (infinite for an open class; equal for a single number); else `name` is both.
    """
    value = _number(name)
    low = pl.coalesce(_number(name + LOW), value) if name + LOW in available else value
    high = pl.coalesce(_number(name + HIGH), value) if name + HIGH in available else value
    return Bounds(low, high)


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).fill_nan(None)


def not_asked(name: str, available: AbstractSet[str]) -> pl.Expr:
    """Boolean: the source says that the number does not apply to the person."""
    companion = name + NOT_ASKED
    return pl.col(companion) if companion in available else pl.lit(False)


def within(bounds: Bounds, classes: Sequence[Class]) -> list[Case]:
    """One case per class: both bounds are inside it. Whole classes that straddle an edge fit none."""
    return [
        (
            (bounds.low >= low) if end is None else (bounds.low >= low) & (bounds.high < end),
            category,
        )
        for category, low, end in classes
    ]
