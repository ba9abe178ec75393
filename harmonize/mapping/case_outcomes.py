"""What the rules of a mapping make of the persons of its cases: the same rules that an extract goes through.

A file of its own, since it needs the engine, and a mapping without cases is checked without.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from harmonize.mapping.cases import Row
from harmonize.mapping.located import Text
from harmonize.mapping.model import Mapping
from harmonize.rules.harmoniser import compile_mapping
from harmonize.rules.pointed import add_through
from harmonize.schema import UNKNOWN, VARIABLES


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
    out = raw.with_columns(
        harmoniser.sample.cast(pl.String).alias("_sample"),
        harmoniser.country.cast(pl.String).alias("_country"),
        harmoniser.year.cast(pl.String).alias("_year"),
        *(_filled(expr) for expr in harmoniser.expressions),
        *(expr.alias(f"_unmapped_{name}") for name, (expr, _) in harmoniser.unmapped.items()),
    )
    return add_through(out, harmoniser).to_dicts(), harmoniser.unavailable


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


def _filled(expr: pl.Expr) -> pl.Expr:
    """A category or place that nothing says is unknown, before mothers' and fathers' values are taken."""
    variable = VARIABLES.get(expr.meta.output_name())
    return expr.fill_null(pl.lit(UNKNOWN, dtype=variable.dtype)) if variable and variable.values else expr
