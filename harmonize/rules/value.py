"""Rule kind `value`: the same for every row. `value: private_household`"""

from __future__ import annotations

from dataclasses import dataclass

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Text
from harmonize.rules.parts import Parts
from harmonize.rules.rule import Cells, CodesByColumn, Compiled, Source
from harmonize.rules.targets import MISSING, target_of
from harmonize.schema.variable import NOT_APPLICABLE, Variable


@dataclass(frozen=True)
class ValueRule:
    """A constant. Nothing is unmapped."""

    value: str | float

    @property
    def sources(self) -> tuple[Source, ...]:
        """None."""
        return ()

    @property
    def targets(self) -> tuple[str | float, ...]:
        """The one value."""
        return (self.value,)

    def codes(self) -> CodesByColumn:
        """None."""
        return {}

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """A literal of the variable's type; a number that is unknown is null."""
        missing = variable.kind == "number" and self.value in MISSING
        value = pl.lit(None if missing else self.value, dtype=variable.dtype)
        na = pl.lit(True) if missing and self.value == NOT_APPLICABLE else None
        return Compiled(value, pl.lit(False), na=na)


def parse(parts: Parts) -> tuple[ValueRule | None, list[Finding]]:
    """`value: category`."""
    given = parts.get("value")
    if not isinstance(given, Text):
        return None, [parts.find(given or parts.where, "M012", "value is one category or number")]
    findings = []
    if parts.get("from") is not None:
        findings.append(parts.find(parts.block.key("from"), "M011", "a constant value reads no column", "remove from"))
    value, found = target_of(given, parts.variable, parts.path)
    return (None if value is None else ValueRule(value)), findings + found
