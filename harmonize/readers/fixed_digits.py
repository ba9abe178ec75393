"""Numbers of fixed-width records, read where they stand, without a text made of each: see readers/written.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.ddi import CodebookVariable
from harmonize.readers.encoding import is_ascii
from harmonize.readers.written import FILLED, WIDEST, WIDEST_NAME

_TOGETHER = 1024  # records
_BLANK = np.iinfo(np.uint64).max
_MOST_DECIMALS = 22  # a float holds no higher power of ten exactly
_TENS = np.array([float(10**decimals) for decimals in range(_MOST_DECIMALS + 1)])


def numbers_of(text: bytes, variables: Mapping[str, CodebookVariable], wanted: AsNumbers) -> dict[str, pl.Series]:
    """Those of the wanted columns that are numbers in every record.

    Codes are packed: digits and spaces. Names are whole numbers, those filled with zeros as `written` knows them,
    amounts decimal numbers with their implied decimals, exact as far as a float is; blanks of both are null. text:
    whole records. variables: of all columns, no other is wanted.
    """
    records = records_of(text) if any(wanted) else None
    if records is None:
        return {}
    at = {name: (v.start or 0, v.width) for name, v in variables.items()}
    at = {name: place for name, place in at.items() if sum(place) < records.shape[1]}
    undivided = {name for name in at if not variables[name].decimals}
    codes = [name for name in sorted(wanted.codes & undivided) if variables[name].width <= WIDEST]
    found = {
        **dict(zip(codes, packed(records, [at[name] for name in codes]), strict=True)),
        **{name: whole(records, *at[name]) for name in wanted.names & undivided},
        **{name: amount(records, *at[name], variables[name].decimals) for name in wanted.amounts & at.keys()},
    }
    return {name: column.alias(name) for name, column in found.items() if column is not None}


def records_of(text: bytes) -> npt.NDArray[np.uint8] | None:
    """Lines of one length as (records, bytes with the line end); None where they are not, or not ASCII."""
    step = text.find(b"\n") + 1
    if not step or len(text) % step or not is_ascii(text):
        return None
    records = np.frombuffer(text, np.uint8).reshape(-1, step)
    return records if (records[:, -1] == ord("\n")).all() and (records[:, 0] != ord("\n")).all() else None


def packed(records: npt.NDArray[np.uint8], places: Sequence[tuple[int, int]]) -> list[pl.Series | None]:
    """The bytes at each place (start, width) of each record as Int32; None where one is neither a digit nor a space."""
    numbers, good = np.empty((len(places), len(records)), np.int32), np.ones(len(places), np.bool_)
    if places:
        _pack(records, np.array(places, np.int64), numbers, good)
    return [pl.Series(column) if all_are else None for column, all_are in zip(numbers, good, strict=True)]


def whole(records: npt.NDArray[np.uint8], start: int, width: int) -> pl.Series | None:
    """These bytes of each record as UInt64, null where blank; None where one is no number of few digits."""
    numbers = np.empty(len(records), np.uint64)
    if width > WIDEST_NAME or not _whole(records, start, width, numbers):
        return None
    blank = numbers == _BLANK
    return pl.Series(numbers).set(pl.Series(blank), None) if blank.any() else pl.Series(numbers)


def amount(records: npt.NDArray[np.uint8], start: int, width: int, decimals: int) -> pl.Series | None:
    """These bytes of each record as Float64, null where blank; None where one is no number that a float holds.

    decimals: implied where there is no point, as for text.implied_decimals.
    """
    numbers = np.empty(len(records), np.float64)
    if decimals > _MOST_DECIMALS or not _amount(records, start, width, decimals, _TENS, numbers):
        return None
    return pl.Series(numbers).fill_nan(None)


@njit(cache=True, nogil=True)
def _pack(records: Any, places: Any, numbers: Any, good: Any) -> None:
    """Fill numbers (places, records), and good (places) with false where a byte is anything else."""
    # all places of some records, before their bytes leave the cache, take half the time of each place of all records
    for low in range(0, records.shape[0], _TOGETHER):
        for at in range(places.shape[0]):
            start, end = places[at, 0], places[at, 0] + places[at, 1]
            fine = good[at]
            for r in range(low, min(low + _TOGETHER, records.shape[0])):
                number = 0
                for i in range(start, end):
                    byte = records[r, i]
                    if byte >= 48 and byte <= 57:
                        number = number * 11 + (byte - 47)
                    elif byte == 32:
                        number = number * 11
                    else:
                        fine = False
                numbers[at, r] = number
            good[at] = fine


@njit(cache=True, nogil=True)
def _whole(records: Any, start: int, width: int, numbers: Any) -> bool:
    for r in range(records.shape[0]):
        number, digits, first, ended = 0, 0, 0, False
        for i in range(start, start + width):
            byte = records[r, i]
            if byte >= 48 and byte <= 57 and not ended:
                first = byte if digits == 0 else first
                number = number * 10 + (byte - 48)
                digits += 1
                if number >= FILLED:
                    return False
            elif byte == 32:
                ended = digits > 0
            else:
                return False
        if first == 48 and digits > 1:
            number += digits * FILLED
        numbers[r] = np.uint64(number) if digits > 0 else _BLANK
    return True


@njit(cache=True, nogil=True)
def _amount(records: Any, start: int, width: int, decimals: int, tens: Any, numbers: Any) -> bool:
    for r in range(records.shape[0]):
        number, digits, point, minus, ended = 0, 0, -1, False, False
        for i in range(start, start + width):
            byte = records[r, i]
            begun = digits > 0 or point >= 0 or minus
            if byte == 32:
                ended = begun
            elif ended:
                return False
            elif byte >= 48 and byte <= 57:
                number = number * 10 + (byte - 48)
                digits += 1
                if number >= FILLED:
                    return False
            elif byte == 46 and point < 0:
                point = digits
            elif byte == 45 and not begun:
                minus = True
            else:
                return False
        after = decimals if point < 0 else digits - point
        if (digits == 0 and (minus or point >= 0)) or (minus and number == 0) or after >= tens.shape[0]:
            return False
        numbers[r] = (-number if minus else number) / tens[after] if digits > 0 else np.nan
    return True
