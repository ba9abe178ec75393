"""Parquet, with zstd and statistics; the same table gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def write_parquet(table: pl.DataFrame, path: Path) -> None:
    """Write any table."""
    table.write_parquet(path, compression="zstd", statistics=True)
