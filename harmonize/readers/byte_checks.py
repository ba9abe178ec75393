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
FIELDS, QUOTED, LINE, ROWS, WANTED, USED, ROW_LINE, BLANK_LINE, BAD, END, BEGUN, IN_QUOTES, OPEN = range(13)


def fixed_state(expected: int) -> State:
    """A state for `fixed_block`: records of `expected` bytes without their line end."""
    state = np.zeros(6, dtype=np.int64)
    state[EXPECTED] = expected
    return state


def csv_state() -> State:
    """A state for `csv_block`: the first row, the header, sets the number of fields."""
    state = np.zeros(13, dtype=np.int64)
    state[FIELDS] = state[LINE] = state[ROW_LINE] = 1
    return state


@njit(cache=True, nogil=True)
def ascii_lines(block: Bytes) -> int:
    """How many line ends a block of ASCII has, -1 of any other. bytes.count and isascii hold up all threads."""
    lines, above = 0, np.uint8(0)
    for byte in block:
        lines += byte == 10
        above |= byte
    return lines if above < 128 else -1


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
    hold a separator together only in a field that starts with one (OPEN), and a line end after any (QUOTED).
    BAD is 1 for the number of fields, 2 for an empty line among the rows, 3 where the two differ at a line end:
    there is a single quote in a field that does not start with it.
    """
    fields, quoted, line, rows, wanted, used, row_line, blank_line, bad, _, begun, in_quotes, opened = state
    end = 0
    for at in range(len(block)):
        byte = block[at]
        if byte > 34 and byte != separator:  # most bytes
            used = begun = 1
        elif byte == 34:
            quoted, used = 1 - quoted, 1
            if begun == 0:
                begun = in_quotes = opened = 1
            elif in_quotes == 1:
                opened = 1 - opened
        elif byte == 10:
            if quoted != opened:
                bad = 3
                break
            if quoted == 1:
                line += 1
                continue
            if used == 0 and wanted != 1:
                if blank_line == 0:
                    blank_line = row_line
            else:
                if blank_line > 0:
                    bad = 2
                    break
                if wanted == 0:
                    wanted = fields
                elif fields != wanted:
                    bad = 1
                    break
                rows += 1
                end = at + 1
            line += 1
            row_line, fields = line, 1
            used = begun = in_quotes = 0
        elif byte != 13:
            used = 1
            if byte == separator and opened == 0:
                fields += 1
                begun = in_quotes = 0
            else:
                begun = 1
    state[:] = (fields, quoted, line, rows, wanted, used, row_line, blank_line, bad, end, begun, in_quotes, opened)
    return bool(bad != 0)
