"""A file as blocks of bytes, unpacked if it is gzip, and the errors of doing so."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from harmonize.errors import DataFileError, FitError

BLOCK = 4 << 20


@dataclass
class Gauge:
    """How far a file is read: `done` of its `size` bytes, as they lie on the disk."""

    size: int
    done: int = 0


class Block(NamedTuple):
    """A piece of a file, unpacked.

    last: nothing follows it. fault: why not, if the file should go on ("ends in the middle").
    """

    data: bytes
    last: bool
    fault: str


class Piece(NamedTuple):
    """Whole rows of a text file, checked: their bytes in UTF-8, how many, whether they are the file's last."""

    text: bytes | memoryview
    rows: int
    last: bool


def existing(path: Path) -> Path:
    """`path`, if it is a file with something in it that may be read. Raises DataFileError otherwise."""
    if path.is_dir():
        raise DataFileError(f"{path}: this is a folder", "name the files in it")
    if not path.exists():
        raise DataFileError(f"{path}: there is no such file", "check the path")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise DataFileError(f"{path}: the file is empty", "download or export it again")
    except OSError as error:
        raise DataFileError(f"{path}: the file cannot be read: {error.strerror}", "check its permissions") from None
    return path


def gauge_of(path: Path) -> Gauge:
    """A gauge of the file, at its start."""
    return Gauge(path.stat().st_size)


def blocks(path: Path, size: int, gauge: Gauge) -> Iterator[Block]:
    """The file in blocks of `size` bytes, unpacked if it starts as gzip does, whatever its name.

    The last may be shorter or empty. A gzip stream that fails gives what was unpacked before, then ends.
    """
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("rb"))
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        file = stack.enter_context(gzip.GzipFile(fileobj=raw)) if packed else raw
        while True:
            try:
                data, last, fault = _fill(file, size)
            except OSError as error:
                raise DataFileError(f"{path}: the file cannot be read: {error.strerror}") from None
            gauge.done = raw.tell()
            yield Block(data, last, fault)
            if last:
                return


def _fill(file: BufferedReader | gzip.GzipFile, size: int) -> tuple[bytes, bool, str]:
    """`size` bytes or all that is left, whether that was all, and the fault that ended it."""
    pieces: list[bytes] = []
    left = size
    fault = ""
    while left:
        try:
            # read1 gives what was unpacked before a fault, so that the record can be told
            piece = file.read1(left)
        except EOFError:
            fault = "ends in the middle"
            break
        except (zlib.error, gzip.BadGzipFile):
            fault = "is damaged"
            break
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces), left > 0, fault


@contextmanager
def sound(files: Iterable[Path]) -> Iterator[None]:
    """Where rows do not fit, say first if a gzip file among `files` is damaged: what it unpacks to is then no data.

    A deflated stream may give garbage for long before its checksum tells.
    """
    try:
        yield
    except FitError:
        for path in files:
            for block in blocks(path, BLOCK, gauge_of(path)):
                if block.fault:
                    raise DataFileError(f"{path}: the file {block.fault}", "download it again") from None
        raise


def broken_off(path: Path, record: int, fault: str) -> DataFileError:
    """The error for a gzip stream that failed in record `record` (1-based)."""
    return DataFileError(f"{path}: the file {fault} (record {record:,})", "download it again")
