"""Record keys: one a person, whatever the file; mappings that don't name persons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from harmonize.errors import FitError, HarmonizeError, UsageError
from harmonize.mapping import load_mapping
from harmonize.mapping.model import Design, Keys
from harmonize.protect.record_keys import record_keys, refuse_unnamed_persons
from tests.protect.test_siphash import plain

SECRET = bytes(range(32))
OTHER = bytes(range(1, 33))


def both(name: bytes) -> int:
    """The hashes with both halves of the secret as one."""
    first, second = plain(name, SECRET[:16]), plain(name, SECRET[16:])
    return ((first << 32 | first >> 32) + second) % 2**64


def test_a_secret_of_two_equal_halves_still_tells_persons_apart():
    names = [[str(number) for number in range(100)]]
    assert len(set(keys(names, None, secret=bytes(32)))) == 100


def keys(
    household: list[list[str]], person: list[str] | None, sample: str = "A", secret: bytes = SECRET, first_row: int = 1
) -> list[int]:
    """Of rows whose household has these columns."""
    columns = [pl.Series(f"HH{i}", each, dtype=pl.String) for i, each in enumerate(household)]
    rows = len(household[0])
    persons = None if person is None else pl.Series("PERNUM", person, dtype=pl.String)
    needed = pl.Series([True] * rows)
    return record_keys(secret, pl.Series([sample] * rows), columns, persons, needed, first_row).tolist()


def test_it_is_the_hash_of_sample_household_and_person_with_both_halves_of_the_secret() -> None:
    name = b"A\x1f7:12\x1f3"
    expected = both(name)
    assert keys([["7"], ["12"]], ["3"]) == [expected % 2**32]


def test_numbers_are_numbers_however_a_file_writes_them() -> None:
    for household, person in (("0012", "3"), ("12.0", "03"), (" 12", "3.0"), ("12", " 3 ")):
        assert keys([["7"], [household]], [person]) == keys([["7"], ["12"]], ["3"])
    assert keys([["000"]], ["0"]) == keys([["0"]], ["0"])
    assert keys([["-012"]], ["1"]) == keys([["-12"]], ["1"]) != keys([["12"]], ["1"])
    assert keys([["12.5"]], ["1"]) != keys([["12"]], ["1"])


def test_the_joined_household_key_of_harmonised_files_is_the_same() -> None:
    assert keys([["07"], ["0012"], ["B 9"]], ["3"]) == keys([["07:0012:B 9"]], ["3"]) == keys([["7:12:B 9"]], ["3"])


def test_persons_households_samples_and_secrets_differ() -> None:
    same = keys([["1"]], ["1"])
    different = [
        keys([["1"]], ["2"]), keys([["2"]], ["1"]), keys([["1"]], ["1"], sample="B"), keys([["1"]], ["1"], secret=OTHER)
    ]  # fmt: skip
    assert len({key for each in (same, *different) for key in each}) == 5
    assert keys([["1"]], ["11"]) != keys([["11"]], ["1"])


def test_every_bit_of_the_secret_counts() -> None:
    found = {tuple(keys([["1", "2"]], ["1", "1"], secret=flipped)) for flipped in map(flip, range(256))}
    assert len(found | {tuple(keys([["1", "2"]], ["1", "1"]))}) == 257


def flip(bit: int) -> bytes:
    return (int.from_bytes(SECRET, "big") ^ 1 << bit).to_bytes(32, "big")


def test_keys_are_spread_evenly() -> None:
    rows = 200_000
    numbers = [str(i) for i in range(rows)]
    found = np.array(keys([numbers], ["1"] * rows), np.uint32)
    for shift in (0, 8, 16, 24):  # chi-squared of 255 df is above 348 once in 10,000
        met = np.bincount(found >> np.uint32(shift) & np.uint32(255), minlength=256)
        assert ((met - rows / 256) ** 2 / (rows / 256)).sum() < 348


def test_a_dwelling_is_named_by_its_household_alone() -> None:
    name = b"A\x1f1\x1f"
    assert keys([["01"]], None) == [both(name) % 2**32]
    assert keys([["1"]], None) != keys([["2"]], None)


def test_a_blank_person_key_is_refused_with_its_row() -> None:
    with pytest.raises(FitError, match=r"PERNUM is blank in row 1,002,.*cell-key") as caught:
        keys([["1", "1"]], ["1", " "], first_row=1001)
    assert "--protect suppress" in caught.value.help


def test_a_row_that_counts_nowhere_may_be_blank() -> None:
    household, person = pl.Series("H", ["1", "1"]), pl.Series("P", ["1", None])
    found = record_keys(SECRET, pl.Series(["A", "A"]), [household], person, pl.Series([True, False]), 1)
    assert found[0] == keys([["1"]], ["1"])[0]


@pytest.mark.parametrize(
    ("named", "lacks"),
    [(Keys(), "keys.household and keys.person"), (Keys(household=("H",)), "no keys.person")],
)
def test_a_mapping_that_does_not_name_persons_is_refused(named: Keys, lacks: str) -> None:
    mapping = replace(load_mapping("ipums/international"), keys=named)
    with pytest.raises(UsageError, match=lacks) as caught:
        refuse_unnamed_persons(mapping)
    assert "--protect suppress" in caught.value.help
    assert mapping.id in str(caught.value)


def test_a_mapping_that_names_persons_or_dwellings_is_taken() -> None:
    mapping = load_mapping("ipums/international")
    refuse_unnamed_persons(mapping)
    dwellings = replace(mapping, keys=Keys(household=("H",)), design=Design(size="PERSONS"))
    refuse_unnamed_persons(dwellings)
    with pytest.raises(HarmonizeError):
        refuse_unnamed_persons(replace(dwellings, keys=Keys()))
