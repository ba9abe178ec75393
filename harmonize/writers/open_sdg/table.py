"""The estimates as the rows of Open SDG: a column a dimension, blank for its total.

The portal takes every column for a disaggregation but Year, Units, Series, GeoCode, Value, "Observation status" and
those that its settings name, whose values it prints as notes. So the interval is in a file of its own, for download.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from harmonize.writers.open_sdg.words import COMMENTS, STATUS, column_of, comparison_of, unit_of, value_of
from harmonize.writers.result import Result

TOTAL = "_T"
SUPPRESSED = pl.col("conf_status") != "F"
#: Columns of the data beside the dimensions.
BEFORE, AFTER = ("Year", "Series", "Units"), ("COMMENT_OBS", "Observation status", "Value")
#: Columns of the intervals beside the dimensions, and where they come from.
INTERVAL = {"Standard error": "se", "Lower bound": "ci_lower", "Upper bound": "ci_upper", "Persons counted": "n"}
SERIES = ("sample", "indicator", "series", "adjustment", "status_of")
WHOSE = {"mother": ", by the migratory status of the mother", "head": ", by that of the head of household"}


def rows_of(result: Result) -> pl.DataFrame:
    """The rows of the estimates that go to the portal, with Year, Series, Units, a column a dimension, and the rest.

    These are levels and parities, by the default definition of a migrant, not adjusted. Columns of the estimates stay.
    """
    estimates = result.estimates
    columns = estimates.columns
    dimensions = columns[columns.index("disaggregation") + 1 : columns.index("estimate")]
    told = result.methods.select(*SERIES, "title", "currency")
    rows = estimates.filter(
        pl.col("statistic").is_in(["level", "parity"]),
        pl.col("definition") == "default",
        pl.col("adjustment") == "none",
    ).join(told, on=SERIES, how="left", maintain_order="left")
    several = pl.col("sample").n_unique().over("country", "year") > 1
    named = [
        pl.col("title"),
        pl.when(pl.col("comparison") != "").then(pl.lit(", ") + _worded("comparison", rows, comparison_of)),
        pl.col("status_of").replace_strict(WHOSE, default=None, return_dtype=pl.String),
        pl.when(several).then(pl.format(" ({})", "sample")),
    ]
    status = pl.when(SUPPRESSED).then(pl.lit("suppressed")).otherwise("obs_status")
    units = rows.select("unit", "title", "currency").unique(maintain_order=True)
    rows = rows.join(
        units.with_columns(Units=pl.Series([unit_of(*each) for each in units.rows()], dtype=pl.String)),
        on=units.columns, how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return rows.with_columns(
        pl.col("year").alias("Year"),
        pl.concat_str(named, ignore_nulls=True).alias("Series"),
        *[_group(name, rows) for name in dimensions],
        status.replace_strict(STATUS).alias("Observation status"),
        status.replace_strict(COMMENTS, default=None, return_dtype=pl.String).alias("COMMENT_OBS"),
        pl.when(~SUPPRESSED).then("estimate").alias("Value"),
        *[pl.when(~SUPPRESSED).then(theirs).alias(ours) for ours, theirs in INTERVAL.items()],
    )


def groups_of(rows: pl.DataFrame) -> list[str]:
    """The columns of the dimensions that some row is of."""
    start, end = rows.columns.index("disaggregation") + 1, rows.columns.index("estimate")
    return [column_of(name) for name in rows.columns[start:end] if rows[column_of(name)].null_count() < rows.height]


def data_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The data of an indicator: Year first, Value last. A suppressed number is blank, and said to be."""
    return rows.select(*BEFORE, *groups_of(rows), *AFTER)


def intervals_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with standard error, confidence interval and persons counted."""
    return rows.select(*BEFORE, *groups_of(rows), *INTERVAL, "Observation status", "Value")


def _group(name: str, rows: pl.DataFrame) -> pl.Expr:
    words = _worded(name, rows, lambda category: value_of(name, category))
    return pl.when(pl.col(name) != TOTAL).then(words).alias(column_of(name))


def _worded(column: str, rows: pl.DataFrame, words: Callable[[str], str]) -> pl.Expr:
    table = {value: words(value) for value in rows[column].drop_nulls().unique() if value not in ("", TOTAL)}
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)
