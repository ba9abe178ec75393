"""The columns of one extract: which name is meant, and whether a column is numeric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harmonize.errors import Finding, FitError
from harmonize.listing import first_of
from harmonize.rules.cells import Cell
from harmonize.rules.near import nearest
from harmonize.rules.rule import CodesByColumn, Source
from harmonize.rules.source_codes import Code, compare_as_numbers
from harmonize.schema import VARIABLES

LISTED = 20
"""Columns of an extract that a message lists."""


def source_column(name: str) -> str:
    """Where a source column stands in a harmonised batch: the schema's variables, `<name>__na` too, have the names."""
    return f"_source_{name}" if name.partition("__")[0] in VARIABLES else name


@dataclass
class ExtractColumns:
    """Names match exactly; a single match that differs in case alone is taken, with a warning.

    numeric: the columns that the file or its codebook says are numeric; None for a bare csv, where a
    column is numeric if every code the mapping gives for it is a number.
    """

    names: Sequence[str]
    numeric: set[str] | None = None
    decimal: str = "."
    used: dict[str, None] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    _given: dict[str, list[Code]] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The extract's column for a name of the mapping, None where it has none."""
        if name in self._names:
            return name
        same = self._by_lower.get(name.lower(), [])
        if len(same) != 1:
            return None
        self.renamed[name] = same[0]
        return same[0]

    def __post_init__(self) -> None:
        self._names = set(self.names)
        self._by_lower: dict[str, list[str]] = {}
        for name in self.names:
            self._by_lower.setdefault(name.lower(), []).append(name)

    def first(self, source: Source) -> str | None:
        """The extract's column for a source: of a first-list, the first it has."""
        exact = next((name for name in source.names if name in self._names), None)
        return exact or next((found for name in source.names if (found := self.find(name))), None)

    def use(self, name: str) -> str:
        """Mark a column as needed, and give its name in the extract."""
        found = self.find(name)
        if found is None:
            raise FitError(f"no column {name}", self.like([name]))
        self.used[found] = None
        return found

    def give(self, codes: CodesByColumn) -> None:
        """Codes that the mapping gives for columns."""
        for name, listed in codes.items():
            found = self.find(name)
            if found is not None:
                self._given.setdefault(found, []).extend(listed)

    def cell(self, source: Source, kind: str | None) -> Cell:
        """The cell of a source, compared as `kind` where the rule says so."""
        column = self.first(source)
        if column is None:
            raise FitError(f"no column {' or '.join(source.names)}", self.like(source.names))
        self.used[column] = None
        return Cell(column, kind == "number" if kind else self.is_numeric(column), self.decimal)

    def is_numeric(self, column: str) -> bool:
        """Whether the column's codes compare as numbers."""
        if self.numeric is not None:
            return column in self.numeric
        return compare_as_numbers(self._given.get(column, []), None)

    def near(self, names: Iterable[str]) -> list[str]:
        """Columns of the extract with names close to these."""
        return list(dict.fromkeys(found for name in names for found in nearest(name, self.names, 3)))

    def listed(self) -> str:
        """The columns of the extract, or the first of them."""
        return first_of(self.names, LISTED)

    def like(self, names: Iterable[str]) -> str:
        """What to say of a name that is not there: those close to it, else all."""
        near = self.near(names)
        return f"columns like it: {', '.join(near)}" if near else f"columns: {self.listed()}"

    def renaming(self, path: str) -> list[Finding]:
        """M031, one warning for all columns: an extract in lower case would give as many as it has columns."""
        if not self.renamed:
            return []
        pairs = [f"{found} for {name}" for name, found in sorted(self.renamed.items())]
        columns = "1 column is" if len(pairs) == 1 else f"{len(pairs)} columns are"
        message = f"{columns} taken whose name differs in upper and lower case alone: {first_of(pairs, 3)}"
        return [Finding(path, 1, 1, "M031", message, "names match exactly", "warning")]
