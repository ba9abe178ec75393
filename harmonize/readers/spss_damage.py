"""Damage in a .sav or .zsav file that would have the libraries that read it take all memory, found before they do.

What would end the process is for trial.py to find. The libraries believe what a header says: a block of 30 GB is
asked for. Source: PSPP developers' guide, "System File Format".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

# the file header, and in it from byte 64: layout, 8-byte elements of a case, compression, weight, cases
_HEADER, _COUNTS_AT = 176, 64
_ZLIB = 2
_END_OF_DICTIONARY = 999
# the subtype of the extension that names the encoding
_ENCODING = 20
# zlib packs at most 1032 to 1
_MOST_PACKED = 1032
# SPSS writes blocks of 0x3ff000 bytes
_MOST_BLOCK = 1 << 26


def is_damaged(path: Path) -> bool:
    """Whether the file's header, dictionary or blocks are out of the format's bounds. Raises OSError."""
    with path.open("rb") as file:
        try:
            _check(file, path.stat().st_size)
        except (_Impossible, struct.error, UnicodeDecodeError):  # struct.error: it ends in the middle
            return True
    return False


class _Impossible(Exception):
    pass


def _must(holds: bool) -> None:
    if not holds:
        raise _Impossible


def _check(file: BinaryIO, size: int) -> None:
    header = file.read(_HEADER)
    _must(header[:4] in (b"$FL2", b"$FL3"))
    order = "<" if struct.unpack_from("<i", header, _COUNTS_AT)[0] in (2, 3) else ">"
    _, _, compression, _, cases = struct.unpack_from(order + "5i", header, _COUNTS_AT)
    _must(compression in (0, 1, _ZLIB))
    elements = _Dictionary(file, order, size).elements()
    # an element takes at least a byte; cases are -1 where a writer did not know them
    _must(elements * cases <= (size * _MOST_PACKED if compression == _ZLIB else size))
    if compression == _ZLIB:
        _check_blocks(file, order, size)


class _Dictionary:
    """The records between the header and the data."""

    def __init__(self, file: BinaryIO, order: str, size: int) -> None:
        self.file, self.order, self.size = file, order, size
        self.widths: list[int] = []
        self.values: list[bytes] = []
        self.texts: list[bytes] = []
        self.encoding = "utf-8"

    def elements(self) -> int:
        """The 8-byte elements of a case; the file is then at its data."""
        records: dict[int, Callable[[], None]] = {
            2: self._variable,
            3: self._labels,
            4: self._labelled,
            6: self._documents,
            7: self._extension,
        }
        while (kind := self._whole()[0]) != _END_OF_DICTIONARY:
            _must(kind in records)
            records[kind]()
        self._skip(4)
        try:
            for text in self.texts:
                text.decode(self.encoding)
        except LookupError:  # only the libraries know this encoding
            pass
        return len(self.widths)

    def _whole(self, count: int = 1) -> tuple[int, ...]:
        _must(0 <= count <= self.size // 4)
        numbers: tuple[int, ...] = struct.unpack(f"{self.order}{count}i", self.file.read(4 * count))
        return numbers

    def _skip(self, count: int) -> None:
        _must(0 <= count <= self.size - self.file.tell())
        self.file.seek(count, 1)

    def _variable(self) -> None:
        width, labelled, missing, _, _ = self._whole(5)
        _must(-1 <= width <= 255 and labelled in (0, 1) and missing in (-3, -2, 0, 1, 2, 3))
        self.widths.append(width)
        self.texts.append(self.file.read(8))  # its name
        if labelled:
            self._skip(-(-self._whole()[0] // 4) * 4)
        self._skip(8 * abs(missing))

    def _labels(self) -> None:
        count = self._whole()[0]
        _must(0 <= count <= self.size // 16)
        self.values = []
        for _ in range(count):
            value, length = struct.unpack("8sB", self.file.read(9))
            self.values.append(value)
            self._skip(length // 8 * 8 + 7)

    def _labelled(self) -> None:
        """The variables of the labels before, by number from 1; -1 is the width of a long text's further elements."""
        numbers = self._whole(self._whole()[0])
        _must(all(0 < number <= len(self.widths) and self.widths[number - 1] >= 0 for number in numbers))
        if any(self.widths[number - 1] for number in numbers):
            self.texts += self.values

    def _documents(self) -> None:
        self._skip(80 * self._whole()[0])

    def _extension(self) -> None:
        what, element, count = self._whole(3)
        _must(element >= 0 and count >= 0)
        if what == _ENCODING:
            _must(element * count < 100)
            self.encoding = self.file.read(element * count).decode("ascii")
        else:
            self._skip(element * count)


def _check_blocks(file: BinaryIO, order: str, size: int) -> None:
    """The list of the zlib blocks must fit the file."""
    here = file.tell()
    start, trailer, length = struct.unpack(order + "3q", file.read(24))
    _must(start == here < trailer <= size and length == size - trailer and length % 24 == 0)
    file.seek(trailer)
    _, _, block, blocks = struct.unpack(order + "2q2i", file.read(24))
    _must(0 < block <= _MOST_BLOCK and blocks == length // 24 - 1)
    for _, _, unpacked, packed in struct.iter_unpack(order + "2q2i", file.read(24 * blocks)):
        _must(0 <= unpacked <= block and 0 <= packed <= size)
