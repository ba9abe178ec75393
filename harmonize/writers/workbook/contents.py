"""The sheet Contents: what the workbook holds, the headline of each series, and what is not measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.estimate.table import COUNT
from harmonize.indicators import INDICATORS
from harmonize.protect.words import protection_words
from harmonize.standard_errors import error_words
from harmonize.writers.result import Result
from harmonize.writers.workbook.data import fits
from harmonize.writers.workbook.grid import TITLES, grid_widths, put_headings, put_numbers, put_titles
from harmonize.writers.workbook.indicator import LARGE, Headline, Methods, series_title
from harmonize.writers.workbook.labels import migrant_words, place_label, sample_label, unit_words
from harmonize.writers.workbook.page import Page
from harmonize.writers.workbook.reading import reading_lines

HEADLINE = ("migrant", "non_migrant", "difference")
TEXTS = (10.0, 75.0, 32.0, 11.0, 14.0)  # widths: number, series, sample, how far it is the official one, unit
WITH_PARITY = TITLES | {"difference": "Migrants − non-migrants; parity: ÷"}
SAMPLES_BY_NAME = 3
PAGE = 50  # lines of a table that needs more than a page, and its heading on each
UNPROTECTED = "Protection: none. Cells of few persons are in this workbook; don't publish it as it is."


def contents_widths(estimates: pl.DataFrame) -> list[float]:
    """Widths of its columns, in characters."""
    return [*TEXTS, *grid_widths(HEADLINE, estimates)]


def write_contents(page: Page, found: Mapping[str, Sequence[Headline]], methods: Methods, result: Result) -> None:
    """Write the sheet. found: by indicator, the headline of each of its blocks."""
    record, formats = result.record, page.formats
    page.text("SDG indicators by migratory status", formats.title, LARGE)
    page.text(_samples_in_short(record["samples"]), formats.subheading)
    page.text(f"{record['mapping']['title']} (mapping {record['mapping']['id']} {record['mapping']['version']})")
    page.text(UNPROTECTED if record["protect"] == "none" else _protection(record["protection"]))
    page.row += 1
    head = page.row
    parity = any("parity" in headline.total.rows for headlines in found.values() for headline in headlines)
    put_titles(page, HEADLINE, len(TEXTS), WITH_PARITY if parity else TITLES)
    for column, words in enumerate(("Indicator", "Series", "Sample", "Measured", "Unit")):
        page.put(column, words, formats.header(number=False))
    put_headings(page, HEADLINE, len(TEXTS), float(record["level"]))
    page.row += 1
    length = sum(len(headlines) + 1 for headlines in found.values())
    page.printed("Contents", (head, page.row - 1) if length > PAGE else None)
    for number, headlines in found.items():
        page.across([number, INDICATORS[number].title], formats.subheading, f"'{number}'!A1")
        for headline in headlines:
            _write_headline(page, headline, methods)
    page.row += 1
    reading = reading_lines(record)
    for title, lines in (
        ("How to read", [*reading, _data_line(result.estimates)]),
        ("Samples", [_sample_line(each, record["variance"]) for each in record["samples"]]),
        ("Notes of the run", list(result.notices)),
    ):
        if lines:
            page.text(title, formats.subheading)
            for line in lines:
                page.text(line)
            page.row += 1
    _write_not_measured(page, result.methods)
    page.end()


def _protection(protection: Mapping[str, Any]) -> str:
    words = protection_words(protection)
    return f"Protection: {protection['method']}. {words} Under each table is what holds for its series."


def _write_headline(page: Page, headline: Headline, methods: Methods) -> None:
    row, formats = headline.row, page.formats
    title = series_title(row, methods)
    unit = unit_words(row["unit"], title)
    texts = (title, sample_label(row["country"], row["year"], row["sample"]), "", unit)
    page.fit(1, texts)
    page.put(1, texts[0], formats.link, headline.place)
    page.put(2, texts[1], formats.text)
    page.put(3, "proxy (p)" if row["measurement"] == "proxy" else row["measurement"], formats.text)
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
    page.text("Not measured, and why", page.formats.subheading)
    for (number, where, reasons), titles in shared.items():
        title = INDICATORS[number].title if len(titles) == series[number] else "; ".join(titles)
        page.across([number, title, where or "every sample", reasons], page.formats.text)


def _samples_in_short(samples: Sequence[Mapping[str, Any]]) -> str:
    if len(samples) <= SAMPLES_BY_NAME:
        return "; ".join(f"{place_label(each['country'])} {each['year']}" for each in samples)
    years = [each["year"] for each in samples]
    return f"{len(samples)} samples, {min(years)} to {max(years)}"


def _sample_line(sample: Mapping[str, Any], variance: str) -> str:
    """`United States of America 2011: 6,279 persons, 743 of them migrants, foreign-born (nativity); ...`."""
    name = sample_label(sample["country"], sample["year"], sample["sample"])
    who = migrant_words(sample["basis"], sample["concept"])
    weight = f"weights {sample['weight']}" if sample["weight"] else "no weights"
    return (
        f"{name}: {_count(sample['persons'])} persons, {_count(sample['migrants'])} of them migrants: {who}; {weight}; "
        f"standard errors: {error_words(variance, sample['design'])}."
    )


def _data_line(estimates: pl.DataFrame) -> str:
    if fits(estimates):
        return "The sheet Data holds every number of this run, ratios too, as estimates.csv does."
    return (
        f"The {estimates.height:,} rows of the estimates are more than a sheet holds: there is no sheet Data, "
        "they are in estimates.csv and .parquet."
    )


def _count(number: int | str) -> str:
    """A count with thousands; one under the minimum is text already, `<10`."""
    return f"{number:,}" if isinstance(number, int) else number
