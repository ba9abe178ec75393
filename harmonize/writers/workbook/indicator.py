"""The sheet of an indicator: what is measured of whom, then groups down and migratory status across."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import polars as pl

from harmonize.indicators import INDICATORS
from harmonize.methods import MEDIAN_OF
from harmonize.protect.words import protection_words
from harmonize.words import Words
from harmonize.writers.about import ADJUSTED, Methods, about_of, currencies
from harmonize.writers.result import Result
from harmonize.writers.workbook import page as pages
from harmonize.writers.workbook.blocks import GROUPS, STATUS, Block, Line, Row, blocks
from harmonize.writers.workbook.grid import grid_widths, put_headings, put_numbers, put_titles
from harmonize.writers.workbook.page import Page
from harmonize.writers.workbook.reading import PARITY, reading_lines

GROUP_WIDTH = 40.0
LARGE = 19.0  # points, of a line of the title
WORDS = 12  # lines of text that a block has at most, and the sheet beside its blocks
LEFT_TO_CSV = "The groups are more than a sheet has rows: they are in estimates.csv and .parquet."

#: Of whom the migratory status is, where it is not the person's own.
STATUS_OF = {"mother": "by the mother's status", "head": "by the head's status"}


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
    words, formats, level = result.words, page.formats, float(result.record["level"])
    indicator = INDICATORS[number]

    page.text(f"{number}  {words(indicator.title)}", formats.title, LARGE)
    page.put(0, words("Contents"), formats.text, f"'{words('Contents')}'!A1")
    put_titles(page, groups, 1)
    page.put(0, words("Group"), formats.header(number=False))
    put_headings(page, groups, 1, level)
    page.row += 1
    page.sheet.freeze_panes(page.row, 1)
    page.printed(words("Indicator {number}", number=number), (0, page.row - 1))

    found = blocks(estimates, words)
    whole = sum(len(section.lines) + 1 for block in found for section in block.sections.values())
    short = whole + WORDS * (len(found) + 1) > pages.MOST_ROWS
    if short:
        page.text(words(LEFT_TO_CSV))
    samples = {each["sample"]: each for each in result.record["samples"]}
    headlines = []
    before = None
    for block in found:
        first = block.first
        about = about_of(first, methods)
        heading = words(
            "{series}: {unit}", series=series_title(first, methods, words), unit=unit_words(first, about, words)
        )
        top = page.row
        if heading != before:
            page.text(heading, formats.heading)
            before = heading
        headlines.append(Headline(first, block.total, f"'{number}'!A{page.row + 1}"))
        _write_words(page, block, about, samples.get(first["sample"], {}), result.record["protection"])
        page.keep(top)
        for section in block.ordered():
            if short and section.dimensions:
                continue
            if section.dimensions:
                page.text(section.title, formats.section)
                page.keep(page.row - 1)
            for line in section.ordered():
                page.fit(0, [line.label])
                page.put(0, line.label, formats.label)
                put_numbers(page, groups, 1, line.rows, section.groups)
                page.row += 1
            if not section.dimensions:
                page.keep(top)
        page.row += 1
    caveats = [words(each) for each in indicator.caveats]
    about_parity = [words(PARITY)] if "parity" in statistics else []
    protected = dict.fromkeys(protection_words(result.record["protection"], each, words) for each in indicator.shown)
    _write_notes(page, [*caveats, *protected, *about_parity, *reading_lines(result.record, words)])
    page.end()
    return headlines


def _write_words(
    page: Page, block: Block, about: Row, sample: Mapping[str, Any], protection: Mapping[str, Any]
) -> None:
    """Which sample, who is in it, who counts, who is a migrant, and why the number is a proxy."""
    first, words = block.first, page.words
    place = words.sample(first["country"], first["year"], first["sample"])
    status = words("{sample}: {status}", sample=place, status=status_words(first["measurement"], words))
    page.text(status, page.formats.subheading)
    counted = {"universe": words(about["universe"]), "numerator": words(about["numerator"])}
    if about["numerator"].startswith(MEDIAN_OF):
        page.text(words("Universe: {universe}. The number: the {numerator}.", **counted))
    else:
        page.text(words("Universe: {universe}. Counted of them: {numerator}.", **counted))
    who = words.migrants(block.basis, sample.get("concept", ""), first["definition"])
    page.text(words("Migrants: {who}.", who=who))
    if about["reasons"]:
        page.text(words("Proxy because: {reasons}.", reasons=words(about["reasons"])))
    more = [
        words("{name}: {value}", name=name, value=words.stated(about[column]))
        for name, column in (
            (words("Reference period"), "reference_period"), (words("Currency"), "currency"),
            (words("Standard"), "standard"), (words("Counted from age"), "age_floor"),
            (words("Population base"), "population_base"), (words("Top codes"), "top_codes"),
        )
        if about[column]
    ]  # fmt: skip
    if more:
        page.text(f"{'. '.join(more)}.")
    if part := _left_out(block.total.rows.get("everybody"), protection, words):
        page.text(words("Left out, as something about them is unknown: {part} of the universe.", part=part))


def status_words(measurement: str, words: Words) -> str:
    """How far a series is the official one, with the sign of a proxy."""
    return words("proxy (p)") if measurement == "proxy" else words(measurement)


def _left_out(total: Row | None, protection: Mapping[str, Any], words: Words) -> str:
    """How many persons are left out of a total; empty where nobody is, or it is not told."""
    if total is None or total["conf_status"] != "F":
        return ""
    share = total["left_out_share"]
    if share is not None:
        return words("{share} % of the persons", share=words.plain(round(100 * share, 1))) if share else ""
    if protection["method"] != "suppress":
        return ""
    return words("fewer than {n} persons", n=words.count(protection["min_count"]))


def _write_notes(page: Page, lines: list[str]) -> None:
    top = page.row
    page.text(page.words("Notes"), page.formats.subheading)
    for line in lines:
        page.text(line)
    page.keep(top)


def unit_words(row: Row, about: Row, words: Words) -> str:
    """The unit of a series; of money its currency. about: its row of methods.csv."""
    money = currencies([about["currency"]]) if row["unit"] == "currency" else []
    return ", ".join(money) or words.unit_of(row["unit"], about["title"])


def series_title(row: Row, methods: Methods, words: Words) -> str:
    """The series in words, with what tells it from others of its name."""
    return f"{words(about_of(row, methods)['title'])}{_variant(row, words)}"


def _variant(row: Row, words: Words) -> str:
    """What tells a series from the one of everybody's own status, by the default definition, not adjusted."""
    parts = [
        *([words(STATUS_OF[row["status_of"]])] if row["status_of"] in STATUS_OF else []),
        *([] if row["definition"] == "default" else [words.definition(row["definition"])]),
        *([words(ADJUSTED[row["adjustment"]])] if row["adjustment"] in ADJUSTED else []),
    ]
    return f" ({', '.join(parts)})" if parts else ""
