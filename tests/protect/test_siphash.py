"""SipHash-2-4 gives what its authors publish, and what a plain reading of their paper gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.protect.siphash import siphashes

KEY = bytes(range(16))
# vectors_sip64 of the authors' reference implementation: of the bytes 0, 1, 2, ... as many as the place says
PUBLISHED = {
    0: "310e0edd47db6f72", 1: "fd67dc93c539f874", 2: "5a4fa9d909806c0d", 7: "37d1018bf50002ab", 8: "6224939a79f5f593",
    15: "e545be4961ca29a1",
}  # fmt: skip


def hashes(texts: list[bytes], key: bytes = KEY) -> list[int]:
    letters = np.frombuffer(b"".join(texts), np.uint8)
    return siphashes(key, letters, np.cumsum([len(text) for text in texts]).astype(np.int64)).tolist()


def plain(text: bytes, key: bytes) -> int:
    """The paper's section 2, one word after another."""
    low = 2**64 - 1

    def turned(x: int, by: int) -> int:
        return (x << by | x >> (64 - by)) & low

    def rounds(v: list[int], times: int) -> None:
        for _ in range(times):
            v[0] = v[0] + v[1] & low
            v[2] = v[2] + v[3] & low
            v[1], v[3] = turned(v[1], 13) ^ v[0], turned(v[3], 16) ^ v[2]
            v[0] = turned(v[0], 32)
            v[2] = v[2] + v[1] & low
            v[0] = v[0] + v[3] & low
            v[1], v[3] = turned(v[1], 17) ^ v[2], turned(v[3], 21) ^ v[0]
            v[2] = turned(v[2], 32)

    halves = [int.from_bytes(key[at : at + 8], "little") for at in (0, 8)]
    start = b"somepseudorandomlygeneratedbytes"
    v = [halves[i % 2] ^ int.from_bytes(start[8 * i : 8 * i + 8], "big") for i in range(4)]
    padded = text + bytes(7 - len(text) % 8) + bytes([len(text) % 256])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= word
        rounds(v, 2)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


@pytest.mark.parametrize("length", PUBLISHED)
def test_the_authors_vectors(length: int) -> None:
    expected = int.from_bytes(bytes.fromhex(PUBLISHED[length]), "little")
    assert hashes([bytes(range(length))]) == [expected]
    assert plain(bytes(range(length)), KEY) == expected


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8), st.binary(min_size=16, max_size=16))
def test_many_texts_at_once_have_the_hashes_of_each_alone(texts: list[bytes], key: bytes) -> None:
    assert hashes(texts, key) == [plain(text, key) for text in texts]
