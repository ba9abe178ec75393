"""SPSS: .sav and .zsav. Declared missing values are ordinary codes.

Dates count seconds from 14 October 1582. The display formats of dates and this origin are those of pyreadstat 1.3.7.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyreadstat

from harmonize.errors import DataFileError
from harmonize.readers.ddi import Codebook
from harmonize.readers.options import Reading
from harmonize.readers.readstat import AGAIN, Form, faults, metadata_of, open_readstat
from harmonize.readers.readstat_cells import Calendar
from harmonize.readers.source import Source
from harmonize.readers.spss_damage import is_damaged

_CALENDAR = Calendar(
    origin=datetime(1582, 10, 14),
    a_day=86_400,
    a_second=1,
    dates=re.compile(r"[AEJS]?DATE[\d.]*"),
    datetimes=re.compile(r"(DATETIME|YMDHMS)[\d.]*"),
)


_NOT_WHOLE = "this is not a whole SPSS file"


def open_spss(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """A .sav or .zsav file as a Source. Its text is in the encoding that the file itself names."""
    with faults(path, _NOT_WHOLE):
        damaged = is_damaged(path)
    if damaged:
        raise DataFileError(f"{path}: {_NOT_WHOLE}", AGAIN)
    form = Form("SPSS", pyreadstat.read_sav, _CALENDAR, {"user_missing": True})
    metadata = metadata_of(path, form)
    form = replace(form, slow=frozenset(metadata.missing_ranges), fast_text=metadata.file_encoding == "UTF-8")
    return open_readstat(path, reading, codebook, form, metadata)
