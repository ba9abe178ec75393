"""One variable across mappings: which source codes each gives to each of our values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from harmonize.lazily import pl
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.rules.translation import ELSE, OUTSIDE, Line, translation, universe_words
from harmonize.schema import VARIABLES

COLUMNS = ("mapping", "variable", "value", "column", "code", "label", "condition")


class Table(NamedTuple):
    """The names of the columns, and rows of texts."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Crosswalk:
    """lines: of each mapping by its id, its translation; empty where it has none. about: why not, or whom it asks."""

    variable: str
    lines: Mapping[str, Sequence[Line]]
    about: Mapping[str, str]

    @property
    def values(self) -> list[str]:
        """Our values in the order of the schema, then what else mappings give."""
        given = dict.fromkeys(line.value for lines in self.lines.values() for line in lines)
        known = VARIABLES[self.variable]
        places = sorted(given) if known.kind == "place" else list(given)
        return list(dict.fromkeys([*(value for value in known.values if value in given), *places]))

    def sources(self, mapping: str, value: str) -> str:
        """`EMPSTAT 1, 10, 12`: what gives a value in a mapping."""
        found: dict[tuple[str, str], list[str]] = {}
        for line in self.lines[mapping]:
            if line.value == value:
                found.setdefault((line.condition, line.column), []).append(line.code)
        return "; ".join(_words(condition, column, codes) for (condition, column), codes in found.items())

    def tidy(self) -> Table:
        """A row a line; columns COLUMNS."""
        rows = [
            (mapping, self.variable, line.value, line.column, line.code, line.label, line.condition)
            for mapping, lines in self.lines.items()
            for line in lines
        ]
        return Table(COLUMNS, rows)

    def wide(self) -> Table:
        """A row a value, a column a mapping that has the variable; the first row says whom it asks."""
        having = [mapping for mapping, lines in self.lines.items() if lines]
        rows = [(value, *(self.sources(mapping, value) for mapping in having)) for value in self.values]
        if any(self.about[mapping] for mapping in having):
            rows = [("(asked of)", *(self.about[mapping] or "everybody" for mapping in having)), *rows]
        return Table((self.variable, *having), rows)

    def write(self, path: Path) -> None:
        """As .csv, a row a line, or .xlsx with both tables. Raises OSError."""
        with path.open("wb"):  # says in the words of the system why it can't be: the writers have words of their own
            pass
        if path.suffix == ".csv":
            _frame(self.tidy()).write_csv(path)
            return
        from xlsxwriter import Workbook

        with Workbook(path) as book:
            for name, table in (("crosswalk", self.wide()), ("lines", self.tidy())):
                _frame(table).write_excel(
                    book, name, autofit=True, freeze_panes=(1, 1), table_style="Table Style Light 1"
                )


def crosswalk(variable: str, mappings: Sequence[tuple[str, MappingFile]]) -> Crosswalk:
    """The translations of a variable of the schema, in the order of the mappings."""
    lines: dict[str, list[Line]] = {}
    about: dict[str, str] = {}
    for name, mapping in mappings:
        rule = mapping.variables.get(variable)
        lines[name] = [] if rule is None else translation(rule.rule)
        about[name] = "not mapped" if rule is None else rule.unavailable or universe_words(rule.universe)
    return Crosswalk(variable, lines, about)


def lacking(found: Crosswalk) -> Iterator[tuple[str, str]]:
    """The mappings that have no lines, each with the reason."""
    return ((name, found.about[name]) for name, lines in found.lines.items() if not lines)


def _frame(table: Table) -> pl.DataFrame:
    return pl.DataFrame(table.rows, schema=dict.fromkeys(table.columns, pl.String), orient="row")


def _words(condition: str, column: str, codes: Sequence[str]) -> str:
    listed = f"{column} {', '.join(code for code in codes if code)}".strip()
    if not condition:
        return listed or "always"
    if condition == ELSE or condition.startswith(OUTSIDE):
        return listed or condition
    return f"{listed} if {condition}".strip()
