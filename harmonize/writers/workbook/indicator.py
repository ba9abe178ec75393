"""The sheet of an indicator: what is measured of whom, then groups down and migratory status across."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import polars as pl

from harmonize.indicators import INDICATORS
from harmonize.methods import MEDIAN_OF
from harmonize.protect.words import protection_words
from harmonize.writers.result import Result
from harmonize.writers.workbook import page as pages
from harmonize.writers.workbook.blocks import GROUPS, STATUS, Block, Line, Row, blocks
from harmonize.writers.workbook.grid import grid_widths, put_headings, put_numbers, put_titles
from harmonize.writers.workbook.labels import definition_label, migrant_words, sample_label, unit_label
from harmonize.writers.workbook.page import Page
from harmonize.writers.workbook.reading import PARITY, reading_lines

GROUP_WIDTH = 40.0
LARGE = 19.0  # points, of a line of the title
WORDS = 12  # lines of text that a block has at most, and the sheet beside its blocks
LEFT_TO_CSV = "The groups are more than a sheet has rows: they are in estimates.csv and .parquet."

#: (sample, indicator, series, adjustment, status_of) -> a row of methods.csv
Methods = Mapping[tuple[str, ...], Row]

#: The adjustments that are not of a series with a title of its own.
ADJUSTED = {
    "standardised_age": "standardised for age",
    "standardised_age_sex": "standardised for age and sex",
}


class Headline(NamedTuple):
    """What Contents shows of a block: one of its rows, its total, and its place for links (`'8.6.1'!A5`)."""

    row: Row
    total: Line
    place: str


def write_indicator(
    add: Callable[[str, list[float]], Page], number: str, estimates: pl.DataFrame, methods: Methods, result: Result
) -> list[Headline]:
    """Write the sheet; gives the headline of each of its blocks.

    add: makes a sheet of that name and widths. estimates: the rows of this indicator.
    """
    statistics = set(estimates["statistic"])
    without = {"parity" if "parity" not in statistics else "", "" if "level" in statistics else "difference"}
    if not (estimates[STATUS] == "unknown").any():
        without.add("unknown")
    groups = tuple(group for group in GROUPS if group not in without)
    page = add(number, [GROUP_WIDTH, *grid_widths(groups, estimates)])
    formats, level = page.formats, float(result.record["level"])
    indicator = INDICATORS[number]

    page.text(f"{number}  {indicator.title}", formats.title, LARGE)
    page.put(0, "Contents", formats.text, "'Contents'!A1")
    put_titles(page, groups, 1)
    page.put(0, "Group", formats.header(number=False))
    put_headings(page, groups, 1, level)
    page.row += 1
    page.sheet.freeze_panes(page.row, 1)
    page.printed(f"Indicator {number}", (0, page.row - 1))

    found = blocks(estimates)
    whole = sum(len(section.lines) + 1 for block in found for section in block.sections.values())
    short = whole + WORDS * (len(found) + 1) > pages.MOST_ROWS
    if short:
        page.text(LEFT_TO_CSV)
    samples = {each["sample"]: each for each in result.record["samples"]}
    headlines = []
    before = None
    for block in found:
        first = block.first
        about = about_of(first, methods)
        heading = f"{series_title(first, methods)}: {unit_label(first['unit'])}"
        if heading != before:
            page.text(heading, formats.heading)
            before = heading
        headlines.append(Headline(first, block.total, f"'{number}'!A{page.row + 1}"))
        _write_words(page, block, about, samples.get(first["sample"], {}), result.record["protection"])
        for section in block.ordered():
            if short and section.dimensions:
                continue
            if section.dimensions:
                page.text(section.title, formats.section)
            for line in section.ordered():
                page.fit(0, [line.label])
                page.put(0, line.label, formats.label)
                put_numbers(page, groups, 1, line.rows, section.groups)
                page.row += 1
        page.row += 1
    about_parity = [PARITY] if "parity" in statistics else []
    protected = dict.fromkeys(protection_words(result.record["protection"], each) for each in indicator.shown)
    _write_notes(page, [*indicator.caveats, *protected, *about_parity, *reading_lines(result.record)])
    page.end()
    return headlines


def _write_words(
    page: Page, block: Block, about: Row, sample: Mapping[str, Any], protection: Mapping[str, Any]
) -> None:
    """Which sample, who is in it, who counts, who is a migrant, and why the number is a proxy."""
    first = block.first
    status = "proxy (p)" if first["measurement"] == "proxy" else first["measurement"]
    page.text(f"{sample_label(first['country'], first['year'], first['sample'])}: {status}", page.formats.subheading)
    what = "The number: the" if about["numerator"].startswith(MEDIAN_OF) else "Counted of them:"
    page.text(f"Universe: {about['universe'] or 'all persons'}. {what} {about['numerator']}.")
    page.text(f"Migrants: {migrant_words(block.basis, sample.get('concept', ''), first['definition'])}.")
    if about["reasons"]:
        page.text(f"Proxy because: {about['reasons']}.")
    more = [
        f"{name}: {about[column].replace('_', ' ')}"
        for name, column in (
            ("Reference period", "reference_period"), ("Currency", "currency"), ("Standard", "standard"),
            ("Asked from age", "age_floor"), ("Population base", "population_base"), ("Top codes", "top_codes"),
        )
        if about[column]
    ]  # fmt: skip
    if more:
        page.text(f"{'. '.join(more)}.")
    if part := _left_out(block.total.rows.get("everybody"), protection):
        page.text(f"Left out, as something about them is unknown: {part} of the universe.")


def _left_out(total: Row | None, protection: Mapping[str, Any]) -> str:
    """How many persons are left out of a total; empty where nobody is, or it is not told."""
    if total is None or total["conf_status"] != "F":
        return ""
    share = total["left_out_share"]
    if share is not None:
        return f"{round(100 * share, 1):g} % of the persons" if share else ""
    return f"fewer than {protection['min_count']} persons" if protection["method"] == "suppress" else ""


def _write_notes(page: Page, lines: list[str]) -> None:
    page.text("Notes", page.formats.subheading)
    for line in lines:
        page.text(line)


def about_of(row: Row, methods: Methods) -> Row:
    """What methods.csv says of the series and sample of a row of the estimates."""
    adjustment = "none" if row["adjustment"] in ADJUSTED else row["adjustment"]
    return methods[row["sample"], row["indicator"], row["series"], adjustment, row["status_of"]]


def series_title(row: Row, methods: Methods) -> str:
    """The series in words, with what tells it from others of its name."""
    return f"{about_of(row, methods)['title']}{_variant(row)}"


def _variant(row: Row) -> str:
    """What tells a series from the one of everybody's own status, by the default definition, not adjusted."""
    parts = [
        *([] if row["status_of"] == "self" else [f"by the {row['status_of']}'s status"]),
        *([] if row["definition"] == "default" else [definition_label(row["definition"])]),
        *([ADJUSTED[row["adjustment"]]] if row["adjustment"] in ADJUSTED else []),
    ]
    return f" ({', '.join(parts)})" if parts else ""
