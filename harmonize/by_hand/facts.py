"""Country, year and sample of a row: constants of the mapping, or cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from harmonize.by_hand.row import Row
from harmonize.mapping.model import FromColumn, Sample
from harmonize.rules.rule import Source
from harmonize.rules.targets import Entry

LARGEST = 2**31  # years are whole numbers of 32 bits


def facts_of(row: Row, sample: Sample, entries: Mapping[str, Sequence[Entry]]) -> dict[str, str | None]:
    """`_sample`, `_country`, `_year`; None where the cell is blank, or its code in no entry.

    entries: of each fact that a column gives; none where the cell itself is the fact.
    """
    country = _text(row, sample.country, entries.get("country", ()))
    year = _year(row, sample.year, entries.get("year", ()))
    if sample.id is not None:
        name = _text(row, sample.id, entries.get("id", ()))
    else:
        name = None if country is None or year is None else f"{country}_{year}"
    return {"_sample": name, "_country": country, "_year": year}


def _text(row: Row, fact: str | int | FromColumn, entries: Sequence[Entry]) -> str | None:
    if not isinstance(fact, FromColumn):
        return str(fact)
    cell = row.cell(Source(fact.columns))
    if entries:
        value: str | None = cell.value(entries)
        return value
    return None if cell.blank else cell.stripped


def _year(row: Row, fact: int | FromColumn, entries: Sequence[Entry]) -> str | None:
    if isinstance(fact, FromColumn) and not entries:
        number = row.cell(Source(fact.columns), "number").number
        whole = None if number is None else int(number)
    else:
        text = _text(row, fact, entries)
        whole = int(text) if text is not None and re.fullmatch(r"[+-]?[0-9]+", text) else None
    return None if whole is None or not -LARGEST <= whole < LARGEST else str(whole)
