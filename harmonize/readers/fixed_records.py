"""A fixed-width file as pieces of whole records in UTF-8, each checked before it is given."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np

from harmonize.errors import DataFileError, FitError
from harmonize.readers.blocks import Gauge, Piece, blocks, broken_off
from harmonize.readers.byte_checks import BAD_LENGTH, LENGTH, LINES, RECORDS, State, fixed_block, fixed_state
from harmonize.readers.ddi import Codebook
from harmonize.readers.encoding import Recoder


def fixed_records(path: Path, codebook: Codebook, codec: str, size: int, gauge: Gauge) -> Generator[Piece, None, None]:
    """All records in pieces of about `size` bytes; `gauge` follows. There may be empty lines among them.

    Raises DataFileError (broken off, encoding, no record) and FitError (a record of another length).
    """
    state = fixed_state(codebook.record_length)
    recoder = Recoder(codec, path)
    pending = b""  # the start of a record that goes on in the next block
    for block in blocks(path, size, gauge):
        before = int(state[RECORDS])
        if fixed_block(np.frombuffer(block.data, dtype=np.uint8), state):
            raise _wrong_length(path, codebook, int(state[BAD_LENGTH]), int(state[LINES]), int(state[RECORDS]))
        end = block.data.rfind(b"\n") + 1
        whole = b"".join((pending, memoryview(block.data)[:end])) if end else b""
        pending = block.data[end:] if end else pending + block.data
        if state[LENGTH] > codebook.record_length + 1:
            pending = b""  # an error once its length is known, and what has no line ends may be a large file
        if block.fault:
            raise broken_off(path, int(state[RECORDS]) + 1, block.fault)
        if block.last:
            whole += _rest(pending, path, codebook, state)
        yield Piece(recoder.take(whole, block.last), int(state[RECORDS]) - before, block.last)


def _rest(pending: bytes, path: Path, codebook: Codebook, state: State) -> bytes:
    """The last record where it has no line end; the DOS end-of-file mark is not one. Raises if there is none."""
    records, left = int(state[RECORDS]), int(state[LENGTH])
    if left > 1:
        if records and left < codebook.record_length:
            raise DataFileError(f"{path}: the file ends in the middle (record {records + 1:,})", "download it again")
        if fixed_block(np.frombuffer(b"\n", dtype=np.uint8), state):
            raise _wrong_length(path, codebook, int(state[BAD_LENGTH]), int(state[LINES]), records + 1)
        return pending
    if not records:
        raise DataFileError(f"{path}: the file has no record", "download or export it again")
    return b""


def _wrong_length(path: Path, codebook: Codebook, length: int, line: int, record: int) -> FitError:
    which = "records are" if record == 1 else f"record {record:,} is"
    at = "" if record == 1 else f":{line}"
    if record == 1:
        what = f"is {codebook.path.name} its codebook?"
    else:
        what = "a record was cut or joined: download the file again"
    return FitError(f"{path}{at}: {which} {length} bytes, the DDI says {codebook.record_length}", what)
