"""A hierarchical file as pieces of persons' rows in UTF-8, each with its household, checked before it is given."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np

from harmonize.errors import DataFileError, FitError, HarmonizeError
from harmonize.readers.blocks import Gauge, Piece, blocks, broken_off
from harmonize.readers.encoding import Recoder
from harmonize.readers.hierarchical import Hierarchy
from harmonize.readers.hierarchical_bytes import (
    AGAIN,
    BEGIN,
    FINE,
    HOUSEHOLD_LENGTH,
    LATEST,
    LINES,
    NEITHER,
    ORPHAN,
    OTHER_KEY,
    PART,
    PERSON_LENGTH,
    PERSONS,
    RECORDS,
    SIZE,
    WITHOUT,
    hierarchical_state,
    join_records,
)  # fmt: skip
from harmonize.readers.source import Vacant


def hierarchical_records(
    path: Path, layout: Hierarchy, codec: str, size: int, gauge: Gauge, vacant: Vacant
) -> Generator[Piece, None, None]:
    """All persons in pieces of up to about `size` bytes; `gauge` and `vacant` follow.

    Raises DataFileError (broken off, encoding, no person) and FitError: a record of another type or length,
    a person without a household or with the key of another, a household twice in a row.
    """
    shape = layout.shape
    reader = _Reader(path, layout, codec)
    # what is read is widened, as each person gets the household's record
    row = shape.person_length + shape.household_length + 1
    size = max(size * (shape.person_length + 1) // row, 1)
    pending = b""  # the start of a record that goes on in the next block
    for block in blocks(path, size, gauge):
        before = reader.persons
        end = block.data.rfind(b"\n") + 1
        rows = reader.take(pending + block.data[:end]) if end else b""
        pending = block.data[end:] if end else pending + block.data
        # one byte more may be the first of a line end of two
        if len(pending) > max(shape.household_length, shape.person_length) + 1:
            reader.take(pending + b"\n")
        if block.fault:
            raise broken_off(path, reader.records + 1, block.fault)
        if block.last:
            rows += reader.rest(pending)
        vacant.households = reader.without(block.last)
        yield Piece(rows, reader.persons - before, block.last)


class _Reader:
    """The records of one file so far. `take` is given whole lines, in their order."""

    def __init__(self, path: Path, layout: Hierarchy, codec: str) -> None:
        self.path, self.layout, self.codec = path, layout, codec
        self._state = hierarchical_state()
        self._latest = np.zeros(layout.shape.household_length, dtype=np.uint8)
        self._recoder = Recoder(codec, path)

    @property
    def records(self) -> int:
        return int(self._state[RECORDS])

    @property
    def persons(self) -> int:
        return int(self._state[PERSONS])

    def without(self, last: bool) -> int:
        """Households without a person; the latest is one only if it is the `last`."""
        return int(self._state[WITHOUT]) + (last and int(self._state[LATEST]) == 1)

    def take(self, lines: bytes) -> bytes:
        """The rows of their persons. Raises DataFileError and FitError for the first line that does not fit."""
        shape, state = self.layout.shape, self._state
        width = shape.person_length + shape.household_length + 1
        rows = np.empty((len(lines) // (shape.person_length + 1) + 1) * width, dtype=np.uint8)
        before = self.persons
        fault = join_records(np.frombuffer(lines, dtype=np.uint8), shape, self._latest, rows, state)
        self._recoder.take(lines if fault == FINE else lines[: state[BEGIN]])
        if fault != FINE:
            raise self._error(fault)
        text = rows[: (self.persons - before) * width].tobytes()
        # recoded after the records are joined: their positions are bytes of the file
        return text if self.codec == "utf-8" or text.isascii() else text.decode(self.codec).encode("utf-8")

    def rest(self, pending: bytes) -> bytes:
        """The row of a last record without a line end; the DOS end-of-file mark is not one."""
        shape, rows = self.layout.shape, b""
        if pending.removesuffix(b"\r") not in (b"", b"\x1a"):
            marks = {shape.household: shape.household_length, shape.person: shape.person_length}
            mark = pending[shape.type_at : shape.type_at + len(shape.person)]
            least = marks.get(mark, shape.type_at + len(shape.person))
            if self.records and len(pending) < least:
                what = f"the file ends in the middle (record {self.records + 1:,})"
                raise DataFileError(f"{self.path}: {what}", "download it again")
            rows = self.take(pending + b"\n")
        if not self.persons:
            raise DataFileError(f"{self.path}: the file has no person", "download or export it again")
        return rows

    def _error(self, fault: int) -> HarmonizeError:
        shape, state, layout = self.layout.shape, self._state, self.layout
        where = f"{self.path}:{state[LINES]}: record {self.records:,}"
        again = "a record was cut, joined or moved: download the file again"
        if self.records == 1:
            again = f"is {layout.book} its codebook?"
        if fault == NEITHER:
            return FitError(
                f"{where} is of neither type that is read, households (H) and persons (P), in {layout.told_by}",
                again if self.records == 1 else "ask for the extract again without other records, or as rectangular",
            )
        if fault in (HOUSEHOLD_LENGTH, PERSON_LENGTH):
            code, length = ("H", shape.household_length) if fault == HOUSEHOLD_LENGTH else ("P", shape.person_length)
            # how much longer depends on where a line that has no end is given up
            size = f"{state[SIZE]} bytes" if state[SIZE] < length else "longer"
            return FitError(f"{where} is {size}, the DDI says {length} bytes for records of type {code}", again)
        if fault == ORPHAN:
            return FitError(
                f"{where} is a person (P) before any household (H)",
                "the household's record stands before its persons', in the same file: was the file cut or sorted?",
            )
        if fault == OTHER_KEY:
            name = layout.shared[state[PART]]
            return FitError(
                f"{where} is a person (P) with another {name} than the household (H) before it",
                "persons follow their household: was the file cut or sorted? Download it again",
            )
        assert fault == AGAIN
        return FitError(
            f"{where} is the same household (H) as the one before it",
            f"a household needs one record: are {' + '.join(layout.identity)} its whole key?",
        )
