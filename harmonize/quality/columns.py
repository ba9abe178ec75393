"""quality.csv by its name and columns, for those who write it and those who read it back."""

from __future__ import annotations

import polars as pl

NAME = "quality.csv"
SCHEMA: dict[str, type[pl.DataType]] = {
    "country": pl.String, "year": pl.Int64, "sample": pl.String, "measure": pl.String, "variable": pl.String,
    "status": pl.String, "value": pl.Float64, "chance": pl.Float64, "within": pl.Float64, "n": pl.Int64,
    "conf_status": pl.String, "note": pl.String,
}  # fmt: skip
