"""A sheet written from the top down: lines of text across it, rows of cells, and how it prints."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from harmonize.words import Words
from harmonize.writers.workbook.formats import Formats

#: Rows that a sheet of the format has.
MOST_ROWS = 1_048_576
A4 = 9
HEIGHT = 13.5  # points, of a line of ordinary text
SIDES, ABOVE, BELOW = 0.4, 0.5, 0.6  # margins in inches
ACROSS, DOWN = 841.9 - 72 * 2 * SIDES, 595.3 - 72 * (ABOVE + BELOW)  # points of a page that are printed on
SURE = 0.97  # of a page: programs differ in how wide they take a character to be


class Page:
    """One sheet and the row that comes next. All text is written as text, never as a formula."""

    def __init__(self, workbook: Workbook, name: str, widths: Sequence[float], formats: Formats, words: Words) -> None:
        """Add the sheet; widths: of its columns, in characters. words: in the language of the workbook."""
        self.sheet: Worksheet = workbook.add_worksheet(name)
        self.name = name
        self.formats = formats
        self.words = words
        self.widths = widths
        self.row = 0
        self.together: set[int] = set()  # rows that stay on the page of the next one
        self._heights: dict[int, float] = {}  # in points, of rows that are not HEIGHT
        self._heads: range = range(0)  # rows on every page
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def printed(self, footer: str, header: tuple[int, int] | None) -> None:
        """A4 across, one page wide; the footer and the rows `header` (first, last) on every page."""
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=SIDES, right=SIDES, top=ABOVE, bottom=BELOW)
        pages = self.words("Page {page} of {pages}", page="&P", pages="&N")
        self.sheet.set_footer(f"&L{footer.replace('&', '&&')}&R{pages}")
        if header:
            self.sheet.repeat_rows(*header)
            self._heads = range(header[0], header[1] + 1)

    def end(self) -> None:
        """Print all that was written, and nothing else; rows that belong together on one page."""
        if self.together:
            self.sheet.set_h_pagebreaks(self._breaks())
        self.sheet.print_area(0, 0, max(self.row - 1, 0), len(self.widths) - 1)

    def keep(self, first: int) -> None:
        """The rows from `first` on stay together on a page, and with the next one."""
        self.together.update(range(first, self.row))

    def _breaks(self) -> list[int]:
        """The rows that begin a page. A page has less room than its sheet where it is wider than the paper."""
        wide = sum(7 * each + 5 for each in self.widths) * 0.75  # a character is 7 pixels
        room = SURE * DOWN / min(1.0, ACROSS / wide)
        heads = sum(self._heights.get(row, HEIGHT) for row in self._heads)
        found: list[int] = []
        start, used = 0, 0.0
        for row in range(self.row):
            high = self._heights.get(row, HEIGHT)
            if used + high > room:
                begin = row
                while begin - 1 in self.together and begin - 1 > start:
                    begin -= 1
                start = row if begin - 1 == start else begin
                found.append(start)
                used = heads + sum(self._heights.get(each, HEIGHT) for each in range(start, row))
            used += high
        return found

    def text(self, words: str, format: Format | None = None, line: float = HEIGHT) -> None:
        """A line of text across the sheet, wrapped; line: its height in points."""
        self.across([words], format or self.formats.text, line=line)

    def across(self, texts: Sequence[str], format: Format, link: str = "", line: float = HEIGHT) -> None:
        """Texts in the first columns, the last of them across all that remain. link: where the first one leads."""
        at, last = len(texts) - 1, len(self.widths) - 1
        self.fit(0, texts[:-1], (texts[-1], sum(self.widths[at:])), line)
        for column, text in enumerate(texts[:-1]):
            self.put(column, text, format, link if column == 0 else "")
        if at < last:
            self.sheet.merge_range(self.row, at, self.row, last, "", format)
        self.put(at, texts[-1], format)
        self.row += 1

    def fit(self, at: int, texts: Sequence[str], wide: tuple[str, float] = ("", 1.0), line: float = HEIGHT) -> None:
        """Make this row high enough for texts from column `at`, and for (text, width) over several columns."""
        cells = [wide, *zip(texts, self.widths[at:], strict=False)]
        self._heights[self.row] = line * max(lines_of(text, width * HEIGHT / line) for text, width in cells)
        self.sheet.set_row(self.row, self._heights[self.row])

    def put(self, column: int, text: str, format: Format, link: str = "") -> None:
        """One cell of text in this row; no text is an empty cell with its format."""
        if not text:
            self.sheet.write_blank(self.row, column, None, format)
        elif link:
            self.sheet.write_url(self.row, column, f"internal:{link}", self.formats.link, text)
        else:
            self.sheet.write_string(self.row, column, text, format)


def lines_of(words: str, width: float) -> int:
    """Lines that the words take in a cell `width` characters wide: a merged cell does not grow by itself.

    Widths are in digits, and words are a little narrower.
    """
    return max(1, math.ceil(0.92 * len(words) / width))
