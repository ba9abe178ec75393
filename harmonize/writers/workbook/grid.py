"""The columns of numbers: groups of persons, and for each the estimate, its standard error and interval, and n."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from harmonize.writers.workbook.blocks import Row
from harmonize.writers.workbook.formats import decimals
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
#: In characters; wider where a number needs it, as a spreadsheet shows one that doesn't fit as ###.
LEAST = {"estimate": 11.0, "se": 6.5, "ci_lower": 10.0, "ci_upper": 7.5, "n": 7.5, "population": 12.0}
ROOM = {"estimate": 7.0}  # beside the digits: `* (u)` and the margins of the cell; of the others 2
COUNTS = ("n", "population")
SUPPRESSED, MISSING = "..", "-"


def measures(group: str) -> tuple[str, ...]:
    """The columns of a group."""
    return OF_EVERYBODY if group == "everybody" else MEASURES


def grid_widths(groups: Sequence[str], rows: pl.DataFrame) -> list[float]:
    """Widths of the columns of these groups, in characters, in which every number of the rows fits."""
    widths = {name: max(LEAST[name], _longest(rows, name) + ROOM.get(name, 2.0)) for name in OF_EVERYBODY}
    return [widths[name] for group in groups for name in measures(group)]


def _longest(rows: pl.DataFrame, name: str) -> int:
    """Characters of the longest number of a column, as it is shown."""
    ends = rows.group_by("unit").agg(pl.col(name).min().alias("low"), pl.col(name).max().alias("high"))
    return max(
        (
            len(f"{value:,.{0 if name in COUNTS else decimals(unit)}f}")
            for unit, *both in ends.iter_rows()
            for value in both
            if value is not None
        ),
        default=0,
    )


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
