"""The key file: two forms of a key, what is none, what nobody draws at random, and the fingerprint of a key."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harmonize.errors import DataFileError, UsageError
from harmonize.protect.key_file import fingerprint, mark_of, read_key

SECRET = random.Random(1).randbytes(32)
PASSWORD = b"correct horse battery staple, 23"
OTHER = random.Random(2).randbytes(32)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "key"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [SECRET.hex().encode(), SECRET.hex().upper().encode() + b"\n", SECRET.hex().encode() + b"\r\n", SECRET],
    ids=["digits", "a line of digits", "a line as Windows writes it", "bytes"],
)
def test_a_key_file_of_digits_or_of_bytes(tmp_path: Path, content: bytes) -> None:
    assert read_key(written(tmp_path, content)) == SECRET


@pytest.mark.parametrize(
    "content",
    [b"", b"password", SECRET[:31], SECRET + b"\x00", SECRET.hex().encode()[:-1], SECRET.hex().encode() + b"\n\n",
     b"g" * 64, SECRET.hex().encode() * 2, b"0x" + SECRET.hex().encode()],
)  # fmt: skip
def test_anything_else_is_no_key(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageError, match="this is no key") as caught:
        read_key(written(tmp_path, content))
    assert "head -c 32 /dev/urandom > key" in caught.value.help
    assert "secrets.token_hex(32)" in caught.value.help
    assert not content or content.decode("latin-1") not in str(caught.value)


WEAK = {
    "all its bytes are the same": [bytes(32), b"\xff" * 32, b"0" * 64, b"aa" * 32],
    "it is a short pattern over and over": [
        b"\x01\x02" * 16, b"0123456789abcdef" * 4, SECRET[:16] * 2, (SECRET[:11] * 3)[:32]
    ],
    "its bytes follow one from another, as in counting": [
        bytes(range(32)), bytes(range(255, 223, -1)), bytes(range(100, 164, 2)), bytes(range(32)).hex().encode()
    ],
    "it is text, as a password is": [
        PASSWORD, PASSWORD.hex().encode(), SECRET[:16].hex().encode()
    ],
    "it has only 8 different bytes": [bytes(random.Random(3).choices(SECRET[:8], k=32))],
}  # fmt: skip


@pytest.mark.parametrize(("why", "content"), [(why, each) for why, some in WEAK.items() for each in some])
def test_what_nobody_draws_at_random_is_refused_with_the_reason_and_how_to_make_a_key(
    tmp_path: Path, why: str, content: bytes
) -> None:
    with pytest.raises(UsageError, match=f"this key is not random: {why}") as caught:
        read_key(written(tmp_path, content))
    assert caught.value.exit_code == 2
    assert "head -c 32 /dev/urandom > key" in caught.value.help
    assert content.decode("latin-1") not in str(caught.value) + caught.value.help


def test_keys_that_are_drawn_at_random_are_taken(tmp_path: Path) -> None:
    draw = random.Random(20261128)
    for _ in range(3000):
        secret = draw.randbytes(32)
        assert read_key(written(tmp_path, secret)) == secret


def test_a_key_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "key", "there is no such key file"), (tmp_path, "can't be read")):
        with pytest.raises(DataFileError, match=words) as caught:
            read_key(path)
        assert caught.value.exit_code == 3
        assert "head -c 32 /dev/urandom > key" in caught.value.help


def test_two_secrets_have_two_marks_and_two_fingerprints() -> None:
    assert mark_of(SECRET) == mark_of(SECRET) != mark_of(OTHER)
    assert fingerprint(mark_of(SECRET)) != fingerprint(mark_of(OTHER))


def test_the_mark_is_what_openssl_expands_the_secret_to() -> None:
    # openssl kdf -keylen 8 -kdfopt digest:SHA256 -kdfopt mode:EXPAND_ONLY -kdfopt hexkey:000102...1f
    #   -kdfopt info:"harmonize cell-key fingerprint" HKDF
    assert mark_of(bytes(range(32))) == 0x225C396030DCD305
    assert fingerprint(mark_of(bytes(range(32)))) == "225c3960"
