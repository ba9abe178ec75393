"""The dimensions of the estimates in those of the DSD, the rest as CUST_BREAKDOWN with a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from harmonize.schema import UNKNOWN
from harmonize.words.english import category_label, definition_label, dimension_label
from harmonize.writers.sdmx.codes import AGES, CODED, age_code
from harmonize.writers.sdmx.dsd import Dsd

TOTAL = "_T"
WHOSE = {"mother": "By the migratory status of the mother", "head": "By the migratory status of the head of household"}
NOT_LISTED = "CUST_BREAKDOWN has no more codes"


def with_breakdowns(rows: pl.DataFrame, estimates: pl.DataFrame) -> pl.DataFrame:
    """Add a column for each dimension of CODED, AGE, and `label` in words of what these can't say (null: nothing)."""
    columns = estimates.columns
    dimensions = columns[columns.index("disaggregation") + 1 : columns.index("estimate")]
    definition = _named("definition", rows, lambda value: f"Definition: {definition_label(value)}")
    made: list[pl.Expr] = []
    labels = [
        pl.col("variant"),
        pl.when(pl.col("definition") != "default").then(definition),
        pl.col("status_of").replace_strict(WHOSE, default=None, return_dtype=pl.String),
    ]
    for ours, (theirs, codes) in CODED.items():
        fixed = pl.col(f"fixed_{theirs}")
        if ours not in dimensions:
            code = pl.lit(None, pl.String)
        else:
            code = pl.col(ours).replace_strict(codes, default=None, return_dtype=pl.String)
            told = pl.when((pl.col(ours) != TOTAL) & (fixed.is_not_null() | code.is_null())).then(_words(ours, rows))
            labels.append(told)
        within = pl.col(f"within_{ours}") if f"within_{ours}" in rows.columns else pl.lit(None, pl.String)
        made.append(pl.coalesce(fixed, code, within, pl.lit(TOTAL)).alias(theirs))
    labels += [
        pl.when(pl.col(ours) != TOTAL).then(_words(ours, rows))
        for ours in dimensions
        if ours not in CODED and ours not in AGES
    ]
    label = pl.concat_str(labels, separator="; ", ignore_nulls=True)
    return _with_age(rows, [name for name in AGES if name in dimensions]).with_columns(
        *made, label=pl.when(label != "").then(label)
    )


def with_labels(rows: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """Add CUST_BREAKDOWN and CUST_BREAKDOWN_LB: each label of what is written has the next code of the list."""
    free = [code for code in dsd.codes("CUST_BREAKDOWN") if re.fullmatch(r"C\d+", code)]
    named = rows.filter(pl.col("reason").is_null())["label"].drop_nulls().unique(maintain_order=True).to_list()
    codes = dict(zip(named, free, strict=False))
    code = pl.col("label").replace_strict(codes, default=None, return_dtype=pl.String)
    over = pl.col("reason").is_null() & pl.col("label").is_not_null() & code.is_null()
    return rows.with_columns(
        CUST_BREAKDOWN=pl.when(pl.col("label").is_null()).then(pl.lit(TOTAL)).otherwise(code),
        CUST_BREAKDOWN_LB="label",
        reason=pl.when(over).then(pl.lit(NOT_LISTED)).otherwise("reason"),
    )


def _named(column: str, rows: pl.DataFrame, words: Callable[[str], str]) -> pl.Expr:
    table = {value: words(value) for value in rows[column].drop_nulls().unique()}
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)


def _words(dimension: str, rows: pl.DataFrame) -> pl.Expr:
    """`Country of birth: Mexico`."""
    return _named(dimension, rows, lambda value: f"{dimension_label(dimension)}: {category_label(dimension, value)}")


def _with_age(rows: pl.DataFrame, ages: Sequence[str]) -> pl.DataFrame:
    """Add AGE: the ages of the row's groups that are ages of its series."""
    names = ["low", "high", *ages]
    found = rows.select(names).unique(maintain_order=True)
    codes = [_age(low, high, groups) for low, high, *groups in found.rows()]
    return rows.join(
        found.with_columns(AGE=pl.Series(codes, dtype=pl.String)), on=names, how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip


def _age(low: int | None, high: int | None, groups: Sequence[str]) -> str:
    if UNKNOWN in groups:
        return "_U"
    lows, highs = [low], [high]
    for group in groups:
        if found := re.fullmatch(r"(\d+)_(\d+|plus)", group):
            lows.append(int(found[1]))
            highs.append(None if found[2] == "plus" else int(found[2]))
    return age_code(
        max((each for each in lows if each is not None), default=None),
        min((each for each in highs if each is not None), default=None),
    )
