"""Fixed-width text (.dat, .dat.gz) with its DDI codebook: positions are bytes of a record.

Rectangular, or hierarchical: households' and persons' records, of which each person's row is made.

polars slices characters of UTF-8. So UTF-8 text is cut as bytes; text in a one-byte encoding is recoded,
and its characters are cut, which are the bytes it had.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import polars as pl

from harmonize.errors import DataFileError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import Piece, gauge_of
from harmonize.readers.ddi import Codebook, CodebookVariable
from harmonize.readers.drawing import in_order, reading_errors
from harmonize.readers.encoding import codec_name, is_ascii, one_byte_a_character
from harmonize.readers.fixed_digits import numbers_of
from harmonize.readers.fixed_records import fixed_records
from harmonize.readers.hierarchical import hierarchy
from harmonize.readers.hierarchical_records import hierarchical_records
from harmonize.readers.options import Reading
from harmonize.readers.source import Source, Vacant, about_rows
from harmonize.readers.text import cell, implied_decimals


def open_fixed_width(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """Look at the first records of the file, and give it as a Source that checks each as it is read.

    Raises DataFileError (codebook, broken off, encoding) and FitError (records that do not fit): here
    for what is among the first records, and where the Source is read for what comes later.
    """
    if codebook is None:
        raise DataFileError(
            f"{path}: a fixed-width file needs its DDI codebook and none lies beside it",
            "give the .xml with --codebook",
        )
    missing = [v.name for v in codebook.variables.values() if v.start is None]
    if missing:
        raise DataFileError(f"{codebook.path}: no position is given for {', '.join(missing[:5])}", "get the full DDI")
    codec = codec_name(_encoding(reading, codebook), path)
    if codec != "utf-8" and not one_byte_a_character(codec):
        raise DataFileError(f"{path}: fixed width in {codec} is not read", "convert the file to utf-8 or iso-8859-1")
    book, gauge = codebook, gauge_of(path)
    layout = hierarchy(path, book, reading.household_key, codec) if book.hierarchical else None
    variables = book.variables if layout is None else layout.columns
    vacant = Vacant()

    def pieces(size: int) -> Generator[Piece, None, None]:
        if layout is None:
            return fixed_records(path, book, codec, size, gauge)
        return hierarchical_records(path, layout, codec, size, gauge, vacant)

    start = pieces(reading.first)
    first = next(start)
    start.close()
    about = about_rows(first.rows, first.last, gauge)

    def frames(columns: Sequence[str], chunk_size: int, numbers: AsNumbers = ALL_TEXT) -> Iterator[pl.DataFrame]:
        wanted = ALL_TEXT if any(reading.blank) else numbers.among(columns)

        def parsed(piece: Piece) -> pl.DataFrame:
            text = bytes(piece.text)
            as_bytes = codec == "utf-8" and not is_ascii(text)
            found = numbers_of(text, variables, wanted)
            others = [name for name in columns if name not in found]
            cells = [_slice(variables[name], as_bytes, reading).alias(name) for name in others]
            with reading_errors([path]):
                texts = _lines(text).select(cells).collect() if cells else pl.DataFrame()
            return pl.DataFrame([found[name] if name in found else texts[name] for name in columns])

        return in_order(parsed, pieces(reading.block))

    return Source(
        path=path,
        columns=tuple(variables),
        numeric=frozenset(name for name, v in variables.items() if v.numeric),
        about=about,
        frames=frames,
        gauge=gauge,
        decimals={name: v.decimals for name, v in variables.items() if v.decimals},
        labels={name: v.labels for name, v in variables.items() if v.labels},
        codebook=codebook,
        vacant=None if layout is None else vacant,
    )


def _encoding(reading: Reading, codebook: Codebook) -> str:
    """What the mapping states, else the codebook: utf-8 is the mapping's default, not a statement."""
    stated = reading.encoding.lower() not in ("utf-8", "utf8")
    return reading.encoding if stated or not codebook.encoding else codebook.encoding


def _lines(text: bytes) -> pl.LazyFrame:
    return pl.scan_lines(text, name="line").filter(pl.col("line").str.len_bytes() > 0)


def _slice(variable: CodebookVariable, as_bytes: bool, reading: Reading) -> pl.Expr:
    line = pl.col("line")
    if as_bytes:
        text = line.cast(pl.Binary).bin.slice(variable.start or 0, variable.width).cast(pl.String)
    else:
        text = line.str.slice(variable.start or 0, variable.width)
    text = cell(text, reading.blank)
    return implied_decimals(text, variable.decimals) if variable.decimals else text
