"""Compiled checks over blocks of bytes: records of a fixed length, rows with one number of fields.

polars fills short csv rows with empty cells and drops surplus ones in silence, and takes records of any
length; a shifted column would be counted as if it were right. Each check keeps its state between blocks.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
State = npt.NDArray[np.int64]

# fixed width: slots of the state
LENGTH, LINES, RECORDS, LAST_CR, EXPECTED, BAD_LENGTH = range(6)
# csv: slots of the state
FIELDS, QUOTED, LINE, ROWS, WANTED, USED, ROW_LINE, BLANK_LINE, BAD, END, BEGUN, IN_QUOTES = range(12)


def fixed_state(expected: int) -> State:
    """A state for `fixed_block`: records of `expected` bytes without their line end."""
    state = np.zeros(6, dtype=np.int64)
    state[EXPECTED] = expected
    return state


def csv_state() -> State:
    """A state for `csv_block`: the first row, the header, sets the number of fields."""
    state = np.zeros(12, dtype=np.int64)
    state[FIELDS] = state[LINE] = state[ROW_LINE] = 1
    return state


@njit(cache=True, nogil=True)
def fixed_block(block: Bytes, state: State) -> bool:
    """Take one block; True if a record of another length ended in it. Empty lines are not records."""
    length, last_cr, expected, at = state[LENGTH], state[LAST_CR], state[EXPECTED], 0
    while at < len(block):
        # most lines are records and no more, and that none ends within is seen at once for many bytes
        end = at + expected
        if length == 0 and at < end < len(block) and block[end] == 10 and block[end - 1] != 13:
            ends = 0
            for byte in block[at:end]:
                ends += byte == 10
            if ends == 0:
                state[LINES] += 1
                state[RECORDS] += 1
                at = end + 1
                continue
        byte = block[at]
        at += 1
        if byte == 10:
            size = length - last_cr
            state[LINES] += 1
            if size > 0:
                state[RECORDS] += 1
                if size != expected:
                    state[BAD_LENGTH] = size
                    return True
            length = 0
            last_cr = 0
        else:
            length += 1
            last_cr = 1 if byte == 13 else 0
    state[LENGTH] = length
    state[LAST_CR] = last_cr
    return False


@njit(cache=True, nogil=True)
def csv_block(block: Bytes, separator: int, state: State) -> bool:
    """Take one block; True if a row with another number of fields, or one after an empty line, ended in it.

    ROWS counts the rows with their header; empty lines count in a file of one column alone, where they are
    missing cells. END is where the last whole row of the block ends, 0 if none does. As for polars, quotes
    hold a separator together only in a field that starts with one. BAD is 1 for the number of fields, 2 for
    an empty line among the rows, 3 for a single quote in a field that does not start with it.
    """
    state[END] = 0
    for at in range(len(block)):
        byte = block[at]
        if byte == 34:
            state[QUOTED] = 1 - state[QUOTED]
            state[USED] = 1
            if state[BEGUN] == 0:
                state[BEGUN] = state[IN_QUOTES] = 1
        elif byte == 10:
            if state[QUOTED] == 1:
                if state[IN_QUOTES] == 0:
                    state[BAD] = 3
                    return True
                state[LINE] += 1
                continue
            if state[USED] == 0 and state[WANTED] != 1:
                if state[BLANK_LINE] == 0:
                    state[BLANK_LINE] = state[ROW_LINE]
            else:
                if state[BLANK_LINE] > 0:
                    state[BAD] = 2
                    return True
                if state[WANTED] == 0:
                    state[WANTED] = state[FIELDS]
                elif state[FIELDS] != state[WANTED]:
                    state[BAD] = 1
                    return True
                state[ROWS] += 1
                state[END] = at + 1
            state[LINE] += 1
            state[ROW_LINE] = state[LINE]
            state[FIELDS] = 1
            state[USED] = state[BEGUN] = state[IN_QUOTES] = 0
        elif byte != 13:
            state[USED] = 1
            if byte == separator and (state[QUOTED] == 0 or state[IN_QUOTES] == 0):
                state[FIELDS] += 1
                state[BEGUN] = state[IN_QUOTES] = 0
            else:
                state[BEGUN] = 1
    return False
