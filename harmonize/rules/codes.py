"""Rule kinds `codes` and `lookup`: source codes to our categories (or numbers).

codes: {male: 1, female: [2, 3]}
lookup: inegi-country        # alone, or after codes; a code in both is an error
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Block, Text, finding_at
from harmonize.rules.cells import Cell, holds, table
from harmonize.rules.lookups import Lookup
from harmonize.rules.parts import Parts
from harmonize.rules.rule import Cells, CodesByColumn, Compiled, Source
from harmonize.rules.slips import texts_among_numbers
from harmonize.rules.source_codes import compare_as_numbers, overlaps
from harmonize.rules.targets import MISSING, Entry, given_twice, parse_entries, target_of
from harmonize.schema.variable import NOT_APPLICABLE, Variable


@dataclass(frozen=True)
class CodesRule:
    """Entries of `codes`, `missing` and the lookup, disjoint."""

    source: Source
    entries: tuple[Entry, ...]
    kind: str | None = None
    lookup: Lookup | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one column it reads."""
        return (self.source,)

    @property
    def targets(self) -> tuple[str | float, ...]:
        """The values it can give."""
        return tuple(entry.value for entry in self.entries)

    def codes(self) -> CodesByColumn:
        """All codes of the rule and its lookup."""
        codes = [code for entry in self.entries for code in entry.codes]
        return dict.fromkeys(self.source.names, codes)

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """Unmapped: a code not listed, blank included."""
        return compile_entries(cells.cell(self.source, self.kind), self.entries, variable)


def compile_entries(cell: Cell, entries: Sequence[Entry], variable: Variable) -> Compiled:
    """The table of entries for a variable of any kind."""
    if variable.kind != "number":
        value = table(cell, [(entry.codes, entry.value) for entry in entries], variable.dtype)
        return Compiled(value, value.is_null())
    value = table(cell, [(e.codes, e.value) for e in entries if e.value not in MISSING], pl.Float64())
    missing, na = missing_of(cell, entries)
    return Compiled(value, value.is_null() & ~missing, na=na)


def missing_of(cell: Cell, entries: Sequence[Entry]) -> tuple[pl.Expr, pl.Expr | None]:
    """Whether the cell holds a missing code, and whether one of not_applicable (None: there is none)."""
    every = [code for entry in entries if entry.value in MISSING for code in entry.codes]
    na = [code for entry in entries if entry.value == NOT_APPLICABLE for code in entry.codes]
    return holds(cell, every), holds(cell, na) if na else None


def parse(parts: Parts) -> tuple[CodesRule | None, list[Finding]]:
    """A rule body with `codes`, `lookup` or both."""
    source, findings = parts.one_source()
    entries: list[Entry] = list(parts.missing)
    block = parts.get("codes")
    if isinstance(block, Block):
        own, found = parse_entries(block, parts.variable, parts.path)
        entries = own + entries
        findings += found
    elif block is not None:
        help = "e.g. {male: 1, female: [2, 3]}"
        findings.append(finding_at(parts.path, block, "M014", f"{parts.variable.name}: codes is a block", help))
    findings += given_twice(entries, parts.variable, parts.kind, parts.path)
    findings += texts_among_numbers(entries, parts.kind, parts.path)
    lookup, found = _lookup(parts, entries)
    findings += found
    kind: Any = parts.kind or (lookup.kind if lookup else None)
    if lookup is not None:
        for target, codes in lookup.targets:
            value, _ = target_of(target, parts.variable, lookup.path)
            if value is not None:
                entries.append(Entry(value, codes, target))
    if source is None:
        return None, findings
    return CodesRule(source, tuple(entries), kind, lookup), findings


def _lookup(parts: Parts, entries: list[Entry]) -> tuple[Lookup | None, list[Finding]]:
    name = parts.get("lookup")
    if name is None:
        return None, []
    if not isinstance(name, Text):
        return None, [finding_at(parts.path, name, "M016", "lookup is the name of a file in mappings/lookups")]
    lookup, findings = parts.lookups.load(name, parts.path)
    if lookup is None:
        return None, findings
    for target, _ in lookup.targets:
        findings += target_of(target, parts.variable, lookup.path)[1]
    own = [code for entry in entries for code in entry.codes]
    numeric = compare_as_numbers([*own, *lookup.codes], parts.kind or lookup.kind)
    owner = {id(code): entry for entry in entries for code in entry.codes}
    for code, other in overlaps(own, lookup.codes, numeric):
        shown = other.text if code.is_range else code.text
        message = (
            f"{parts.variable.name}: the code {shown} is given to '{owner[id(code)].where}' here, "
            f"and on line {other.where.line} of the lookup {lookup.name}"
        )
        findings.append(finding_at(parts.path, code.where, "M015", message, "keep it in one of them"))
    return lookup, findings
