"""The lines of an indicator's sheet, read back with what stands above them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

GROUPS = {
    "All persons": "everybody",
    "Migrants": "migrant",
    "Non-migrants": "non_migrant",
    "Difference: migrants − non-migrants": "difference",
    "Parity: migrants ÷ non-migrants": "parity",
    "Status unknown": "unknown",
}
MEASURES = {"estimate": "estimate", "s.e.": "se", "95 % from": "ci_lower", "to": "ci_upper", "n": "n",
            "population": "population"}  # fmt: skip


@dataclass(frozen=True)
class SheetLine:
    """One line: where it stands, and group -> measure -> cell."""

    series: str
    sample: str
    section: str
    label: str
    cells: dict[str, dict[str, Any]]


def columns_of(sheet: Worksheet) -> dict[int, tuple[str, str]]:
    """Column -> (group, measure), from the two rows of headings."""
    found = {}
    group = ""
    for titles, headings in zip(sheet[2][1:], sheet[3][1:], strict=True):
        group = GROUPS[titles.value] if titles.value else group
        found[headings.column] = (group, MEASURES[headings.value])
    return found


def lines_of_sheet(
    sheet: Worksheet, series: Collection[str], samples: Collection[str], sections: Collection[str]
) -> Iterator[SheetLine]:
    """The lines of numbers under the headings that are given (of a series: without its unit)."""
    columns = columns_of(sheet)
    at = {"series": "", "sample": "", "section": ""}
    for row in sheet.iter_rows(min_row=4):
        words = row[0].value
        cells: dict[str, dict[str, Any]] = {}
        for cell in row[1:]:
            if cell.value is not None:
                group, measure = columns[cell.column]
                cells.setdefault(group, {})[measure] = cell
        if cells:
            yield SheetLine(**at, label=words, cells=cells)
        elif words and words.rpartition(":")[0] in series:
            at = {"series": words.rpartition(":")[0], "sample": "", "section": ""}
        elif words and words.rpartition(":")[0] in samples:
            at |= {"sample": words.rpartition(":")[0], "section": ""}
        elif words in sections:
            at |= {"section": words}
