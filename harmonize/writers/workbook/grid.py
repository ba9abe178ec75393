"""The columns of numbers: groups of persons, and for each the estimate, its standard error and interval, and n."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from harmonize.writers.workbook.blocks import Row
from harmonize.writers.workbook.page import Page

TITLES = {
    "everybody": "All persons",
    "migrant": "Migrants",
    "non_migrant": "Non-migrants",
    "difference": "Difference: migrants − non-migrants",
    "parity": "Parity: migrants ÷ non-migrants",
    "unknown": "Status unknown",
}
MEASURES = ("estimate", "se", "ci_lower", "ci_upper", "n")
#: Of all persons also what helps to add up groups.
OF_EVERYBODY = (*MEASURES, "population")
WIDTHS = {"estimate": 12.0, "se": 7.0, "ci_lower": 10.0, "ci_upper": 8.0, "n": 10.0, "population": 14.0}
WIDE = 14.0  # of a column that holds numbers of persons too
COUNTS = ("n", "population")
SUPPRESSED, MISSING = "..", "-"


def measures(group: str) -> tuple[str, ...]:
    """The columns of a group."""
    return OF_EVERYBODY if group == "everybody" else MEASURES


def grid_widths(groups: Sequence[str], counted: bool) -> list[float]:
    """Widths of the columns of these groups, in characters. counted: whether there are totals; none of differences."""
    wide = [counted and group != "difference" for group in groups]
    return [
        max(WIDTHS[name], WIDE) if more and name not in COUNTS else WIDTHS[name]
        for group, more in zip(groups, wide, strict=True)
        for name in measures(group)
    ]


def put_titles(page: Page, groups: Sequence[str], at: int, titles: Mapping[str, str] = TITLES) -> None:
    """The row that names the groups, from column `at`."""
    for group in groups:
        wide = len(measures(group))
        page.sheet.merge_range(page.row, at, page.row, at + wide - 1, "", page.formats.group)
        page.put(at, page.words(titles[group]), page.formats.group)
        at += wide
    page.row += 1


def put_headings(page: Page, groups: Sequence[str], at: int, level: float) -> None:
    """The headings of the columns, from column `at`; level: of the intervals, in percent."""
    words = page.words
    headings = {
        "estimate": words("estimate"), "se": words("s.e."), "n": words("n"), "population": words("population"),
        "ci_lower": words("{level} % from", level=words.plain(level)), "ci_upper": words("to"),
    }  # fmt: skip
    page.fit(at, [headings[name] for group in groups for name in measures(group)])
    for group in groups:
        for place, name in enumerate(measures(group)):
            page.put(at, headings[name], page.formats.header(place == 0))
            at += 1


def put_numbers(page: Page, groups: Sequence[str], at: int, rows: Mapping[str, Row], there: Collection[str]) -> None:
    """The numbers of one line, from column `at`.

    rows: by group. A group that is `there` but has no row has nobody in it, `-`; one that isn't is no table
    of this run and stays empty.
    """
    for group in groups:
        names = measures(group)
        if group in rows:
            _put_row(page, at, names, rows[group])
        else:
            for place in range(len(names)):
                page.put(at + place, MISSING if group in there else "", page.formats.sign(place == 0))
        at += len(names)


def _put_row(page: Page, at: int, names: Sequence[str], row: Row) -> None:
    hidden = row["conf_status"] != "F"
    unreliable = row["obs_status"] == "U"
    for place, name in enumerate(names):
        value = row[name]
        if hidden or value is None:
            page.put(at + place, SUPPRESSED if hidden else MISSING, page.formats.sign(place == 0))
            continue
        unit = "count" if name in COUNTS else row["unit"]
        form = page.formats.number(unit, unreliable and name not in COUNTS, place == 0)
        page.sheet.write_number(page.row, at + place, value, form)
