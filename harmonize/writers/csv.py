"""csv: UTF-8, `\\n`, shortest floats that read back the same, empty for what is not there."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from harmonize.writers.result import Result


def write_csv(result: Result, path: Path) -> None:
    """Write the estimates."""
    write_table(result.estimates, path)


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write any table. Empty text and null both come out empty."""
    texts = [pl.col(name).replace("", None) for name, dtype in table.schema.items() if dtype == pl.String]
    table.with_columns(texts).write_csv(path, line_terminator="\n", null_value="")
