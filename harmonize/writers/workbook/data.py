"""The sheet Data: the tidy table as it is, to filter and to compute with."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from harmonize.words import Words
from harmonize.writers.workbook import page as pages
from harmonize.writers.workbook.page import Page

NUMBER, MOST = 12.0, 34.0  # widths in characters: of a number at least, of a text at most
ARROW = 4.0  # of the filter, beside a heading


def fits(estimates: pl.DataFrame) -> bool:
    """Whether a sheet holds all rows and their heading."""
    return estimates.height < pages.MOST_ROWS


def write_data(add: Callable[[str, list[float]], Page], estimates: pl.DataFrame, words: Words) -> None:
    """Write the sheet: a row a cell of the tables, null as an empty cell. The data keep their names."""
    texts = [dtype == pl.String for dtype in estimates.dtypes]
    page = add(words("Data"), [_width(each) for each in estimates])
    page.printed(page.name, (0, 0))
    for column, name in enumerate(estimates.columns):
        page.put(column, name, page.formats.header(number=not texts[column]))
    sheet = page.sheet
    for at, row in enumerate(estimates.iter_rows(), start=1):  # cells of tables, never persons
        for column, (value, text) in enumerate(zip(row, texts, strict=True)):
            if value is None or value == "":
                continue
            if text:
                sheet.write_string(at, column, value)
            else:
                sheet.write_number(at, column, value)
    sheet.autofilter(0, 0, estimates.height, estimates.width - 1)
    sheet.freeze_panes(1, 0)
    page.row = estimates.height + 1
    page.end()


def _width(column: pl.Series) -> float:
    """Of a column: its heading, and all of its texts but the very long."""
    if column.dtype != pl.String:
        return max(NUMBER, len(column.name) + ARROW)
    longest = column.str.len_chars().max()
    return min(MOST, max(len(column.name) + ARROW, (longest if isinstance(longest, int) else 0) + 2.0))
