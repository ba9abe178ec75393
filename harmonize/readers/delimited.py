"""Delimited text (.csv, .csv.gz): every cell is text, types are never inferred.

polars fills short rows and cuts long ones in silence, so the rows' fields are counted here first.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from harmonize.errors import DataFileError, FitError
from harmonize.readers.blocks import BrokenOff, blocks, broken_off, existing
from harmonize.readers.byte_checks import (
    BAD,
    BLANK_LINE,
    FIELDS,
    QUOTED,
    ROW_LINE,
    ROWS,
    USED,
    WANTED,
    State,
    csv_block,
    csv_state,
)  # fmt: skip
from harmonize.readers.ddi import Codebook
from harmonize.readers.encoding import Watch, codec_name, extends_ascii, recode
from harmonize.readers.options import Reading
from harmonize.readers.source import Source
from harmonize.readers.text import cell

_HEADER = 4 << 20


def open_delimited(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """Check every row of the file, then give it as a Source.

    Raises DataFileError (broken off, encoding, no rows, header) and FitError (a row with other fields).
    """
    existing(path)
    codec = codec_name(reading.encoding, path)
    scanned = path
    if not extends_ascii(codec):
        scanned, codec = recode(path, codec, reading.temporary(path)), "utf-8"
    names = _header(scanned, path, codec, reading.separator)
    records, plain, trailing = _check(scanned, path, codec, reading.separator)
    if not plain and codec != "utf-8":
        scanned = recode(scanned, codec, reading.temporary(path))
    names = tuple(name or f"column_{i + 1}" for i, name in enumerate(names))

    def rows(columns: Sequence[str]) -> pl.LazyFrame:
        frame = pl.scan_csv(
            scanned,
            separator=reading.separator,
            infer_schema=False,
            new_columns=list(names),
            n_rows=records if trailing else None,  # polars makes rows of empty lines at the end
            glob=False,
        )
        return frame.select(cell(pl.col(name), reading.blank, reading.decimal).alias(name) for name in columns)

    known = None if codebook is None else {n: codebook.variables[n] for n in names if n in codebook.variables}
    return Source(
        path=path,
        columns=names,
        numeric=None if known is None else frozenset(n for n, v in known.items() if v.numeric),
        records=records,
        rows=rows,
        labels={n: v.labels for n, v in (known or {}).items() if v.labels},
        codebook=codebook,
    )


def _header(scanned: Path, path: Path, codec: str, separator: str) -> tuple[str, ...]:
    """The column names. Raises DataFileError for a name that comes twice and for another separator."""
    start = b""
    try:
        for block in blocks(scanned, 1 << 16):
            start += block
            if len(start) > _HEADER or (b"\n" in start and start[: start.rfind(b"\n")].count(b'"') % 2 == 0):
                break
    except BrokenOff as fault:
        if b"\n" not in start:
            raise broken_off(path, 1, fault) from None
    end = start.rfind(b"\n") + 1
    text = (start[:end] if end else start).decode("utf-8-sig" if codec == "utf-8" else codec, "replace")
    try:
        names = tuple(next(csv.reader(io.StringIO(text), delimiter=separator, strict=True), ()))
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
            f'if that separates the columns, write in the mapping: read: {{separator: "{other}"}}'.replace("\t", "\\t"),
        )
    return names


def _check(scanned: Path, path: Path, codec: str, separator: str) -> tuple[int, bool, bool]:
    """The number of rows without header; whether all is ASCII; whether empty lines follow the last row."""
    state = csv_state()
    mark = ord(separator)
    watch = Watch(codec, path)
    ended = True
    try:
        for block in blocks(scanned):
            watch.take(block)
            ended = block.endswith(b"\n")
            if csv_block(np.frombuffer(block, dtype=np.uint8), mark, state):
                raise _bad_row(path, state)
        watch.take(b"", last=True)
    except BrokenOff as fault:
        raise broken_off(path, max(int(state[ROWS]), 1), fault) from None
    if state[QUOTED]:
        raise FitError(f"{path}:{state[ROW_LINE]}: a quote in this row is not closed", "close it, or export again")
    if not ended and state[USED]:
        if state[ROWS] and state[FIELDS] < state[WANTED]:
            raise DataFileError(f"{path}: the file ends in the middle (record {state[ROWS]:,})", "download it again")
        if csv_block(np.frombuffer(b"\n", dtype=np.uint8), mark, state):
            raise _bad_row(path, state)
    records = int(state[ROWS]) - 1
    if records < 1:
        raise DataFileError(f"{path}: the file has a header and no rows", "download or export it again")
    return records, watch.ascii, bool(state[BLANK_LINE])


def _bad_row(path: Path, state: State) -> FitError:
    if state[BAD] == 2:
        return FitError(f"{path}:{state[BLANK_LINE]}: the line is empty", "remove it, or export the file again")
    return FitError(
        f"{path}:{state[ROW_LINE]}: the row has {state[FIELDS]} fields, the header {state[WANTED]}",
        "a separator inside a text must be in quotes: export the file again, or mend the row",
    )
