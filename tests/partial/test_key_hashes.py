"""Hashes of household keys go from machine to machine: they are fixed for good."""

from __future__ import annotations

import polars as pl

from harmonize.key_hashes import key_hashes


def hashed(text: str) -> int:
    """The same in plain Python."""
    most = 2**64 - 1
    now = 0xCBF29CE484222325
    for letter in text.encode():
        now = (now ^ letter) * 0x100000001B3 & most
        now ^= now >> 32
    now = (now ^ now >> 30) * 0xBF58476D1CE4E5B9 & most
    now = (now ^ now >> 27) * 0x94D049BB133111EB & most
    return now ^ now >> 31


def test_they_are_those_of_the_definition() -> None:
    keys = ["1", "2", "0001", "CHL_2001\x1f17", "", "à la ville", "x" * 300]
    assert key_hashes(pl.Series(keys)).tolist() == [hashed(key) for key in keys]


def test_they_stay_what_they_were() -> None:
    assert key_hashes(pl.Series(["CHL_2001\x1f17"])).tolist() == [17284437878827396196]


def test_none_of_a_million_keys_is_taken_for_another() -> None:
    numbers = pl.Series(range(1_000_000), dtype=pl.Int64).cast(pl.String)
    assert pl.Series(key_hashes(numbers)).n_unique() == 1_000_000
