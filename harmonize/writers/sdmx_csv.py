"""SDMX-CSV 2.0 by the global SDG DSD, and beside it what of the estimates is not in it."""

from __future__ import annotations

from pathlib import Path

from harmonize.writers.csv import write_table
from harmonize.writers.result import Result


def write_sdmx(result: Result, path: Path) -> None:
    """Write the levels that the DSD has codes for. Raises FitError as `export`."""
    write_table(result.sdmx.observations, path)


def write_sdmx_notes(result: Result, path: Path) -> None:
    """Write which rows are left out and why, and which are written against the draft constraints."""
    write_table(result.sdmx.notes, path)
