"""Parquet: typed columns, given as text like every other format's; whole floats are written without `.0`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from harmonize.errors import DataFileError, FitError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import gauge_of
from harmonize.readers.ddi import Codebook
from harmonize.readers.drawing import reading_errors, spans
from harmonize.readers.options import Reading
from harmonize.readers.source import Source
from harmonize.readers.text import by_value, cell, number_as_text
from harmonize.readers.written import plain_numbers


def open_parquet(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """The file as a Source. Raises DataFileError if it is not Parquet, is cut off or has no rows."""
    try:
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = frame.collect_schema()
        records = int(frame.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError):
        raise DataFileError(f"{path}: this is not a whole Parquet file", "download or export it again") from None
    if not records:
        raise DataFileError(f"{path}: the file has no rows", "download or export it again")

    gauge = gauge_of(path)

    def frames(columns: Sequence[str], chunk_size: int, numbers: AsNumbers = ALL_TEXT) -> Iterator[pl.DataFrame]:
        nested = next((name for name in columns if schema[name].is_nested()), None)
        if nested is not None:
            raise FitError(f"{path}: the column {nested} holds lists or records, not single values")
        as_text = {
            name: cell(number_as_text(pl.col(name), schema[name]), reading.blank, strip=schema[name] == pl.String)
            for name in columns
        }
        if any(reading.blank):
            numbers = ALL_TEXT

        def given(column: pl.Series, text: pl.Expr) -> pl.Series:
            plain = plain_numbers(column, numbers)
            return by_value(column, text.alias(column.name)) if plain is None else plain

        read = 0
        with reading_errors([path]):
            # text is made batch by batch: within the plan that took four times the memory
            for batch in spans(frame, columns, records, chunk_size):
                read += batch.height
                gauge.done = gauge.size * read // records
                yield pl.DataFrame([given(batch[name], text) for name, text in as_text.items()])

    known = {} if codebook is None else {n: codebook.variables[n] for n in schema if n in codebook.variables}
    return Source(
        path=path,
        columns=tuple(schema),
        numeric=frozenset(name for name, dtype in schema.items() if dtype.is_numeric()),
        about=records,
        frames=frames,
        gauge=gauge,
        labels={n: v.labels for n, v in known.items() if v.labels},
        codebook=codebook,
    )
