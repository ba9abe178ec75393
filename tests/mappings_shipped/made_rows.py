"""A made extract of a national census: rows as dictionaries, what is left out is empty."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import polars as pl


def written(path: Path, rows: Sequence[dict[str, object]], separator: str = ",") -> Path:
    """The rows as csv, the columns in the order in which rows name them first."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def the_level(estimates: pl.DataFrame, indicator: str, series: str, status: str) -> dict[str, object]:
    """The row of a series by migratory status, `_T` for everybody."""
    disaggregation = "total" if status == "_T" else "migratory_status"
    found = estimates.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("series") == series)
        & (pl.col("disaggregation").cast(str) == disaggregation)
        & (pl.col("migratory_status").cast(str) == status)
        & (pl.col("status_of").cast(str) == "self")
        & (pl.col("statistic").cast(str) == "level")
    )
    assert found.height == 1, found
    return found.row(0, named=True)
