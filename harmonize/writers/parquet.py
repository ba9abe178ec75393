"""Parquet, with zstd and statistics; the same table gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from harmonize.writers.result import Result


def write_parquet(result: Result, path: Path) -> None:
    """Write the estimates."""
    result.estimates.write_parquet(path, compression="zstd", statistics=True)
