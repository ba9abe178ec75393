"""The formats of harmonised microdata: a new one is a module, and a line in FORMATS.

A format has `codes`, which code stands for which category (none: the category's name itself), and `write`,
which makes the file from the rows in order. `.parquet` and `.csv` are written as the rows are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonize.errors import UsageError

Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Format:
    """codes(variables) -> variable -> code -> category; write(rows, variables, path)."""

    codes: Callable[[Sequence[str]], Codes]
    write: Callable[[pl.LazyFrame, Sequence[str], Path], None]


def _names(variables: Sequence[str]) -> Codes:
    return {}


def _write_parquet(rows: pl.LazyFrame, variables: Sequence[str], path: Path) -> None:
    rows.sink_parquet(path, engine="streaming", maintain_order=True)


def _write_csv(rows: pl.LazyFrame, variables: Sequence[str], path: Path) -> None:
    rows.sink_csv(path, engine="streaming", maintain_order=True)


FORMATS: dict[str, Format] = {
    ".parquet": Format(_names, _write_parquet),
    ".csv": Format(_names, _write_csv),
}


def format_of(path: Path) -> Format:
    """The format of a file by its suffix. Raises UsageError for one that is not written."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"-o {path}: harmonised microdata are not written as '{path.suffix}'", _listed())
    return FORMATS[path.suffix.lower()]


def _listed() -> str:
    return f"suffixes: {', '.join(FORMATS)}"
