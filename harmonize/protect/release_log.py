"""private/release_log.csv: which rule hid how many numbers of each table, for who checks a release before it goes out.

It says no number of persons and names no cell, but in a small table the rule alone tells something of the cell: so it
is not part of the release.
"""

from __future__ import annotations

import polars as pl

NAME = "private/release_log.csv"
RULE = "_rule"
TOTALS = pl.col("unit") == "count"  # each is hidden where its share is, and is not counted again beside it
KEY = (
    "country", "year", "sample", "indicator", "series", "unit", "statistic", "adjustment", "definition", "status_of",
    "disaggregation",
)  # fmt: skip


def release_log(rows: pl.DataFrame) -> pl.DataFrame:
    """A row per table and rule: KEY, rule (`shown`, or see rules.RULES), numbers. rows: the estimates with RULE."""
    return (
        rows.with_columns(pl.when(pl.col(RULE) == "").then(pl.lit("shown")).otherwise(pl.col(RULE)).alias("rule"))
        .group_by(*KEY, "rule", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("numbers"))
        .sort(*KEY, "rule")
    )


def by_rule(rows: pl.DataFrame) -> dict[str, int]:
    """How many numbers, less totals, each rule hid, over all tables."""
    counts = rows.filter(~TOTALS, pl.col(RULE) != "").group_by(RULE).len().sort(RULE)
    return dict(zip(counts[RULE], counts["len"], strict=True))


def by_status(rows: pl.DataFrame) -> dict[str, int]:
    """How many numbers, less totals, are suppressed (C), and suppressed to protect others (D)."""
    found = rows.filter(~TOTALS)["conf_status"]
    return {status: int((found == status).sum()) for status in ("C", "D")}
