"""What every writer gets: all that a run found, before any of it has a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from harmonize.indicators.availability import Resolved
from harmonize.words import Words

if TYPE_CHECKING:
    from harmonize.writers.sdmx.dsd import Dsd
    from harmonize.writers.sdmx.export import Export


@dataclass(frozen=True)
class Result:
    """The tables of a run and what must be said with them.

    estimates: the tidy table; methods: a row per sample and series; record: what run.json tells, less
    its timings; notices: sentences about the numbers. What tells of the files alone, such as the order
    of their rows, is not among the notices: a writer gives the same bytes for the same persons.
    resolved: sample -> its series as they turned out. labour_standard: `icls13`, `icls19`, `national` or empty, what
    the mapping says of labour_force_status. dsd: the one for SDMX; None is that of the package.
    source: what the mapping says of where the data come from. words: of the workbook and the report; the tables are the
    same in every language. quality: as `quality_table`.
    """

    estimates: pl.DataFrame
    methods: pl.DataFrame
    record: Mapping[str, Any]
    notices: Sequence[str] = ()
    resolved: Mapping[str, Sequence[Resolved]] = field(default_factory=dict)
    labour_standard: str = ""
    dsd: Dsd | None = None
    source: Mapping[str, Any] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    quality: pl.DataFrame | None = None

    @cached_property
    def sdmx(self) -> Export:
        """The estimates by the DSD, made once for the files of it. Raises FitError as `export`."""
        from harmonize.writers.sdmx.export import export

        return export(self)
