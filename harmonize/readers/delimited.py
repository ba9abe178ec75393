"""Delimited text (.csv, .csv.gz): every cell is text, types are never inferred.

The file is read once, in blocks that end where a row ends; the bytes that were checked are those parsed.
"""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import polars as pl

from harmonize.errors import DataFileError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import Piece, gauge_of
from harmonize.readers.csv_digits import numbers_of
from harmonize.readers.csv_rows import csv_rows
from harmonize.readers.ddi import Codebook
from harmonize.readers.drawing import in_order, reading_errors
from harmonize.readers.encoding import codec_name
from harmonize.readers.options import Reading
from harmonize.readers.source import Source, about_rows
from harmonize.readers.text import cell


def open_delimited(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """Look at the header and the first rows of the file, and give it as a Source that checks all as it is read.

    Raises DataFileError (broken off, encoding, no rows, header) and FitError (a row with other fields): here
    for what is among the first rows, and where the Source is read for what comes later.
    """
    codec = codec_name(reading.encoding, path)
    gauge = gauge_of(path)

    def pieces(size: int) -> Generator[Piece, None, None]:
        return csv_rows(path, codec, reading.separator, size, gauge)

    start = pieces(reading.first)
    names = _names(bytes(next(start).text).decode("utf-8"), path, reading.separator)
    first = next(start)
    about = about_rows(first.rows, first.last, gauge)
    start.close()

    def frames(columns: Sequence[str], chunk_size: int, numbers: AsNumbers = ALL_TEXT) -> Iterator[pl.DataFrame]:
        wanted = ALL_TEXT if any(map(_may_be_a_number, reading.blank)) else numbers.among(columns)
        if reading.decimal != ".":
            wanted = wanted.but(wanted.amounts)

        def parsed(piece: Piece) -> pl.DataFrame:
            found = numbers_of(piece.text, piece.rows, names, wanted, reading.separator)
            others = [name for name in columns if name not in found]
            cells = [cell(pl.col(name), reading.blank, reading.decimal).alias(name) for name in others]
            texts = _parse(bytes(piece.text), path, names, reading.separator, cells) if cells else pl.DataFrame()
            return pl.DataFrame([found[name] if name in found else texts[name] for name in columns])

        rows = pieces(reading.block)
        next(rows)  # the header
        return in_order(parsed, (piece for piece in rows if piece.rows))

    known = None if codebook is None else {n: codebook.variables[n] for n in names if n in codebook.variables}
    return Source(
        path=path,
        columns=names,
        numeric=None if known is None else frozenset(n for n, v in known.items() if v.numeric),
        about=about,
        frames=frames,
        gauge=gauge,
        labels={n: v.labels for n, v in (known or {}).items() if v.labels},
        codebook=codebook,
    )


def _may_be_a_number(blank: str) -> bool:
    return bool(set(blank) & set(string.digits)) and set(blank) <= set(string.digits + "-. ")


def _parse(text: bytes, path: Path, names: Sequence[str], separator: str, cells: Sequence[pl.Expr]) -> pl.DataFrame:
    with reading_errors([path]):
        return text_cells(text, names, separator, cells).collect()


def text_cells(text: bytes, names: Sequence[str], separator: str, cells: Sequence[pl.Expr]) -> pl.LazyFrame:
    """The cells of rows of text; polars makes texts of the columns that they read, and passes over the others."""
    schema = dict.fromkeys(names, pl.String)
    frame = pl.scan_csv(text, has_header=False, schema=schema, separator=separator, infer_schema=False)
    return frame.select(cells)


def _names(header: str, path: Path, separator: str) -> tuple[str, ...]:
    """The column names. Raises DataFileError for a name that comes twice and for another separator."""
    try:
        names = tuple(next(csv.reader(io.StringIO(header), delimiter=separator, strict=True), ()))
    except csv.Error:
        raise DataFileError(f"{path}:1: the header cannot be read: is a quote not closed?") from None
    if not any(names):
        raise DataFileError(f"{path}:1: the first line has no column names", "the first line must name the columns")
    twice = next((name for i, name in enumerate(names) if name and name in names[:i]), None)
    if twice is not None:
        raise DataFileError(f"{path}:1: the column {twice} comes twice in the header", "rename one of them")
    other = next((mark for mark in ";\t|," if len(names) == 1 and mark in names[0]), None)
    if other is not None:
        raise DataFileError(
            f"{path}:1: the header is one column but has '{other}' in it".replace("\t", "\\t"),
            f'if that separates the columns, write in the mapping: read: {{separator: "{other}"}}'.replace("\t", "\\t")
            + " (in one that extends it, if it is shipped)",
        )
    return tuple(name or f"column_{i + 1}" for i, name in enumerate(names))
