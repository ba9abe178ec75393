"""The old SPSS portable file .por: text of 80 columns, read whole, once, in a process of its own.

pyreadstat gives its labels, but drops declared missing values and takes 50 times as long; polars-readstat reads
the values, but a damaged file may make it end the process it runs in.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyreadstat

from harmonize.errors import DataFileError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import gauge_of
from harmonize.readers.ddi import Codebook
from harmonize.readers.drawing import reading_errors, spans
from harmonize.readers.labels import codebook_inside, labels_of
from harmonize.readers.options import Reading, Scratch
from harmonize.readers.readstat import AGAIN, faults
from harmonize.readers.source import Source
from harmonize.readers.text import cell, number_as_text

_CONVERT = "import sys, polars_readstat as p; p.read_readstat(sys.argv[1]).write_parquet(sys.argv[2])"


@dataclass(frozen=True)
class _Converted:
    """The Parquet file, and its folder, which lasts as long as something holds it."""

    file: Path
    folder: Scratch


def open_portable(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """A .por file as a Source, by way of a temporary Parquet file. Declared missing values are ordinary codes.

    Converting takes memory for all its numbers (8 bytes each): save a big file as .sav. Raises DataFileError
    if the file is not whole or has no rows.
    """
    message = "this is not a whole SPSS portable file"
    with faults(path, message):
        _, metadata = pyreadstat.read_por(str(path), metadataonly=True, output_format="dict")
        names = list(metadata.column_names)
    scratch = Scratch()
    whole = _Converted(scratch.file("portable.parquet"), scratch)
    process = subprocess.run([sys.executable, "-c", _CONVERT, str(path), str(whole.file)], capture_output=True)
    if process.returncode or not names or not all(names):
        # what the process said is dropped: it may quote a person's values
        raise DataFileError(f"{path}: {message}, or the temporary folder is full", AGAIN)
    with reading_errors([path]):
        table = pl.scan_parquet(whole.file, glob=False)
        dtypes = dict(zip(names, table.collect_schema().items(), strict=True))
        records = int(table.select(pl.len()).collect().item())
    if not records:
        raise DataFileError(f"{path}: the file has no rows", AGAIN)
    gauge = gauge_of(path)
    inside = codebook_inside(path, metadata, [name for name, (_, dtype) in dtypes.items() if dtype == pl.String])

    def frames(columns: Sequence[str], chunk_size: int, _: AsNumbers = ALL_TEXT) -> Iterator[pl.DataFrame]:
        texts = [cell(_text(*dtypes[name]), reading.blank, strip=False).alias(name) for name in columns]
        wanted = [dtypes[name][0] for name in columns]
        read = 0
        with reading_errors([path]):
            for batch in spans(pl.scan_parquet(whole.file, glob=False), wanted, records, chunk_size):
                read += batch.height
                gauge.done = gauge.size * read // records
                yield batch.select(texts)

    return Source(
        path=path,
        columns=tuple(names),
        numeric=frozenset(n for n, (_, dtype) in dtypes.items() if dtype not in (pl.String, pl.Date, pl.Datetime)),
        about=records,
        frames=frames,
        gauge=gauge,
        labels=labels_of(inside, codebook),
        codebook=codebook or inside,
    )


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A cell; times of day and durations are their whole seconds."""
    value = pl.col(name)
    if dtype == pl.String:
        return value.str.strip_chars_end(" ")
    if dtype == pl.Datetime:
        return value.cast(pl.Datetime("us")).cast(pl.String)
    if dtype == pl.Time:
        return (value.cast(pl.Int64) // 1_000_000_000).cast(pl.String)
    if dtype == pl.Duration:
        return value.dt.total_seconds().cast(pl.String)
    if not dtype.is_float():
        return value.cast(pl.String)
    # read from base 30, 1.8 may come as 1.8000000000000003; a portable file has fewer digits than 15
    short = pl.when(value == value.floor()).then(value).otherwise(value.round_sig_figs(15))
    return number_as_text(short, dtype)
