"""What the rules of a mapping make of the persons of its cases: the same rules that an extract goes through.

A file of its own, since it needs the engine, and a mapping without cases is checked without.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from harmonize.distinct.memory import Memory
from harmonize.mapping.cases import Row
from harmonize.mapping.located import Text
from harmonize.mapping.model import Mapping
from harmonize.rules.harmoniser import compile_mapping


def outcomes(
    mapping: Mapping, columns: Sequence[str], rows: Sequence[Row]
) -> tuple[list[dict[str, Any]], Collection[str]]:
    """A dict of harmonised columns for each row, and the variables that this extract has not.

    Beside the columns of a harmonised file: `_sample`, `_country`, `_year` as text, and `_unmapped_NAME` (bool).
    columns: those of the extract that the rows are.
    """
    # a case is about variables: it has no replicate weights
    plain = replace(mapping, design=replace(mapping.design, replicate=None))
    harmoniser = compile_mapping(plain, columns, None, {}, {})
    raw = _frame(mapping, columns, rows)
    made = harmoniser.harmonised(raw, Memory())
    return made.frame(made.names).to_dicts(), harmoniser.unavailable


def _frame(mapping: Mapping, columns: Sequence[str], rows: Sequence[Row]) -> pl.DataFrame:
    """The cases as an extract: String columns, null where a case says nothing; keys are numbered."""
    data: dict[str, list[str | None]] = {column: [] for column in columns}
    blank = set(mapping.read.blank)
    keys = mapping.keys
    for row in rows:
        raw: dict[str, str] = {
            str(column): str(value) for column, value in row.person.raw.items() if not _is_blank(value, blank)
        }
        for key in keys.household:
            raw.setdefault(key, str(row.case + 1))
        if keys.person:
            raw.setdefault(keys.person, str(row.member + 1))
        for column in columns:
            data[column].append(raw.get(column))
    frame = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(pl.Series("_hh", [row.case for row in rows], dtype=pl.UInt32))


def _is_blank(value: Text, blank: set[str]) -> bool:
    return (value == "blank" and not value.quoted) or value.strip() == "" or value in blank
