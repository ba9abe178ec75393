"""One opened data file: its columns, what is known of them, and its rows as text, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import polars as pl

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.blocks import Gauge
from harmonize.readers.ddi import Codebook

# before the name of a household's column that has the name of a person's
HOUSEHOLD = "household."


@dataclass
class Vacant:
    """How many `households` without a person a hierarchical file has, up to where it was last read."""

    households: int = 0


class Frames(Protocol):
    """The rows in order, in frames of `columns` in this order, all String, stripped, implied decimals applied.

    numbers: columns that may come as numbers where all their cells can.
    """

    def __call__(self, columns: Sequence[str], chunk_size: int, numbers: AsNumbers = ..., /) -> Iterator[pl.DataFrame]:
        """Each call reads the file from its start."""


@dataclass(frozen=True)
class Source:
    """One data file. What its first piece shows was checked; the rest is as it is read.

    numeric: its numeric columns, None if neither file nor codebook says (a bare csv).
    about: its rows, where only the start was read by reckoning from it.
    frames: its rows; `gauge` follows.
    vacant: follows too, None where the file has not the households themselves.
    """

    path: Path
    columns: tuple[str, ...]
    numeric: frozenset[str] | None
    about: int
    frames: Frames
    gauge: Gauge
    decimals: dict[str, int] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    codebook: Codebook | None = None
    vacant: Vacant | None = None


def about_rows(count: int, last: bool, gauge: Gauge) -> int:
    """The rows of a file whose first `count` are read, up to where its gauge stands; exact if they are all."""
    return count if last else count * gauge.size // gauge.done
