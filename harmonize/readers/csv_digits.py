"""Numbers of a csv file, read where they stand, without a text made of each: see readers/written.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numba import njit

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.written import WIDEST

_CODE, _NAME, _AMOUNT = range(3)
_LONGEST = 15  # digits of a number that a float holds exactly
_BLANK = np.iinfo(np.int64).min
_TENS = 10.0 ** np.arange(_LONGEST + 1)


def numbers_of(
    text: bytes | memoryview, rows: int, names: Sequence[str], wanted: AsNumbers, mark: str
) -> dict[str, pl.Series]:
    """Those of the wanted columns that are numbers in each of so many rows.

    Codes are packed: digits and spaces. Names are whole numbers without leading zeros, amounts decimal numbers, exact
    as far as a float is; blanks of both are null. text: rows that were checked (byte_checks.csv_block). names: of all
    columns, no other is wanted. mark: between two fields.
    """
    kinds = {name: kind for kind, some in enumerate(wanted) for name in some}
    columns = [name for name in names if name in kinds]
    slots, kind = np.full(len(names), -1, np.int64), np.array([kinds[name] for name in columns], np.int64)
    slots[[names.index(name) for name in columns]] = np.arange(len(columns))
    numbers, whole = np.empty((len(columns), rows), np.int64), np.ones(len(columns), np.bool_)
    tens = np.zeros((len(columns), rows if _AMOUNT in kind else 1), np.int8)
    if not columns or _read(np.frombuffer(text, np.uint8), ord(mark), slots, kind, numbers, tens, whole) != rows:
        return {}
    return {
        name: _series(name, kinds[name], numbers[slot], tens[slot]) for slot, name in enumerate(columns) if whole[slot]
    }


def _series(name: str, kind: int, numbers: Any, tens: Any) -> pl.Series:
    if kind == _CODE:
        return pl.Series(name, numbers.astype(np.int32))
    blank = numbers == _BLANK
    found = pl.Series(name, numbers if kind == _NAME else numbers / _TENS[tens])
    return found.set(pl.Series(blank), None) if blank.any() else found


@njit(cache=True, nogil=True)
def _read(text: Any, mark: int, slots: Any, kinds: Any, numbers: Any, tens: Any, whole: Any) -> int:
    """Fill numbers (wanted, rows), and whole (wanted) with false where a field is anything else. Returns the rows met.

    tens: (wanted, rows) decimals of amounts. A field in quotes is something else, and so is one that is empty in a last
    row without line end.
    """
    row, field, slot = 0, 0, slots[0]
    kind = kinds[slot] if slot >= 0 else _CODE
    number, length, digits, first, point, good = 0, 0, 0, 0, -1, True
    opened = inside = minus = False  # the field begins with a quote; the quote is not closed; a minus before the number
    at = -1
    while at < len(text):
        at += 1
        if length == 0 and good and row < numbers.shape[1]:  # a field begins: most are digits, or not wanted
            end, value = at, 0
            if slot < 0:
                while end < len(text) and text[end] != mark and text[end] != 10 and text[end] != 34:
                    end += 1
                plain = True
            else:
                base, least = (11, 47) if kind == _CODE else (10, 48)
                while end < len(text) and 48 <= text[end] <= 57:
                    value = value * base + (text[end] - least)
                    end += 1
                width, places = end - at, 0
                if kind == _AMOUNT and end < len(text) and text[end] == 46 and mark != 46:
                    end += 1
                    while end < len(text) and 48 <= text[end] <= 57:
                        value = value * 10 + (text[end] - 48)
                        end, places = end + 1, places + 1
                if kind == _CODE:
                    plain = 0 < width <= WIDEST
                elif kind == _NAME:
                    plain = 0 < width <= _LONGEST and (text[at] != 48 or width == 1)
                else:
                    plain = 0 < width + places <= _LONGEST
            if plain and end < len(text) and (text[end] == mark or text[end] == 10):
                if slot >= 0:
                    numbers[slot, row] = value
                    if kind == _AMOUNT:
                        tens[slot, row] = places
                row, field = (row + 1, 0) if text[end] == 10 else (row, field + 1)
                slot = slots[field] if field < slots.shape[0] else -1
                kind = kinds[slot] if slot >= 0 else _CODE
                at = end
                continue
        byte = text[at] if at < len(text) else (10 if field or length else 0)
        if (byte == mark or byte == 10) and not inside:
            if row == numbers.shape[1]:
                return row + 1
            if slot >= 0:
                if kind == _CODE:
                    good &= length <= WIDEST
                elif length == 0:
                    number = _BLANK
                elif kind == _NAME:
                    good &= digits <= _LONGEST and (first != 48 or digits == 1) and point < 0 and not minus
                else:
                    good &= 0 < digits <= _LONGEST
                    tens[slot, row] = digits - point if point >= 0 and good else 0
                    number = -number if minus else number
                numbers[slot, row] = number
                whole[slot] &= good
            row, field = (row + 1, 0) if byte == 10 else (row, field + 1)
            slot = slots[field] if field < slots.shape[0] else -1
            kind = kinds[slot] if slot >= 0 else _CODE
            number, length, digits, first, point, good = 0, 0, 0, 0, -1, True
            opened = minus = False
            continue
        if byte >= 48 and byte <= 57:
            if digits == 0:
                first = byte
            number = number * 11 + (byte - 47) if kind == _CODE else number * 10 + (byte - 48)
            digits += 1
        elif byte == 32 and kind == _CODE:
            number = number * 11
        elif byte == 46 and kind == _AMOUNT and point < 0:
            point = digits
        elif byte == 45 and length == 0 and kind == _AMOUNT:
            minus = True
        elif byte == 34 and (opened or length == 0):
            opened, inside, good = True, not inside, False
        elif byte != 13 or at + 1 == len(text) or text[at + 1] != 10:
            good = False
        length += byte != 13
    return row
