"""A csv file as pieces of whole rows in UTF-8, each checked before it is given.

polars fills short rows and cuts long ones in silence, so the fields of each row are counted here.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np

from harmonize.errors import DataFileError, FitError
from harmonize.readers.blocks import Gauge, Piece, blocks, broken_off
from harmonize.readers.byte_checks import (
    BAD,
    BLANK_LINE,
    END,
    FIELDS,
    OPEN,
    QUOTED,
    ROW_LINE,
    ROWS,
    USED,
    WANTED,
    State,
    csv_block,
    csv_state,
)  # fmt: skip
from harmonize.readers.encoding import Recoder

# no row is longer: a quote that is never closed would bring the whole file into memory
LONGEST_ROW = 64 << 20
_MARK = b"\xef\xbb\xbf"


def csv_rows(path: Path, codec: str, separator: str, size: int, gauge: Gauge) -> Generator[Piece, None, None]:
    """The header alone, then all rows in pieces of about `size` bytes; `gauge` follows.

    Raises DataFileError (broken off, encoding, no rows) and FitError (a row with other fields, a blank line).
    """
    state = csv_state()
    recoder = Recoder(codec, path)
    pending = b""  # what follows the last whole row so far
    whole = False  # the header was given
    for block in blocks(path, size, gauge):
        text = recoder.take(block.data, block.last and not block.fault)
        if not whole:
            pending += text
            end = header_end(pending.removeprefix(_MARK), block.last and not block.fault)
            if not end:
                if block.fault:
                    raise broken_off(path, 1, block.fault)
                if block.last:
                    raise DataFileError(f"{path}: the file is empty", "download or export it again")
                if len(pending) > LONGEST_ROW:
                    raise DataFileError(f"{path}:1: the header cannot be read: is a quote not closed?")
                continue
            text = pending.removeprefix(_MARK)
            header, text, pending = text[:end], text[end:], b""
            whole = True
            _take(header if header.endswith(b"\n") else header + b"\n", separator, state, path)
            yield Piece(header, 0, False)
        before = int(state[ROWS])
        _take(text, separator, state, path)
        end = int(state[END])
        ready = (pending, memoryview(text)[:end]) if end else ()
        pending = text[end:] if end else pending + text
        if state[BLANK_LINE]:
            pending = b""  # empty lines, or a row after them, which is an error when it ends
        if block.fault:
            raise broken_off(path, max(int(state[ROWS]), 1), block.fault)
        if block.last:
            ready = (*ready, _rest(pending, separator, state, path))
        elif len(pending) > LONGEST_ROW:
            raise _open_quote(path, state)
        yield Piece(_joined(ready), int(state[ROWS]) - before, block.last)


def header_end(text: bytes, last: bool) -> int:
    """Where the header's line ends, its quoted line breaks passed; 0 if that is not in `text`."""
    end = text.find(b"\n") + 1
    while end and text.count(b'"', 0, end) % 2:
        end = text.find(b"\n", end) + 1
    return len(text) if last and not end else end


def _joined(parts: Sequence[bytes | memoryview]) -> memoryview:
    """The parts one after another. bytes.join holds up all threads while it copies."""
    joined, at = np.empty(sum(map(len, parts)), np.uint8), 0
    for part in parts:
        joined[at : at + len(part)] = np.frombuffer(part, np.uint8)
        at += len(part)
    return joined.data


def _take(text: bytes, separator: str, state: State, path: Path) -> None:
    """Check the next piece of the file. Raises FitError for the first row that does not fit."""
    if not csv_block(np.frombuffer(text, dtype=np.uint8), ord(separator), state):
        return
    if state[BAD] == 2:
        raise FitError(f"{path}:{state[BLANK_LINE]}: the line is empty", "remove it, or export the file again")
    if state[BAD] == 3:
        raise _open_quote(path, state)
    raise FitError(
        f"{path}:{state[ROW_LINE]}: the row has {state[FIELDS]} fields, the header {state[WANTED]}",
        "a separator inside a text must be in quotes: export the file again, or mend the row",
    )


def _rest(pending: bytes, separator: str, state: State, path: Path) -> bytes:
    """The last row where it has no line end, else nothing. Raises if it is cut, or if there was no row at all."""
    if state[QUOTED] or state[OPEN]:
        raise _open_quote(path, state)
    used = bool(state[USED])
    if used:
        if state[FIELDS] < state[WANTED]:
            raise DataFileError(f"{path}: the file ends in the middle (record {state[ROWS]:,})", "download it again")
        _take(b"\n", separator, state, path)
    if state[ROWS] < 2:
        raise DataFileError(f"{path}: the file has a header and no rows", "download or export it again")
    return pending if used else b""


def _open_quote(path: Path, state: State) -> FitError:
    return FitError(f"{path}:{state[ROW_LINE]}: a quote in this row is not closed", "close it, or export again")
