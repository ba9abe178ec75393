"""Data quality: coverage, what is unmapped, unknown, contradictory or left out, and how demographers judge ages."""

from __future__ import annotations

from collections.abc import Iterable

from harmonize.report.demography import demography
from harmonize.report.element import Html, element, joined
from harmonize.report.release import Release, Row, Run
from harmonize.report.samples import count, short_name
from harmonize.report.subjects import about_series
from harmonize.report.tables import plain_table
from harmonize.words import Words


def quality_section(words: Words, release: Release) -> Html:
    """Sentences on each run, then tables; an empty table is left away."""
    said = [line for run in release.runs for line in _sentences(words, run, several=len(release.runs) > 1)]
    return joined(
        element("ul", [element("li", line) for line in said]),
        _unmapped(words, release),
        demography(words, release),
        _left_out(words, release),
        _unknown(words, release),
    )


def _sentences(words: Words, run: Run, several: bool) -> list[str]:
    record = run.record
    share, unmapped = record["unknown_status_share"], len(record["unmapped"])
    said = [_read(words, record)]
    if share is not None:
        percent = words.decimal(100 * share)
        said.append(words("{percent} % of the persons are of unknown migratory status.", percent=percent))
    else:
        said.append(words("How many are of unknown migratory status is not shown, to protect persons."))
    said.append(
        words("Codes of the data that are not in the mapping, and count as unknown: {n}.", n=unmapped)
        if unmapped
        else words("Every code of the data is in the mapping.")
    )
    said += [
        words("{n} persons: {what} (not changed).", n=count(words, each["persons"]), what=words(each["words"]))
        for each in record["contradictions"]
    ] or [words("No contradictions between variables were found.")]
    return [words("{name}: {value}", name=run.name, value=line) if several else line for line in said]


def _read(words: Words, record: Row) -> str:
    """How many rows and persons there were."""
    read = words("{rows} rows were read, of {persons} persons.", rows=count(words, record["rows"]),
                 persons=count(words, record["persons"]))  # fmt: skip
    if record["households"] is not None:
        read = words("{rows} rows were read, of {persons} persons in {households} households.",
                     rows=count(words, record["rows"]), persons=count(words, record["persons"]),
                     households=count(words, record["households"]))  # fmt: skip
    if record["households_without_persons"]:
        empty = count(words, record["households_without_persons"])
        read += " " + words("Households without persons: {n}.", n=empty)
    return read


def _unmapped(words: Words, release: Release) -> Html:
    rows = [
        [words.dimension(each["variable"]), each["column"], str(each["code"]), each["label"] or "",
         count(words, each["persons"])]
        for record in release.records for each in record["unmapped"]
    ]  # fmt: skip
    heads = [words("Variable"), words("Column"), words("Code"), words("Label"), words("Persons")]
    return _table(words("Codes that the mapping does not list"), "unmapped", heads, rows, 4)


def _left_out(words: Words, release: Release) -> Html:
    """The share left out of each series, of the samples where it is not nothing."""
    rows = [
        [f"{each['indicator']} {about_series(words, each, release)}", short_name(words, each, release),
         words("not shown") if each["share"] is None else words.decimal(100 * each["share"])]
        for record in release.records for each in record["left_out"] if each["share"] != 0
    ]  # fmt: skip
    heads = [words("Series"), words("Sample"), words("Left out, %")]
    caption = words("Persons left out of a series, as something that it needs of them is unknown")
    return _details(words("Left out of the series"), _table(caption, "left-out", heads, rows, 2))


def _unknown(words: Words, release: Release) -> Html:
    rows = [
        [words.dimension(variable), short_name(words, sample, release), count(words, number)]
        for sample in release.samples for variable, number in sample["unknown"].items()
    ]  # fmt: skip
    heads = [words("Variable"), words("Sample"), words("Persons")]
    caption = words("Persons of whom a variable is unknown, unweighted")
    return _details(words("Unknown, by variable"), _table(caption, "unknown", heads, rows, 2))


def _table(caption: str, anchor: str, heads: list[str], rows: Iterable[list[str]], numbers: int) -> Html:
    found = [*rows]
    return plain_table(caption, anchor, heads, found, numbers) if found else Html()


def _details(summary: str, table: Html) -> Html:
    return element("details", element("summary", summary), table, class_="data") if table else Html()
