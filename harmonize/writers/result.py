"""What every writer gets: all that a run found, before any of it has a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Result:
    """The tables of a run and what must be said with them.

    estimates: the tidy table; methods: a row per sample and series; record: what run.json tells, less
    its timings; notices: sentences about the numbers. What tells of the files alone, such as the order
    of their rows, is not among the notices: a writer gives the same bytes for the same persons.
    """

    estimates: pl.DataFrame
    methods: pl.DataFrame
    record: Mapping[str, Any]
    notices: Sequence[str] = ()
