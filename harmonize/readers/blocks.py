"""A file as blocks of bytes, unpacked if it is gzip, and the errors of doing so."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from harmonize.errors import DataFileError

BLOCK = 4 << 20


class BrokenOff(Exception):
    """The gzip stream ends early or is damaged; `damaged` tells which."""

    def __init__(self, damaged: bool) -> None:
        super().__init__()
        self.damaged = damaged


def existing(path: Path) -> Path:
    """`path`, if it is a file with something in it that may be read. Raises DataFileError otherwise."""
    if path.is_dir():
        raise DataFileError(f"{path}: this is a folder", "name the data files in it")
    if not path.exists():
        raise DataFileError(f"{path}: there is no such file", "check the path")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise DataFileError(f"{path}: the file is empty", "download or export it again")
    except OSError as error:
        raise DataFileError(f"{path}: the file cannot be read: {error.strerror}", "check its permissions") from None
    return path


def open_bytes(path: Path) -> BufferedReader | gzip.GzipFile:
    """The file's bytes, unpacked if it starts as gzip does, whatever its name."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def blocks(path: Path, size: int = BLOCK) -> Iterator[bytes]:
    """The file in blocks of at most `size` bytes. Raises BrokenOff at the place where a gzip stream fails."""
    with open_bytes(path) as file:
        while True:
            try:
                # read1 gives what was unpacked before a fault, so that the record can be told
                block = file.read1(size)
            except EOFError:
                raise BrokenOff(damaged=False) from None
            except (zlib.error, gzip.BadGzipFile):
                raise BrokenOff(damaged=True) from None
            except OSError as error:
                raise DataFileError(f"{path}: the file cannot be read: {error.strerror}") from None
            if not block:
                return
            yield block


def broken_off(path: Path, record: int, fault: BrokenOff) -> DataFileError:
    """The error for a gzip stream that failed in record `record` (1-based)."""
    what = "is damaged" if fault.damaged else "ends in the middle"
    return DataFileError(f"{path}: the file {what} (record {record:,})", "download it again")
