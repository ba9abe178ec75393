"""Encodings: is the file in the stated one, and a copy in UTF-8 where polars cannot read it as it is."""

from __future__ import annotations

import codecs
from pathlib import Path

from harmonize.errors import DataFileError, OutputError
from harmonize.readers.blocks import blocks

_SPEAKS_ASCII = 'A0,;"\t\r\n'


def codec_name(encoding: str, path: Path) -> str:
    """Python's name of `encoding`. Raises DataFileError if there is none."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise DataFileError(
            f"{path}: the encoding '{encoding}' is not known", "write read: {encoding: utf-8} or iso-8859-1"
        ) from None


def one_byte_a_character(codec: str) -> bool:
    """True if every byte is one character in `codec`, so that byte positions are character positions."""
    try:
        return codec == "ascii" or len((b"\xe9" * 4).decode(codec, "replace")) == 4
    except UnicodeError:
        return False


def extends_ascii(codec: str) -> bool:
    """True if ASCII text has the same bytes in `codec`."""
    return _SPEAKS_ASCII.encode(codec) == _SPEAKS_ASCII.encode("ascii")


class Watch:
    """Looks at blocks in turn: are they in the codec, and is anything in them outside ASCII?"""

    def __init__(self, codec: str, path: Path) -> None:
        self.codec, self.path, self.ascii = codec, path, True
        self._decoder = codecs.getincrementaldecoder(codec)("strict")
        self._lines = 0

    def take(self, block: bytes, last: bool = False) -> str | None:
        """The block's text where there is anything outside ASCII so far, else None. Raises DataFileError."""
        if self.ascii and block.isascii() and self.codec != "utf-16":
            self._lines += block.count(b"\n")
            return None
        self.ascii = False
        pending = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(block, last)
        except UnicodeDecodeError as error:
            line = self._lines + (pending + block)[: error.start].count(b"\n") + 1
            raise DataFileError(
                f"{self.path}:{line}: the text is not {self.codec}",
                "name the file's encoding in the mapping, e.g. read: {encoding: iso-8859-1}",
            ) from None
        self._lines += block.count(b"\n")
        return text


def recode(path: Path, codec: str, target: Path) -> Path:
    """Write `path`, unpacked, as UTF-8 to `target`. Raises DataFileError where it is not in `codec`."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        with target.open("wb") as out:
            for block in blocks(path):
                out.write(decoder.decode(block).encode("utf-8"))
            out.write(decoder.decode(b"", True).encode("utf-8"))
    except UnicodeDecodeError:
        raise DataFileError(
            f"{path}: the text is not {codec}",
            "name the file's encoding in the mapping: read: {encoding: ...}",
        ) from None
    except OSError as error:
        raise OutputError(f"{target.parent}: no temporary copy can be written: {error.strerror}", _ROOM) from None
    return target


_ROOM = "make room there, or set TMPDIR to a folder with more"
