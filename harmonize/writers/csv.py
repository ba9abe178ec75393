"""csv: UTF-8, `\\n`, shortest floats that read back the same, empty for what is not there."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def write_csv(table: pl.DataFrame, path: Path) -> None:
    """Write any table. Empty text and null both come out empty."""
    texts = [pl.col(name).replace("", None) for name, dtype in table.schema.items() if dtype == pl.String]
    table.with_columns(texts).write_csv(path, line_terminator="\n", null_value="")
