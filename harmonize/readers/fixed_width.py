"""Fixed-width text (.dat, .dat.gz) with its DDI codebook: positions are bytes of a record.

polars slices characters of UTF-8. So UTF-8 text is cut as bytes; a file in a one-byte encoding with
anything outside ASCII is recoded first, and its characters are cut, which are the bytes it had.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from harmonize.errors import DataFileError, FitError
from harmonize.readers.blocks import BrokenOff, blocks, broken_off, existing
from harmonize.readers.byte_checks import BAD_LENGTH, LENGTH, LINES, RECORDS, State, fixed_block, fixed_state
from harmonize.readers.ddi import Codebook, CodebookVariable
from harmonize.readers.encoding import Watch, codec_name, one_byte_a_character, recode
from harmonize.readers.options import Reading
from harmonize.readers.source import Source
from harmonize.readers.text import cell, implied_decimals


def open_fixed_width(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """Check every record of the file against the codebook, then give it as a Source.

    Raises DataFileError (no codebook, hierarchical, broken off, encoding) and FitError (record length).
    """
    existing(path)
    if codebook is None:
        raise DataFileError(
            f"{path}: a fixed-width file needs its DDI codebook and none lies beside it",
            "give the .xml with --codebook",
        )
    if codebook.hierarchical:
        raise DataFileError(
            f"{path}: the file is hierarchical, says {codebook.path.name}; only rectangular ones are read",
            "ask for the extract again as rectangular: data structure, rectangular (person)",
        )
    missing = [v.name for v in codebook.variables.values() if v.start is None]
    if missing:
        raise DataFileError(f"{codebook.path}: no position is given for {', '.join(missing[:5])}", "get the full DDI")
    codec = codec_name(_encoding(reading, codebook), path)
    if codec != "utf-8" and not one_byte_a_character(codec):
        raise DataFileError(f"{path}: fixed width in {codec} is not read", "convert the file to utf-8 or iso-8859-1")
    records, plain = _check(path, codebook, codec)
    scanned, as_bytes = path, not plain
    if not plain and codec != "utf-8":
        scanned, as_bytes = recode(path, codec, reading.temporary(path)), False

    def rows(columns: Sequence[str]) -> pl.LazyFrame:
        lines = pl.scan_lines(scanned, name="line", glob=False).filter(pl.col("line").str.len_bytes() > 0)
        return lines.select(_slice(codebook.variables[name], as_bytes, reading) for name in columns)

    return Source(
        path=path,
        columns=tuple(codebook.variables),
        numeric=frozenset(v.name for v in codebook.variables.values() if v.numeric),
        records=records,
        rows=rows,
        decimals={v.name: v.decimals for v in codebook.variables.values() if v.decimals},
        labels={v.name: v.labels for v in codebook.variables.values() if v.labels},
        codebook=codebook,
    )


def _encoding(reading: Reading, codebook: Codebook) -> str:
    """What the mapping states, else the codebook: utf-8 is the mapping's default, not a statement."""
    stated = reading.encoding.lower() not in ("utf-8", "utf8")
    return reading.encoding if stated or not codebook.encoding else codebook.encoding


def _slice(variable: CodebookVariable, as_bytes: bool, reading: Reading) -> pl.Expr:
    line = pl.col("line")
    if as_bytes:
        text = line.cast(pl.Binary).bin.slice(variable.start or 0, variable.width).cast(pl.String)
    else:
        text = line.str.slice(variable.start or 0, variable.width)
    text = cell(text, reading.blank)
    return (implied_decimals(text, variable.decimals) if variable.decimals else text).alias(variable.name)


def _check(path: Path, codebook: Codebook, codec: str) -> tuple[int, bool]:
    """The number of records, and whether all is ASCII. Raises for the first record that does not fit."""
    state = fixed_state(codebook.record_length)
    watch = Watch(codec, path)
    try:
        for block in blocks(path):
            watch.take(block)
            if fixed_block(np.frombuffer(block, dtype=np.uint8), state):
                raise _wrong_length(path, codebook, int(state[BAD_LENGTH]), int(state[LINES]), int(state[RECORDS]))
        watch.take(b"", last=True)
    except BrokenOff as fault:
        raise broken_off(path, int(state[RECORDS]) + 1, fault) from None
    return _last_record(path, codebook, state), watch.ascii


def _last_record(path: Path, codebook: Codebook, state: State) -> int:
    """All records, with one that has no line end; the DOS end-of-file mark is not one."""
    records, left = int(state[RECORDS]), int(state[LENGTH])
    if left > 1:
        if records and left < codebook.record_length:
            raise DataFileError(f"{path}: the file ends in the middle (record {records + 1:,})", "download it again")
        fixed_block(np.frombuffer(b"\n", dtype=np.uint8), state)
        if state[BAD_LENGTH]:
            raise _wrong_length(path, codebook, int(state[BAD_LENGTH]), int(state[LINES]), records + 1)
        records += 1
    if not records:
        raise DataFileError(f"{path}: the file has no record", "download or export it again")
    return records


def _wrong_length(path: Path, codebook: Codebook, length: int, line: int, record: int) -> FitError:
    which = "records are" if record == 1 else f"record {record:,} is"
    at = "" if record == 1 else f":{line}"
    if record == 1:
        what = f"is {codebook.path.name} its codebook?"
    else:
        what = "a record was cut or joined: download the file again"
    return FitError(f"{path}{at}: {which} {length} bytes, the DDI says {codebook.record_length}", what)
