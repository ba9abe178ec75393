"""What a rule is once parsed, and what it becomes once compiled for an extract."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from harmonize.lazily import pl
from harmonize.mapping.located import Text
from harmonize.rules.cells import Cell
from harmonize.rules.source_codes import Code
from harmonize.schema.variable import Variable

CodesByColumn = dict[str, list[Code]]


@dataclass(frozen=True)
class Source:
    """One column of `from`: its name, or with `first:` several of which the extract's first is read."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """Expressions over the extract's String columns.

    value: of the variable's dtype; null where unmapped, and where a number is missing.
    unmapped: Boolean, never null. na: for numbers, Boolean: missing because not applicable; for a category
    that has `others` of its universe, Boolean: not asked, so that the value is what the mapping says.
    beyond: of such a category, Boolean: outside the universe and yet with another answer.
    low, high: for numbers known as bands or intervals, the ends, both included (an open end is infinite).
    """

    value: pl.Expr
    unmapped: pl.Expr
    na: pl.Expr | None = None
    low: pl.Expr | None = None
    high: pl.Expr | None = None
    beyond: pl.Expr | None = None


class Cells(Protocol):
    """The columns of an extract as the rules see them."""

    def cell(self, source: Source, kind: str | None) -> Cell:
        """The cell of a source, compared as `kind` (number, text) where the rule says so."""


class Body(Protocol):
    """The part of a rule that its kind decides. One class a kind, in the kind's file."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The columns it reads."""

    def codes(self) -> CodesByColumn:
        """The codes it mentions of each column; of a first-list, of each candidate."""

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """Its expressions."""


@dataclass(frozen=True)
class Rule:
    """How one variable of the common schema comes from the extract.

    columns: source columns needed, first-lists with all their candidates. universe: whom the form asked:
    min_age, max_age, nativity, sex, and `others`, the category of everybody else. options: what the
    schema lets a mapping state (concept, period, ...). through: (pointer, variable).
    """

    name: Text
    variable: Variable
    kind: str
    body: Body | None = None
    optional: bool = False
    universe: dict[str, object] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    reference: dict[str, str] = field(default_factory=dict)
    unavailable: str | None = None
    through: tuple[str, str] | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The columns it reads."""
        return self.body.sources if self.body else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns it may read."""
        return tuple(dict.fromkeys(name for source in self.sources for name in source.names))

    @property
    def position(self) -> tuple[int, int]:
        """Line and column of the variable's name."""
        return self.name.line, self.name.column

    def compile(self, cells: Cells) -> Compiled:
        """Its expressions; only for kinds that read cells (not `through`, not `unavailable`)."""
        if self.body is None:
            raise ValueError(f"{self.name}: a rule of kind {self.kind} has no expression of its own")
        return self.body.compile(cells, self.variable)
