"""Stata: .dta. Extended missing values are the codes `.a` to `.z`; `.` is a missing cell.

Dates (%td) count days from 1 January 1960, moments (%tc) milliseconds; years, months, quarters (%ty, %tm, %tq)
are the numbers that are stored. The origin is that of pyreadstat 1.3.7.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pyreadstat

from harmonize.readers.ddi import Codebook
from harmonize.readers.options import Reading
from harmonize.readers.readstat import Form, metadata_of, open_readstat, stated_encoding
from harmonize.readers.readstat_cells import Calendar
from harmonize.readers.source import Source

_CALENDAR = Calendar(
    origin=datetime(1960, 1, 1),
    a_day=1,
    a_second=1000,
    dates=re.compile(r"%-?t?d.*"),
    # %tcHH:MM is a time of day
    datetimes=re.compile(r"%-?t[cC](?!HH|hh).*"),
)
# from this release on, that of Stata 14, all text is UTF-8 (Stata 15 help, dta)
_UNICODE = 118


def open_stata(path: Path, reading: Reading, codebook: Codebook | None) -> Source:
    """A .dta file as a Source. Text of Stata 13 and older is in the mapping's encoding, or Windows-1252."""
    unicode = _release(path) >= _UNICODE
    form = Form(
        "Stata",
        pyreadstat.read_dta,
        _CALENDAR,
        {"user_missing": True, "encoding": None if unicode else stated_encoding(path, reading)},
        marks=True,
        fast_text=unicode,
    )
    return open_readstat(path, reading, codebook, form, metadata_of(path, form))


def _release(path: Path) -> int:
    """The release of the format: a number in the header of newer files, the first byte of older ones."""
    with path.open("rb") as file:
        head = file.read(64)
    told = re.search(rb"<release>(\d{3})</release>", head)
    return int(told[1]) if told else head[0]
