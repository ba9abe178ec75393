"""Formats of the estimates table: suffix -> writer. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from harmonize.writers.csv import write_csv
from harmonize.writers.parquet import write_parquet

WRITERS: dict[str, Callable[[pl.DataFrame, Path], None]] = {"csv": write_csv, "parquet": write_parquet}
