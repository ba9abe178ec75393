"""Small SPSS, Stata and SAS files, written by pyreadstat, and how the readers give them."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from harmonize.mapping.model import ReadOptions
from harmonize.readers import open_extract

FRAME = pl.DataFrame(
    {
        "CODE": [1.0, 9.0, None, -9.0],
        "DEC": [0.1, 1 / 3, 1e-7, 123456789012.0],
        "DAY": [dt.date(2020, 1, 2), dt.date(1900, 3, 1), None, dt.date(2999, 12, 31)],
        "AT": [dt.datetime(2020, 1, 2, 3, 4, 5), None, dt.datetime(1969, 12, 31), dt.datetime(2001, 9, 9)],
        "TXT": ["  b ", "", "NA", "Zoé"],
    }
)
# what the reader must give of FRAME, in any of the formats
TEXTS = {
    "CODE": ["1", "9", None, "-9"],
    "DEC": ["0.1", "0.3333333333333333", "1e-7", "123456789012"],
    "DAY": ["2020-01-02", "1900-03-01", None, "2999-12-31"],
    "AT": [
        "2020-01-02 03:04:05.000000",
        None,
        "1969-12-31 00:00:00.000000",
        "2001-09-09 00:00:00.000000",
    ],
    "TXT": ["  b", "", "NA", "Zoé"],
}

WRITERS: dict[str, Callable[..., None]] = {
    "x.sav": pyreadstat.write_sav,
    "packed.sav": lambda frame, path, **more: pyreadstat.write_sav(frame, path, row_compress=True, **more),
    "x.zsav": lambda frame, path, **more: pyreadstat.write_sav(frame, path, compress=True, **more),
    "118.dta": lambda frame, path, **more: pyreadstat.write_dta(frame, path, version=14, **more),
    "5.xpt": lambda frame, path, **more: pyreadstat.write_xport(frame, path, file_format_version=5, **more),
    "8.xpt": lambda frame, path, **more: pyreadstat.write_xport(frame, path, file_format_version=8, **more),
    "x.por": pyreadstat.write_por,
}


def made(folder: Path, name: str, frame: pl.DataFrame, **more: Any) -> Path:
    WRITERS[name](frame, str(folder / name), **more)
    return folder / name


def texts(path: Path, encoding: str = "utf-8") -> dict[str, list[str | None]]:
    with open_extract([path], ReadOptions(encoding=encoding)) as extract:
        return extract.scan(extract.columns).collect().to_dict(as_series=False)


def in_encoding(path: Path, name: str, codec: str, words: list[str]) -> Path:
    """The .sav file with `words`, written in UTF-8, in `codec`, which its header calls `name`."""
    content = path.read_bytes()
    record = struct.pack("<4i", 7, 20, 1, 5) + b"UTF-8"
    assert record in content
    for word in words:
        utf8, other = word.encode(), word.encode(codec)
        content = content.replace(utf8, other.ljust(len(utf8)))
    path.write_bytes(content.replace(record, struct.pack("<4i", 7, 20, 1, len(name)) + name.encode()))
    return path
