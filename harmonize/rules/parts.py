"""The parts of a rule as written, for the file of its kind to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Items, Located, Text, finding_at
from harmonize.rules.rule import Source
from harmonize.rules.targets import Entry
from harmonize.schema.variable import Variable

if TYPE_CHECKING:
    from harmonize.rules.lookups import LookupLoader


@dataclass
class Parts:
    """One rule, or one branch of a `when`, before its kind has read it.

    parse_inner reads the rule of a branch.
    """

    where: Located
    block: Block
    variable: Variable
    lookups: LookupLoader
    path: str
    parse_inner: Callable[[Block, Parts], tuple[Any, list[Finding]]]
    kind: str | None = None
    sources: tuple[Source, ...] = ()
    missing: list[Entry] = field(default_factory=list)

    def get(self, key: str) -> Located | None:
        """The value under `key`, None when it is not written."""
        return self.block.get(Text(key))

    def one_source(self) -> tuple[Source | None, list[Finding]]:
        """The one column of a kind that reads one."""
        if len(self.sources) == 1:
            return self.sources[0], []
        if not self.sources:
            return None, []  # read_sources has said so
        message = f"{self.variable.name}: this kind of rule reads one column, `from` has {len(self.sources)}"
        where = self.get("from") or self.where
        return None, [finding_at(self.path, where, "M019", message, "use `when` to combine columns")]

    def find(self, where: Located, code: str, message: str, help: str = "") -> Finding:
        """A finding about this variable."""
        return finding_at(self.path, where, code, f"{self.variable.name}: {message}", help)


def read_sources(parts: Parts, required: bool) -> list[Finding]:
    """Fill `sources` from `from`: a column, `{first: [...]}`, or a list of those."""
    value = parts.get("from")
    if value is None:
        help = "from: COLUMN, or from: {first: [A, B]}"
        return [parts.find(parts.where, "M019", "`from` is missing", help)] if required else []
    found: list[Source] = []
    findings: list[Finding] = []
    for item in value if isinstance(value, Items) else [value]:
        names = item.get(Text("first")) if isinstance(item, Block) and len(item) == 1 else item
        if isinstance(item, Text) and item.strip():
            found.append(Source((str(item),)))
        elif isinstance(item, Block) and isinstance(names, Items) and names and all(isinstance(n, Text) for n in names):
            found.append(Source(tuple(str(name) for name in names)))
        else:
            help = "write COLUMN, [A, B], or {first: [A, B]}"
            findings.append(parts.find(item, "M019", "`from` is a column, a list, or a first-list", help))
    if not found and not findings:
        findings.append(parts.find(value, "M019", "`from` names no column"))
    parts.sources = tuple(found)
    return findings
