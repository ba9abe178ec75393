"""Formats of the estimates: suffix -> writer. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harmonize.writers.csv import write_csv
from harmonize.writers.parquet import write_parquet
from harmonize.writers.result import Result
from harmonize.writers.xlsx import write_xlsx

WRITERS: dict[str, Callable[[Result, Path], None]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}

__all__ = ["WRITERS", "Result"]
