"""Ranges of a large data file, each a file of its own: cut where a household ends, so that it is read by itself.

A text file is cut at the end of a row, in bytes behind its header; a Parquet file on a disk in rows. gzip and the files
of statistical packages are not cut: what is in their middle is not found without reading all before it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

import polars as pl

from harmonize.readers.blocks import BLOCK
from harmonize.readers.csv_rows import LONGEST_ROW, header_end
from harmonize.readers.extract import Extract
from harmonize.readers.formats import suffix_of
from harmonize.readers.runs import run_starts
from harmonize.remote import name_of, opened

_FIRST = 1 << 20  # bytes of rows that tell what a file is like
_NEAR = (1 << 16, 1 << 19, 1 << 22)  # bytes in which the end of a household is looked for, one after another
_ROWS = 2_000  # rows of a Parquet file for the same
_QUOTE, _LINE = b'"', b"\n"


@dataclass(frozen=True)
class Range:
    """start, end: bytes behind the header of a text file, or rows of a Parquet file."""

    start: int
    end: int


class Cutting:
    """A file that can be cut. Raises NotCut for any other.

    quoted: line ends within quotes end no row. header: the bytes before the rows.
    """

    def __init__(self, place: Path | str) -> None:
        """place: the path of the file, or its URL, of which no more is fetched than is asked for."""
        self.place, self.suffix = place, suffix_of(Path(name_of(place)))
        self.header = b""
        self.quoted = self.suffix == ".csv"
        if self.suffix == ".parquet":
            self.size = int(self._table().select(pl.len()).collect().item())
            return
        with self._open() as file:
            start = file.read(_FIRST)
            whole = file.seek(0, io.SEEK_END)
        if self.suffix not in (".csv", ".dat") or start[:2] == b"\x1f\x8b" or b"\0" in start:
            raise NotCut
        if self.quoted:
            self.header = start[: header_end(start, False)]
        self.size = whole - len(self.header)

    def start(self) -> Range:
        """A range of the first rows."""
        return next(self._near(0))

    def ranges(
        self, count: int, key: Sequence[str], open_range: Callable[[Range], AbstractContextManager[Extract]]
    ) -> list[Range]:
        """About `count` ranges, all of the file together, each of whole households.

        key: the columns that tell households apart, none where each row is one. open_range: opens the extract that
        a range of this file is.
        """
        cuts = [0]
        for cut in self._row_ends([self.size * part // count for part in range(1, count)]):
            end = self._household_end(cut, key, open_range) if key else cut
            if end is not None and cuts[-1] < end < self.size:
                cuts.append(end)
        return [Range(start, end) for start, end in zip(cuts, [*cuts[1:], self.size], strict=True)]

    def write(self, rows: Range, target: Path) -> None:
        """Write the rows of a range as a file of the same format."""
        if self.suffix == ".parquet":
            self._table().slice(rows.start, rows.end - rows.start).sink_parquet(target, compression="lz4")
            return
        with target.open("wb") as out:
            out.write(self.header)
            for block in self._bytes(rows.start, rows.end):
                out.write(block)

    def _open(self) -> AbstractContextManager[IO[bytes]]:
        return opened(self.place) if isinstance(self.place, str) else self.place.open("rb")

    def _table(self) -> pl.LazyFrame:
        if isinstance(self.place, str):
            raise NotCut
        return pl.scan_parquet(self.place, glob=False, hive_partitioning=False)

    def _bytes(self, start: int, end: int) -> Iterator[bytes]:
        with self._open() as file:
            file.seek(len(self.header) + start)
            while start < end and (block := file.read(min(BLOCK, end - start))):
                start += len(block)
                yield block

    def _row_ends(self, places: Sequence[int]) -> list[int]:
        """The first end of a row at or behind each of these places, ascending."""
        if self.suffix == ".parquet":
            return list(places)
        if self.quoted:
            return list(_ends_of_rows(self._bytes(0, self.size), places))
        found = (next(_ends_of_rows(self._bytes(place, self.size), [0]), None) for place in places)
        return [place + end for place, end in zip(places, found, strict=True) if end is not None]

    def _household_end(
        self, cut: int, key: Sequence[str], open_range: Callable[[Range], AbstractContextManager[Extract]]
    ) -> int | None:
        """The first end of a household behind the end of a row; None where none is near."""
        for near in self._near(cut):
            with open_range(near) as extract:
                frame = next(extract.person_frames(list(key), LONGEST_ROW))
            first = run_starts(frame, key)
            if len(first) > 1:
                return self._behind(near, int(first[1]), frame.height)
        return None

    def _near(self, cut: int) -> Iterator[Range]:
        """Ranges of whole rows from the end of a row on, each larger than the one before."""
        if self.suffix == ".parquet":
            yield Range(cut, min(cut + _ROWS, self.size))
            return
        for length in _NEAR:
            rows = b"".join(self._bytes(cut, cut + length))
            if cut + len(rows) == self.size:
                yield Range(cut, self.size)
                return
            if ends := _rows(rows, quoted=self.quoted):
                yield Range(cut, cut + ends[-1])

    def _behind(self, near: Range, row: int, rows: int) -> int:
        """Where a row of a range begins. rows: how many it has."""
        if self.suffix == ".parquet":
            return near.start + row
        text = b"".join(self._bytes(near.start, near.end))
        starts = [0, *_rows(text, quoted=self.quoted)]
        used = [start for start, end in pairwise([*starts, len(text)]) if text[start:end].strip()]
        if len(used) != rows:
            raise NotCut
        return near.start + used[row]


class NotCut(Exception):
    """The file is read from its start to its end alone."""


def _ends_of_rows(blocks: Iterator[bytes], places: Sequence[int]) -> Iterator[int]:
    """The first end of a row at or behind each place, in one reading; a place behind the last row end has none.

    Between an odd quote and the next no row ends: a quote within quotes is written twice.
    """
    wanted = iter(places)
    place = next(wanted, None)
    begin, odd = 0, False
    for block in blocks:
        at = 0  # what of the block was looked at for quotes
        while place is not None and (behind := max(place - begin, at)) < len(block):
            odd ^= block.count(_QUOTE, at, behind) % 2 == 1
            at = behind
            while end := block.find(_LINE, at) + 1:
                odd ^= block.count(_QUOTE, at, end) % 2 == 1
                at = end
                if not odd:
                    break
            if not end:
                break  # it goes on in the next block
            yield begin + end
            place = next(wanted, None)
        if place is None:
            return
        odd ^= block.count(_QUOTE, at) % 2 == 1
        begin += len(block)


def _rows(text: bytes, *, quoted: bool) -> list[int]:
    """Where each row of a text ends that has its end, from the start of a row on."""
    found: list[int] = []
    at, quotes = 0, 0
    while end := text.find(_LINE, at) + 1:
        quotes += text.count(_QUOTE, at, end) if quoted else 0
        at = end
        if quotes % 2 == 0:
            found.append(end)
    return found
