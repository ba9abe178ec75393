"""The sheet Data: the tidy table as it is, to filter and to compute with."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from harmonize.words import Words
from harmonize.writers.workbook import page as pages
from harmonize.writers.workbook.page import Page

SHORT, LONG = 11.0, 22.0


def fits(estimates: pl.DataFrame) -> bool:
    """Whether a sheet holds all rows and their heading."""
    return estimates.height < pages.MOST_ROWS


def write_data(add: Callable[[str, list[float]], Page], estimates: pl.DataFrame, words: Words) -> None:
    """Write the sheet: a row a cell of the tables, null as an empty cell. The data keep their names."""
    texts = [dtype == pl.String for dtype in estimates.dtypes]
    page = add(words("Data"), [LONG if name in ("series", "disaggregation") else SHORT for name in estimates.columns])
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
