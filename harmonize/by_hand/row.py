"""One row of an extract, and its cells as rules compare them: with codes, as a number or as a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from harmonize.rules import cells
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.rule import Source
from harmonize.rules.sorted_codes import SortedCodes, sorted_codes
from harmonize.rules.source_codes import Code

SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Unicode's white space. Python strips the separators U+001C to U+001F as well."""

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""Python reads more as numbers: `1_000`, digits of other scripts, `inf` and `nan`."""


class Coded(Protocol):
    """A value and the codes that mean it: an entry of `codes`, a band, an interval."""

    @property
    def codes(self) -> Sequence[Code]:
        """The codes."""

    @property
    def value(self) -> Any:
        """The value."""


class Columns:
    """The columns of an extract: how each is compared, and what the codes of a rule are in it."""

    def __init__(self, extract: ExtractColumns) -> None:
        self._extract = extract
        self._columns: dict[tuple[Source, str | None], cells.Cell] = {}
        self._sorted: dict[tuple[int, cells.Cell], tuple[Sequence[Coded], SortedCodes[Any]]] = {}

    def column(self, source: Source, kind: str | None) -> cells.Cell:
        """The column that a rule reads, and whether it is numeric there."""
        if (source, kind) not in self._columns:
            self._columns[source, kind] = self._extract.cell(source, kind)
        return self._columns[source, kind]

    def sorted(self, coded: Sequence[Coded], column: cells.Cell) -> SortedCodes[Any]:
        """The codes of `coded` for a column. Kept: a look-up list has hundreds, and every row asks it."""
        key = id(coded), column
        if key not in self._sorted:
            codes = sorted_codes(((each.codes, each.value) for each in coded), column.numeric, column.column)
            self._sorted[key] = coded, codes
        return self._sorted[key][1]


class Cell:
    """One cell. written: as in the extract, None where there is nothing."""

    def __init__(self, written: str | None, column: cells.Cell, columns: Columns) -> None:
        self._written, self._column, self._columns = written or "", column, columns
        self.numeric = column.numeric
        self.stripped = self._written.strip(SPACES)
        self.blank = not self.stripped

    @cached_property
    def text(self) -> str | None:
        """As it is compared as text, None where blank."""
        if self.blank:
            return None
        return self.stripped if self.numeric else self._written.rstrip(" ")

    @cached_property
    def number(self) -> float | None:
        """None where it is no finite number; -0 is 0."""
        text = self.stripped.replace(self._column.decimal, ".", 1)
        number = float(text) if NUMBER.fullmatch(text) else math.inf
        return number + 0.0 if math.isfinite(number) else None

    def value(self, coded: Sequence[Coded]) -> Any:
        """The value whose codes hold the cell, None where none does. FitError where a number is two values."""
        codes = self._columns.sorted(coded, self._column)
        if codes.numbers and self.number in codes.numbers:
            return codes.numbers[self.number]
        if self.text in codes.texts:
            return codes.texts[self.text]
        return next((value for code, value in codes.others if self._is(code)), None)

    def holds(self, codes: Iterable[Code]) -> bool:
        """Whether the cell is one of the codes."""
        return any(self._is(code) for code in codes)

    def _is(self, code: Code) -> bool:
        if code.is_blank:
            return self.blank
        if code.is_range:
            return self._is_within(code)
        if self.numeric and code.low is not None:
            return self.number == code.low
        return self.text == (code.text.strip() if self.numeric else code.text.rstrip(" "))

    def _is_within(self, range_: Code) -> bool:
        if range_.low is None and range_.high is None and range_.ends is None:  # any number
            return self.number is not None
        if self.numeric and range_.ends is None:
            return self.number is not None and range_.holds_number(self.number)
        return self.text is not None and range_.holds_text(self.text)


class Row:
    """One row. cells: source column -> what is written; a column that is not among them is blank."""

    def __init__(self, written: Mapping[str, str | None], columns: Columns) -> None:
        self._written, self._columns = written, columns
        self._cells: dict[cells.Cell, Cell] = {}

    def cell(self, source: Source, kind: str | None = None) -> Cell:
        """The cell of a source, compared as `kind` where the rule says so. FitError where there is no such column."""
        return self._cell(self._columns.column(source, kind))

    def key(self, column: str, numeric: bool = True) -> Cell:
        """The cell of a column of keys."""
        return self._cell(cells.Cell(column, numeric))

    def _cell(self, column: cells.Cell) -> Cell:
        if column not in self._cells:
            self._cells[column] = Cell(self._written.get(column.column), column, self._columns)
        return self._cells[column]
