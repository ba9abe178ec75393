"""The sheet Contents: what the workbook holds, the headline of each series, and what is not measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.estimate.table import COUNT
from harmonize.indicators import INDICATORS
from harmonize.protect.words import protection_words
from harmonize.standard_errors import error_words
from harmonize.words import Words
from harmonize.words.words import ENGLISH
from harmonize.writers.about import Methods, about_of
from harmonize.writers.result import Result
from harmonize.writers.workbook.data import fits
from harmonize.writers.workbook.grid import TITLES, grid_widths, put_headings, put_numbers, put_titles
from harmonize.writers.workbook.indicator import LARGE, Headline, series_title, status_words, unit_words
from harmonize.writers.workbook.page import Page
from harmonize.writers.workbook.reading import reading_lines

HEADLINE = ("migrant", "non_migrant", "difference")
TEXTS = (10.0, 75.0, 32.0, 11.0, 14.0)  # widths: number, series, sample, how far it is the official one, unit
LONGER = 100.0  # of series in other languages: LibreOffice takes no second line for a link
WITH_PARITY = TITLES | {"difference": "Migrants − non-migrants; parity: ÷"}
SAMPLES_BY_NAME = 3
PAGE = 50  # lines of a table that needs more than a page, and its heading on each
MAPPING = ("title", "id", "version")  # of run.json
UNPROTECTED = "Protection: none. Cells of few persons are in this workbook; don't publish it as it is."


def contents_widths(estimates: pl.DataFrame, words: Words) -> list[float]:
    """Widths of its columns, in characters."""
    number, series, sample, measured, unit = TEXTS
    longest = max(len(status_words(each, words)) for each in ("exact", "proxy"))
    texts = (number, series if words.lang == ENGLISH else LONGER, sample, max(measured, longest), unit)
    return [*texts, *grid_widths(HEADLINE, estimates)]


def write_contents(page: Page, found: Mapping[str, Sequence[Headline]], methods: Methods, result: Result) -> None:
    """Write the sheet. found: by indicator, the headline of each of its blocks."""
    record, formats, words = result.record, page.formats, result.words
    page.text(words("SDG indicators by migratory status"), formats.title, LARGE)
    page.text(_samples_in_short(record["samples"], words), formats.subheading)
    page.text(words("{title} (mapping {id} {version})", **{name: record["mapping"][name] for name in MAPPING}))
    page.text(words(UNPROTECTED) if record["protect"] == "none" else _protection(record["protection"], words))
    page.row += 1
    head = page.row
    parity = any("parity" in headline.total.rows for headlines in found.values() for headline in headlines)
    put_titles(page, HEADLINE, len(TEXTS), WITH_PARITY if parity else TITLES)
    headings = (words("Indicator"), words("Series"), words("Sample"), words("Measured"), words("Unit"))
    for column, heading in enumerate(headings):
        page.put(column, heading, formats.header(number=False))
    put_headings(page, HEADLINE, len(TEXTS), float(record["level"]))
    page.row += 1
    length = sum(len(headlines) + 1 for headlines in found.values())
    page.printed(page.name, (head, page.row - 1) if length > PAGE else None)
    for number, headlines in found.items():
        page.across([number, words(INDICATORS[number].title)], formats.subheading, f"'{number}'!A1")
        for headline in headlines:
            _write_headline(page, headline, methods)
    page.row += 1
    reading = reading_lines(record, words)
    for title, lines in (
        (words("How to read"), [*reading, _data_line(result.estimates, words)]),
        (words("Samples"), [_sample_line(each, record["variance"], words) for each in record["samples"]]),
        (words("Notes of the run"), [words(each) for each in result.notices]),
    ):
        if lines:
            page.text(title, formats.subheading)
            for line in lines:
                page.text(line)
            page.row += 1
    _write_not_measured(page, result.methods)
    page.end()


def _protection(protection: Mapping[str, Any], words: Words) -> str:
    methods = {"suppress": words("suppress"), "cell-key": words("cell-key"), "round": words("round")}
    return words(
        "Protection: {method}. {how} Under each table is what holds for its series.",
        method=methods.get(protection["method"], protection["method"]),
        how=protection_words(protection, words=words),
    )


def _write_headline(page: Page, headline: Headline, methods: Methods) -> None:
    row, formats, words = headline.row, page.formats, page.words
    about = about_of(row, methods)
    unit = unit_words(row, about, words)
    status = status_words(row["measurement"], words)
    texts = (series_title(row, methods, words), words.sample(row["country"], row["year"], row["sample"]), status, unit)
    page.fit(1, texts)
    page.put(1, texts[0], formats.link, headline.place)
    page.put(2, texts[1], formats.text)
    page.put(3, status, formats.text)
    page.put(4, unit, formats.text)
    rows = headline.total.rows
    if "parity" in rows:  # it is the comparison alone that is measured
        put_numbers(page, HEADLINE, len(TEXTS), {"difference": rows["parity"]}, ())
    else:
        there = HEADLINE[:-1] if row["unit"] == COUNT else HEADLINE  # of totals there is no difference
        put_numbers(page, HEADLINE, len(TEXTS), rows, there)
    page.row += 1


def _write_not_measured(page: Page, methods: pl.DataFrame) -> None:
    """A line for the series of an indicator and the samples that share the reasons."""
    without = methods.filter(pl.col("measurement") == "unavailable")
    if not without.height:
        return
    samples = methods["sample"].n_unique()
    series = dict(methods.group_by("indicator").agg(pl.struct("series", "adjustment").n_unique()).iter_rows())
    shared: dict[tuple[str, str, str], list[str]] = {}
    for (number, _, title), rows in without.group_by("indicator", "series", "title", maintain_order=True):
        for (reasons,), some in rows.group_by("reasons", maintain_order=True):
            names = some["sample"].to_list()
            where = "" if len(names) == samples else ", ".join(names)
            shared.setdefault((str(number), where, str(reasons)), []).append(str(title))
    words = page.words
    page.text(words("Not measured, and why"), page.formats.subheading)
    for (number, where, reasons), titles in shared.items():
        title = words(INDICATORS[number].title) if len(titles) == series[number] else words.listed(map(words, titles))
        page.across([number, title, where or words("every sample"), words(reasons)], page.formats.text)


def _samples_in_short(samples: Sequence[Mapping[str, Any]], words: Words) -> str:
    if len(samples) <= SAMPLES_BY_NAME:
        return words.listed(f"{words.place(each['country'])} {each['year']}" for each in samples)
    years = [each["year"] for each in samples]
    return words("{n} samples, {first} to {last}", n=words.count(len(samples)), first=min(years), last=max(years))


def _sample_line(sample: Mapping[str, Any], variance: str, words: Words) -> str:
    """`United States of America 2011: 6,279 persons, 743 of them migrants, foreign-born (nativity); ...`."""
    weight = words("weights {column}", column=sample["weight"]) if sample["weight"] else words("no weights")
    return words(
        "{sample}: {persons} persons, {migrants} of them migrants: {who}; {weight}; standard errors: {errors}.",
        sample=words.sample(sample["country"], sample["year"], sample["sample"]),
        persons=words.count(sample["persons"]),
        migrants=words.count(sample["migrants"]),
        who=words.migrants(sample["basis"], sample["concept"]),
        weight=weight,
        errors=error_words(variance, sample["design"], words),
    )


def _data_line(estimates: pl.DataFrame, words: Words) -> str:
    if fits(estimates):
        return words("The sheet Data holds every number of this run, ratios too, as estimates.csv does.")
    return words(
        "The {rows} rows of the estimates are more than a sheet holds: there is no sheet Data, they are in "
        "estimates.csv and .parquet.",
        rows=words.count(estimates.height),
    )
