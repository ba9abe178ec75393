"""The dimensions of the estimates in those of the DSD, the rest as CUST_BREAKDOWN with a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from harmonize.schema import UNKNOWN
from harmonize.tabulate.table import DIMENSIONS
from harmonize.words.english import category_label, definition_label, dimension_label
from harmonize.writers.sdmx.codes import AGES, CODED, age_code

TOTAL = "_T"
WHOSE = {"mother": "By the migratory status of the mother", "head": "By the migratory status of the head of household"}
PART, AND = "{}={}", "; "


def with_breakdowns(rows: pl.DataFrame, estimates: pl.DataFrame) -> pl.DataFrame:
    """Add a column for each dimension of CODED, AGE, and of what these can't say `group` and `label`.

    group: its name, as `group_name`; label: the same in words. Both are null where nothing is left to say.
    """
    columns = estimates.columns
    dimensions = columns[columns.index("disaggregation") + 1 : columns.index("estimate")]
    definition = _named("definition", rows, lambda value: f"Definition: {definition_label(value)}")
    made: list[pl.Expr] = []
    labels = {
        "variant": pl.col("variant"),
        "definition": pl.when(pl.col("definition") != "default").then(definition),
        "status_of": pl.col("status_of").replace_strict(WHOSE, default=None, return_dtype=pl.String),
    }
    for ours, (theirs, codes) in CODED.items():
        fixed = pl.col(f"fixed_{theirs}")
        if ours not in dimensions:
            code = pl.lit(None, pl.String)
        else:
            code = pl.col(ours).replace_strict(codes, default=None, return_dtype=pl.String)
            told = (pl.col(ours) != TOTAL) & (fixed.is_not_null() | code.is_null())
            labels[ours] = pl.when(told).then(_words(ours, rows))
        within = pl.col(f"within_{ours}") if f"within_{ours}" in rows.columns else pl.lit(None, pl.String)
        made.append(pl.coalesce(fixed, code, within, pl.lit(TOTAL)).alias(theirs))
    for ours in sorted(dimensions, key=lambda name: (name not in DIMENSIONS, name)):  # whatever the order of --by
        if ours not in CODED and ours not in AGES:
            labels[ours] = pl.when(pl.col(ours) != TOTAL).then(_words(ours, rows))
    names = [pl.when(labels[name].is_not_null()).then(pl.format(PART, pl.lit(name), name)) for name in sorted(labels)]
    label = pl.concat_str([*labels.values()], separator=AND, ignore_nulls=True)
    group = pl.concat_str(names, separator=AND, ignore_nulls=True)
    return _with_age(rows, [name for name in AGES if name in dimensions]).with_columns(
        *made, label=pl.when(label != "").then(label), group=pl.when(group != "").then(group)
    )


def group_name(parts: Mapping[str, str]) -> str:
    """`status_of=head; urban_rural=unknown`: the parts of a group in the order of their names."""
    return AND.join(PART.format(name, parts[name]) for name in sorted(parts))


def _named(column: str, rows: pl.DataFrame, words: Callable[[str], str]) -> pl.Expr:
    table = {value: words(value) for value in rows[column].drop_nulls().unique()}
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)


def _words(dimension: str, rows: pl.DataFrame) -> pl.Expr:
    """`Country of birth: Mexico`."""
    return _named(dimension, rows, lambda value: f"{dimension_label(dimension)}: {category_label(dimension, value)}")


def _with_age(rows: pl.DataFrame, ages: Sequence[str]) -> pl.DataFrame:
    """Add AGE: the ages of the row's groups that are ages of its series."""
    names = ["low", "high", "fixed_AGE", *ages]
    found = rows.select(names).unique(maintain_order=True)
    codes = [_age(low, high, fixed, groups) for low, high, fixed, *groups in found.rows()]
    return rows.join(
        found.with_columns(AGE=pl.Series(codes, dtype=pl.String)), on=names, how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip


def _age(low: int | None, high: int | None, fixed: str | None, groups: Sequence[str]) -> str:
    """fixed: the code of all ages of the series; a group that has only some of them has the code of those."""
    if UNKNOWN in groups:
        return "_U"
    lows, highs = [low], [high]
    for group in groups:
        if found := re.fullmatch(r"(\d+)_(\d+|plus)", group):
            lows.append(int(found[1]))
            highs.append(None if found[2] == "plus" else int(found[2]))
    cut = (
        max((each for each in lows if each is not None), default=None),
        min((each for each in highs if each is not None), default=None),
    )
    return fixed if fixed and cut == (low, high) else age_code(*cut)
