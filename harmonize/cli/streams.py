"""stdout and stderr as they may be: closed, full, or of an encoding that lacks a letter."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from harmonize.errors import OutputError

PLAIN = dict(zip("‐‑–—‘’“”", "----''\"\"", strict=True)) | {"…": "...", "≥": ">=", "≤": "<="}

ASCII = "ascii_as_told"


def settle_streams() -> None:
    """Make both streams take any text: what the encoding lacks is written in plainer letters.

    A stream that is closed becomes the null device, so that no data file that is opened later gets its
    number and, with that, whatever a library prints.
    """
    codecs.register_error("plain", _plainer)
    codecs.register(lambda name: _ascii() if name == ASCII else None)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (lives as long as the process)
        elif isinstance(stream, io.TextIOWrapper):
            ascii_alone = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=ASCII if ascii_alone else stream.encoding, errors="plain")


@contextmanager
def outlasting() -> Iterator[None]:
    """Around what is said on stderr: where its reader has left, the work goes on and says no more."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.__stderr__)


def silence(stream: TextIO | None) -> None:
    """Send the rest to the null device: what is in the buffer would fail once more when Python ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno() if stream else null)


def unwritable(error: OSError) -> OutputError | None:
    """The error to show where stdout can't take more (a full disk behind `>`); None for any other."""
    if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return None
    silence(sys.__stdout__)
    return OutputError(f"stdout can't be written ({os.strerror(error.errno)})", "free the disk, or send it elsewhere")


def _ascii() -> codecs.CodecInfo:
    """ASCII by another name: what is called ascii click takes for a mistake, and writes UTF-8."""
    info = codecs.lookup("ascii")
    return codecs.CodecInfo(
        info.encode, info.decode, info.streamreader, info.streamwriter, info.incrementalencoder,
        info.incrementaldecoder, name=ASCII,
    )  # fmt: skip


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Letters without accents, signs of ASCII, and `?` for what has neither."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = []
    for letter in error.object[error.start : error.end]:
        plain = PLAIN.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode("ascii")
        found.append(plain or "?")
    return "".join(found), error.end
