"""Cells of source columns as polars expressions: blank, number, text, and the table code -> value.

Files are read as text. A numeric column compares numbers (leading zeros, `.0` and spaces do not count; a
cell that is no number, such as Stata's `.a`, compares as text); a text column compares text without its
trailing spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harmonize.lazily import pl
from harmonize.rules.sorted_codes import sorted_codes
from harmonize.rules.source_codes import Code

EXPANDED = 20_000  # a range of at most so many whole numbers is written out: one hash look-up a cell


@dataclass(frozen=True)
class Cell:
    """One source column: its name in the extract, whether it is numeric, and its decimal mark."""

    column: str
    numeric: bool
    decimal: str = "."

    @property
    def blank(self) -> pl.Expr:
        """Boolean: the cell is null, empty or spaces."""
        return pl.col(self.column).is_null() | (self.stripped == "")

    @property
    def stripped(self) -> pl.Expr:
        """String without spaces at either end."""
        return pl.col(self.column).str.strip_chars()

    @property
    def text(self) -> pl.Expr:
        """String as it is compared: null where blank."""
        text = self.stripped if self.numeric else pl.col(self.column).str.strip_chars_end(" ")
        return pl.when(self.stripped != "").then(text)

    @property
    def number(self) -> pl.Expr:
        """Float64; null where the cell is no finite number (R writes 100000 as 1e+05: it is one). -0 is 0."""
        text = self.stripped
        if self.decimal != ".":
            text = text.str.replace(self.decimal, ".", literal=True)
        number = text.cast(pl.Float64, strict=False)
        return pl.when(number == 0).then(0.0).when(number.is_finite()).then(number)


def holds(cell: Cell, codes: Sequence[Code]) -> pl.Expr:
    """Boolean, never null: the cell is one of `codes`."""
    if not codes:
        return pl.lit(False)
    return table(cell, [(codes, True)], pl.Boolean()).fill_null(False)


def table(cell: Cell, entries: Sequence[tuple[Sequence[Code], Any]], dtype: pl.DataType) -> pl.Expr:
    """The value, of `dtype`, of the entry whose codes hold the cell; null where none does.

    Entries are disjoint (the mapping is checked), so their order does not matter.
    """
    codes = sorted_codes(entries, cell.numeric, cell.column)
    numbers, tests = dict(codes.numbers), []
    for code, value in codes.others:
        span = _whole_numbers(code) if cell.numeric and code.is_range else None
        if span is None:
            tests.append((cell.blank if code.is_blank else _in_range(cell, code), value))
        else:
            for number in span:
                numbers.setdefault(float(number), value)
    found: list[pl.Expr] = []
    if numbers:
        found.append(_replace(cell.number, list(numbers), list(numbers.values()), dtype))
    if codes.texts:
        found.append(_replace(cell.text, list(codes.texts), list(codes.texts.values()), dtype))
    if tests:
        found.append(_first_that_holds(tests, dtype))
    return pl.coalesce(found) if len(found) > 1 else found[0] if found else pl.lit(None, dtype=dtype)


def _replace(cell: pl.Expr, old: list[Any], new: list[Any], dtype: pl.DataType) -> pl.Expr:
    old_type = pl.String() if isinstance(old[0], str) else pl.Float64()
    return cell.replace_strict(
        pl.Series(old, dtype=old_type), pl.Series(new, dtype=dtype), default=None, return_dtype=dtype
    )


def _first_that_holds(tests: list[tuple[pl.Expr, Any]], dtype: pl.DataType) -> pl.Expr:
    (condition, value), *rest = tests
    chain: Any = pl.when(condition).then(pl.lit(value, dtype=dtype))
    for condition, value in rest:
        chain = chain.when(condition).then(pl.lit(value, dtype=dtype))
    return chain.otherwise(pl.lit(None, dtype=dtype))  # type: ignore[no-any-return]


def _whole_numbers(code: Code) -> range | None:
    if code.low is None or code.high is None or code.high - code.low >= EXPANDED:
        return None
    return range(-int(-code.low // 1), int(code.high // 1) + 1)


def _in_range(cell: Cell, code: Code) -> pl.Expr:
    if code.ends is not None:
        first, last = code.ends
        within = (cell.text >= first) & (cell.text <= last) & (cell.text.str.len_chars() == len(first))
        return within.fill_null(False)
    number = cell.number
    if code.low is None and code.high is None:  # every number, which only conditions mention
        return number.is_not_null()
    test = number == number.floor()
    if code.low is not None:
        test &= number >= code.low
    if code.high is not None:
        test &= number <= code.high
    if not cell.numeric:
        width = code.padded_width
        test &= cell.text.str.contains(rf"^\d{{{width}}}$" if width else r"^(0|-?[1-9]\d*)$")
    return test.fill_null(False)
