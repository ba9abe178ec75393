"""What a variable of the common schema is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"

Kind = Literal["category", "number", "place", "text", "records"]


@dataclass(frozen=True)
class Variable:
    """One variable of the common schema.

    kind: `category` (one of `categories`), `number` (in `unit`), `place` (a country or area code),
    `text` (free), `records` (rows of their own).
    options: what a mapping must or may state about it, as name -> allowed values (empty: any text);
    e.g. {"concept": ("birthplace", "citizenship_at_birth")}.
    """

    name: str
    topic: str
    kind: Kind
    title: str
    categories: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    standard: str = ""
    universe: str = "all persons"
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The categories with `unknown` and `not_applicable` at the end; empty for numbers and text."""
        if self.kind in ("category", "place"):
            return (*self.categories, UNKNOWN, NOT_APPLICABLE)
        return ()

    @property
    def dtype(self) -> pl.DataType:
        """The column's type once harmonised: an Enum of `values`, Float64 for numbers, else String."""
        import polars as pl

        if self.kind in ("category", "place"):
            return pl.Enum(self.values)
        return pl.Float64() if self.kind == "number" else pl.String()
