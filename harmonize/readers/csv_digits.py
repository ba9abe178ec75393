"""Codes of a csv file as packed digits, without a text made of each: see readers/written.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numba import njit

from harmonize.readers.written import WIDEST


def packed_fields(text: bytes, rows: int, names: Sequence[str], wanted: Sequence[str], mark: str) -> list[pl.Series]:
    """Those of the wanted columns that are digits and spaces in each of so many rows, packed.

    text: rows that were checked (byte_checks.csv_block). names: of all columns. mark: between two fields.
    """
    slots = np.full(len(names), -1, np.int64)
    for slot, name in enumerate(wanted):
        slots[names.index(name)] = slot
    numbers, whole = np.empty((len(wanted), rows), np.int32), np.ones(len(wanted), np.bool_)
    if not wanted or _pack(np.frombuffer(text, np.uint8), ord(mark), slots, numbers, whole) != rows:
        return []
    return [pl.Series(name, numbers[slot]) for slot, name in enumerate(wanted) if whole[slot]]


@njit(cache=True, nogil=True)
def _pack(text: Any, mark: int, slots: Any, numbers: Any, whole: Any) -> int:
    """Fill numbers (wanted, rows), and whole (wanted) with false where a field is anything else. Returns the rows met.

    A field in quotes is something else, and so is one that is empty in a last row without line end.
    """
    row, field, slot = 0, 0, slots[0]
    number, length, digits = 0, 0, True
    opened = inside = False  # the field begins with a quote; the quote is not closed
    for at in range(len(text) + 1):
        byte = text[at] if at < len(text) else (10 if field or length else 0)
        if (byte == mark or byte == 10) and not inside:
            if row == numbers.shape[1]:
                return row + 1
            if slot >= 0:
                numbers[slot, row] = number
                if not digits or length > WIDEST:
                    whole[slot] = False
            row, field = (row + 1, 0) if byte == 10 else (row, field + 1)
            slot = slots[field] if field < slots.shape[0] else -1
            number, length, digits, opened = 0, 0, True, False
            continue
        if byte >= 48 and byte <= 57:
            number = number * 11 + (byte - 47)
        elif byte == 32:
            number = number * 11
        elif byte == 34 and (opened or length == 0):
            opened, inside, digits = True, not inside, False
        elif byte != 13 or at + 1 == len(text) or text[at + 1] != 10:
            digits = False
        length += byte != 13
    return row
