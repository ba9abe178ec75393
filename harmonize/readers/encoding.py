"""Encodings: is the text in the stated one, and the same text in UTF-8, which is what polars reads."""

from __future__ import annotations

import codecs
from pathlib import Path

import numpy as np

from harmonize.errors import DataFileError
from harmonize.readers.byte_checks import ascii_lines

_SPEAKS_ASCII = 'A0,;"\t\r\n'


def codec_name(encoding: str, path: Path) -> str:
    """Python's name of `encoding`. Raises DataFileError if there is none."""
    try:
        name = codecs.lookup(encoding).name
        "A".encode(name)  # some codecs are of no text
    except LookupError:
        raise DataFileError(
            f"{path}: the encoding '{encoding}' is not known", "write read: {encoding: utf-8} or iso-8859-1"
        ) from None
    return "utf-8" if name == "utf-8-sig" else name  # its mark is taken off anyway


def one_byte_a_character(codec: str) -> bool:
    """True if every byte is one character in `codec`, so that byte positions are character positions."""
    try:
        upper = bytes(range(128, 256)).decode(codec, "replace")
    except UnicodeError:
        return False
    # utf-8 gives 128 characters too: 128 times the one for what is no text
    return codec == "ascii" or (len(upper) == 128 and set(upper) != {"\N{REPLACEMENT CHARACTER}"})


def extends_ascii(codec: str) -> bool:
    """True if ASCII text has the same bytes in `codec`."""
    return _SPEAKS_ASCII.encode(codec) == _SPEAKS_ASCII.encode("ascii")


def is_ascii(text: bytes) -> bool:
    """bytes.isascii holds up all threads."""
    return bool(ascii_lines(np.frombuffer(text, np.uint8)) >= 0)


class Recoder:
    """Takes the pieces of a text in turn and gives them in UTF-8."""

    def __init__(self, codec: str, path: Path) -> None:
        self.codec, self.path = codec, path
        self._decoder = codecs.getincrementaldecoder(codec)("strict")
        self._has_lines = extends_ascii(codec)
        # elsewhere a byte of ASCII may be half a character, or follow a sign that shifts its meaning
        self._ascii_stays = self._has_lines and (codec == "utf-8" or one_byte_a_character(codec))
        self._lines = 0

    def take(self, piece: bytes, last: bool = False) -> bytes:
        """The piece in UTF-8. Raises DataFileError, with the line, where it is not in the codec."""
        pending = self._decoder.getstate()[0]
        if self._ascii_stays and not pending and (lines := ascii_lines(np.frombuffer(piece, np.uint8))) >= 0:
            self._lines += lines
            return piece
        try:
            text = self._decoder.decode(piece, last)
        except UnicodeDecodeError as error:
            line = self._lines + (pending + piece)[: error.start].count(b"\n") + 1
            raise DataFileError(
                f"{self.path}:{line}: the text is not {self.codec}"
                if self._has_lines
                else f"{self.path}: the text is not {self.codec}",
                "name the file's encoding in the mapping, e.g. read: {encoding: iso-8859-1}",
            ) from None
        self._lines += piece.count(b"\n")
        return piece if self.codec == "utf-8" else text.encode("utf-8")
