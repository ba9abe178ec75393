"""xlsx: a workbook to read and to print. Contents, a sheet an indicator, and every number on the sheet Data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from harmonize.writers.result import Result


def write_xlsx(result: Result, path: Path) -> None:
    """Write the workbook. Numbers keep 16 digits, one more than a spreadsheet computes with.

    Raises OSError when the file can't be written.
    """
    # not before a workbook is asked for: it takes as long to import as a small run to measure
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    from harmonize.writers.about import Methods
    from harmonize.writers.workbook.contents import contents_widths, write_contents
    from harmonize.writers.workbook.data import fits, write_data
    from harmonize.writers.workbook.formats import FONT, Formats
    from harmonize.writers.workbook.indicator import write_indicator
    from harmonize.writers.workbook.page import Page

    words = result.words
    options = {
        "constant_memory": True,  # a row is on disk once the next begins
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,  # a label that begins with = stays a label
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),  # which it changes
    }
    try:
        with Workbook(str(path), options) as workbook:
            workbook.use_zip64()
            # no clock: the same result gives the same bytes
            title = words("SDG indicators by migratory status")
            workbook.set_properties({"title": title, "created": datetime(1980, 1, 1)})
            formats = Formats(workbook)

            def add(name: str, widths: Sequence[float]) -> Page:
                return Page(workbook, name, widths, formats, words)

            contents = add(words("Contents"), contents_widths(result.estimates, words))
            methods: Methods = {
                (row["sample"], row["indicator"], row["series"], row["adjustment"], row["status_of"]): row
                for row in result.methods.iter_rows(named=True)
            }
            found = {
                str(number): write_indicator(add, str(number), rows, methods, result)
                for (number,), rows in result.estimates.group_by("indicator", maintain_order=True)
            }
            write_contents(contents, found, methods, result)
            if fits(result.estimates):
                write_data(add, result.estimates, words)
    except FileCreateError as error:
        raise error.args[0] from error  # the OSError that it wraps
