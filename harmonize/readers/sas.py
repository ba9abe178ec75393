"""SAS: .sas7bdat, and transport files .xpt of versions 5 and 8.

Special missing values of a .sas7bdat are the codes `.A` to `.Z`; in a .xpt they are missing cells, since no
library tells them from `.`.

Dates count days from 1 January 1960, moments seconds. Value labels are in a catalog, not in these files: give
them with --codebook. The display formats of dates and the origin are those of pyreadstat 1.3.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyreadstat

from harmonize.errors import DataFileError
from harmonize.readers.ddi import Codebook
from harmonize.readers.options import Reading
from harmonize.readers.readstat import Form, metadata_of, open_readstat, stated_encoding
from harmonize.readers.readstat_cells import Calendar
from harmonize.readers.source import Source

_CALENDAR = Calendar(
    origin=datetime(1960, 1, 1),
    a_day=1,
    a_second=1,
    dates=re.compile(r"(DATE|WEEKDATE|WEEKDATX|DTDATE|IS8601DA|E8601DA|B8601DA|(DDMMYY|MMDDYY|YYMMDD)[BCDNPS]?)[\d.]*"),
    datetimes=re.compile(r"(DATETIME|E8601DT|DATEAMPM|MDYAMPM|IS8601DT|B8601DT|B8601DN)[\d.]*"),
)
# a transport file is records of this many bytes (SAS technical note TS-140)
_RECORD = 80
_PIECE = 100_000 * _RECORD
_OBSERVATIONS = b"HEADER RECORD*******OBS"
_MEMBER = b"HEADER RECORD*******MEM"


def open_sas(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """A .sas7bdat file as a Source. Its text is in the encoding that the file itself names."""
    form = Form("SAS", pyreadstat.read_sas7bdat, _CALENDAR, {"user_missing": True}, marks=True)
    metadata = metadata_of(path, form)
    return open_readstat(path, reading, codebook, replace(form, fast_text=metadata.file_encoding == "UTF-8"), metadata)


def open_transport(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """A .xpt file of one data set as a Source. Its text is in the mapping's encoding.

    It does not say how many rows it has: one cut off between two records of 80 bytes cannot be told from a whole one.
    """
    options = {"encoding": stated_encoding(path, reading)}
    form = Form("SAS transport", pyreadstat.read_xport, _CALENDAR, options)
    metadata = metadata_of(path, form)
    width = sum(metadata.variable_storage_width.values())
    about = max((path.stat().st_size - _start(path)) // max(width, 1), 1)
    return open_readstat(path, reading, codebook, replace(form, about=about), metadata)


def _start(path: Path) -> int:
    """Where the rows start. Raises DataFileError if the file is cut off or holds a second data set."""
    if path.stat().st_size % _RECORD:
        raise DataFileError(f"{path}: the SAS transport file ends in the middle of a record", "download it again")
    start = next(_places(path, _OBSERVATIONS, 0), -1) + _RECORD
    if any(place >= start for place in _places(path, _MEMBER, start)):
        raise DataFileError(
            f"{path}: the SAS transport file holds several data sets", "export the one of the persons alone"
        )
    return start


def _places(path: Path, words: bytes, first: int) -> Iterator[int]:
    """Where records from `first` on begin with `words`. A piece of whole records at a time, as files may be large."""
    with path.open("rb") as file:
        file.seek(first)
        while piece := file.read(_PIECE):
            at = piece.find(words)
            while at >= 0:
                if at % _RECORD == 0:
                    yield first + at
                at = piece.find(words, at + 1)
            first += len(piece)
