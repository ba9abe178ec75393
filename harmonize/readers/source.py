"""One opened data file: its columns, what is known of them, and its rows as text, lazily."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from harmonize.readers.ddi import Codebook


@dataclass(frozen=True)
class Source:
    """One data file whose bytes were checked.

    numeric: its numeric columns, None if neither file nor codebook says (a bare csv). records: its rows.
    rows(columns): a LazyFrame of these columns in this order, all String, stripped, implied decimals applied.
    typed(columns), for files with types of their own: the columns as they are, and what makes them that text.
    """

    path: Path
    columns: tuple[str, ...]
    numeric: frozenset[str] | None
    records: int
    rows: Callable[[Sequence[str]], pl.LazyFrame]
    decimals: dict[str, int] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    codebook: Codebook | None = None
    typed: Callable[[Sequence[str]], tuple[pl.LazyFrame, list[pl.Expr]]] | None = None
