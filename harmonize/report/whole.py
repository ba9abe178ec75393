"""Whether the tables in a folder are whole, and of one run: a copy may be cut short, a spreadsheet change cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from harmonize.errors import DataFileError
from harmonize.estimate.table import NUMBERS, columns
from harmonize.indicators import INDICATORS
from harmonize.quality.columns import SCHEMA as QUALITY_COLUMNS
from harmonize.writers.about import ADJUSTED

AGAIN = "run it again, and give the folder that harmonize run, tabulate, merge or batch wrote"
#: What a row of methods.csv is of.
SERIES = ("sample", "indicator", "series", "adjustment", "status_of")
NO_SAMPLE = "run.json has no such sample"

Columns = tuple[Sequence[str], Sequence[str]]
#: The columns that a report takes of each table, those first in which a run leaves no cell empty.
SPARSE = ("comparison", *NUMBERS, "proxy_reason", "basis")
ESTIMATES = ([name for name in columns() if name not in SPARSE], SPARSE)
METHODS = (
    ("country", "year", *SERIES, "title", "measurement"),
    ("reasons", "universe", "numerator", "reference_period", "currency", "standard", "age_floor", "top_codes"),
)
SPARSE_IN_QUALITY = ("variable", "value", "chance", "within", "n", "note")
QUALITY = ([name for name in QUALITY_COLUMNS if name not in SPARSE_IN_QUALITY], SPARSE_IN_QUALITY)


def has_all(table: pl.DataFrame, path: Path, of: Columns) -> None:
    """Raises DataFileError where a column of `of` is not there, or a cell of the first of them is empty."""
    full, sparse = of
    if lacking := [name for name in (*full, *sparse) if name not in table.columns]:
        raise DataFileError(f"{path}: has no column {', '.join(lacking)}", AGAIN)
    for name in full:
        refuse(table, path, pl.col(name).is_null(), f"{name} is empty")


def of_one_run(estimates: pl.DataFrame, path: Path, methods: pl.DataFrame, about: Path, samples: Sequence[str]) -> None:
    """That estimates and methods are of the samples, those of run.json, and the estimates of what methods tells of.

    path, about: the files of the two tables. Raises DataFileError.
    """
    refuse(methods, about, ~pl.col("indicator").is_in(list(INDICATORS)), "there is no such indicator")
    for table, where in ((estimates, path), (methods, about)):
        refuse(table, where, ~pl.col("sample").is_in(samples), NO_SAMPLE)
    series = estimates.with_columns(pl.col("adjustment").replace(dict.fromkeys(ADJUSTED, "none")))
    known = series.join(methods.select(SERIES).unique().with_columns(known=True), on=SERIES, how="left",
                        maintain_order="left")  # fmt: skip
    refuse(known, path, pl.col("known").is_null(), f"{about.name} has no such series")
    by = pl.col("disaggregation").str.split("*").list.eval(pl.element().is_in(["total", *estimates.columns])).list.all()
    refuse(estimates, path, ~by, "disaggregation names no columns")
    pair = pl.col("comparison").fill_null("").str.contains("^([^:]+:[^:]+)?$")
    refuse(estimates, path, ~pair, "comparison is not of two groups")


def refuse(table: pl.DataFrame, path: Path, wrong: pl.Expr, what: str) -> None:
    """Raises DataFileError for the first row that is `wrong`, by its number in a spreadsheet."""
    if (rows := table.select(wrong.arg_true()).to_series()).len():
        raise DataFileError(f"{path}: row {rows[0] + 2}: {what}", AGAIN)
