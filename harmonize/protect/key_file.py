"""The secret of the cell-key method: its file, what is no secret, and the fingerprint that releases tell of it.

The secret is never written or printed.
"""

from __future__ import annotations

import hmac
import re
from itertools import pairwise
from pathlib import Path

from harmonize.errors import DataFileError, UsageError

SECRET_BYTES = 32
MAKE_KEY = (
    "make one: head -c 32 /dev/urandom > key (or, on Windows too: "
    'python -c "import secrets; print(secrets.token_hex(32))" > key)'
)
_KEEP = "keep it: the same key gives the same noise in every release"
_HEX = re.compile(rb"([0-9a-fA-F]{64})\r?\n?")
_FEWEST = 16
"""Different bytes that a key must have: of keys drawn at random fewer than one in 10^16 has not as many."""
_LABEL = b"harmonize cell-key fingerprint"


def read_key(path: Path) -> bytes:
    """The 32 bytes of the secret: the file has 64 hexadecimal digits, or the bytes themselves.

    Raises DataFileError for a file that can't be read, UsageError for one that has anything else, or what nobody
    draws at random.
    """
    try:
        with path.open("rb") as file:
            content = file.read(2 * SECRET_BYTES + 3)  # a wrong file may be of any size
    except FileNotFoundError:
        raise DataFileError(f"{path}: there is no such key file", MAKE_KEY) from None
    except OSError as error:
        raise DataFileError(f"{path}: the key file can't be read ({error.strerror})", MAKE_KEY) from None
    digits = _HEX.fullmatch(content)
    if digits is None and len(content) != SECRET_BYTES:
        raise UsageError(
            f"{path}: this is no key, which is 64 hexadecimal digits on one line, or 32 bytes", f"{MAKE_KEY}\n{_KEEP}"
        )
    secret = bytes.fromhex(digits[1].decode()) if digits else content
    if why := _not_random(secret):
        raise UsageError(
            f"{path}: this key is not random: {why}. Who guesses it can take the noise away", f"{MAKE_KEY}\n{_KEEP}"
        )
    return secret


def _not_random(secret: bytes) -> str:
    """What shows that the bytes were not drawn at random; empty where nothing does.

    Of keys that are, it refuses one in four billion.
    """
    if len(set(secret)) == 1:
        return "all its bytes are the same"
    if any(secret == (secret[:length] * SECRET_BYTES)[:SECRET_BYTES] for length in range(2, SECRET_BYTES // 2 + 1)):
        return "it is a short pattern over and over"
    steps = {(after - before) % 256 for before, after in pairwise(secret)}
    if len(steps) < _FEWEST:
        return "its bytes follow one from another, as in counting"
    if secret.isascii():
        return "it is text, as a password is, or 32 hexadecimal digits, half of what a key has"
    if len(set(secret)) < _FEWEST:
        return f"it has only {len(set(secret))} different bytes"
    return ""


def mark_of(secret: bytes) -> int:
    """What tells two secrets apart and gives nothing of either away: 64 bits that parts carry to merge.

    Source: RFC 5869, the expand step of HKDF with SHA-256.
    """
    return int.from_bytes(hmac.digest(secret, _LABEL + b"\x01", "sha256")[:8], "big")


def fingerprint(mark: int) -> str:
    """The half of a mark that is published: 8 hexadecimal digits."""
    return f"{mark >> 32:08x}"
