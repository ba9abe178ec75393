"""A state's rows part by part: in memory, or written to temporary files when they grow too many.

A *run* is what one spill wrote, sorted by part. To read a range of parts, the runs' rows of it are read
and those of one key added: all are sums of whole numbers, so the outcome is the same however often the
state spilled.
"""

from __future__ import annotations

import errno
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.errors import OutputError
from harmonize.tabulate import sums as f
from harmonize.tabulate.limbs import HALF, merged
from harmonize.tabulate.sums import Sums

Ints = npt.NDArray[np.int64]
Sixty4 = npt.NDArray[np.uint64]
_BLOCK = 32 << 20


class Rows(NamedTuple):
    """Rows of sums: keys (n), rows (n, series, fields), pair_at (n) row of `pairs` or -1, pairs."""

    keys: Sixty4
    rows: Sixty4
    pair_at: Ints
    pairs: Sixty4

    @property
    def unit(self) -> Ints:
        """The stratum (or open cluster) of each row."""
        return (self.keys >> HALF).astype(np.int64)

    @property
    def cell(self) -> Ints:
        """The dense cell of each row."""
        return (self.keys & np.uint64(0xFFFFFFFF)).astype(np.int64)

    def taken(self, chosen: Ints) -> Rows:
        """These rows in this order, with their pair rows."""
        pair_at = self.pair_at[chosen]
        has = pair_at >= 0
        return Rows(
            self.keys[chosen], self.rows[chosen], np.where(has, np.cumsum(has) - 1, -1), self.pairs[pair_at[has]]
        )


def rows_of(sums: Sums) -> Rows:
    """The rows in use, not copied."""
    used = sums.used
    return Rows(f.keys_in_order(sums), sums.rows[:used], sums.pair_of[:used], sums.pairs[: sums.paired])


@dataclass(frozen=True)
class _Run:
    """parts: those that the run has, ascending; starts, pair_starts: where each starts, and the end, in the files."""

    parts: Ints
    starts: Ints
    pair_starts: Ints


class Shelf:
    """Rows in temporary files (in TMPDIR) without a name: they go with this object, however the program ends."""

    def __init__(self, series: int, fields: int) -> None:
        """fields: of a row; a row of f.FIELDS has its squares in two limbs."""
        self.shape = (series, fields)
        self.runs: list[_Run] = []
        self.row_bytes = 8 * series * fields
        self.pair_bytes = 8 * series * f.PAIR_FIELDS
        self._files: list[BufferedRandom] = []
        with spilling():
            for _ in range(4):
                file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this object
                weakref.finalize(self, file.close)
                self._files.append(file)

    @property
    def rows(self) -> int:
        """Rows in the files, over all runs."""
        return int(self.runs[-1].starts[-1]) if self.runs else 0

    @property
    def nbytes(self) -> int:
        """Bytes in the files."""
        pairs = int(self.runs[-1].pair_starts[-1]) if self.runs else 0
        return self.rows * (16 + self.row_bytes) + pairs * self.pair_bytes

    @property
    def is_merged(self) -> bool:
        """Whether each part is in one run alone."""
        parts = [run.parts for run in self.runs]
        return not parts or len(np.unique(np.concatenate(parts))) == sum(map(len, parts))

    def put(self, found: Rows, part: Ints) -> None:
        """Write the rows as a run. part: of each row. Raises OutputError where there is no room."""
        order = np.lexsort((found.keys, part))
        parts, starts = np.unique(part[order], return_index=True)
        starts = np.append(starts, len(order))
        paired = np.append(0, np.cumsum(found.pair_at[order] >= 0))
        before = (self.rows, int(self.runs[-1].pair_starts[-1]) if self.runs else 0)
        step = max(_BLOCK // self.row_bytes, 1)
        with spilling():
            for file in self._files:
                file.seek(0, 2)
            for first in range(0, len(order), step):
                for file, array in zip(self._files, found.taken(order[first : first + step]), strict=True):
                    file.write(array.tobytes())
            for file in self._files:
                file.flush()
        self.runs.append(_Run(parts, before[0] + starts, before[1] + paired[starts]))

    def take(self, low: int, high: int) -> Rows:
        """The rows of the parts from `low` to below `high`, those of one key added."""
        pieces = []
        for run in self.runs:
            a, b = np.searchsorted(run.parts, (low, high))
            if a < b:
                pieces.append((run.starts[a], run.starts[b], run.pair_starts[a], run.pair_starts[b]))
        count = sum(int(piece[1] - piece[0]) for piece in pieces)
        pair_count = sum(int(piece[3] - piece[2]) for piece in pieces)
        keys, pair_at = np.empty(count, np.uint64), np.empty(count, np.int64)
        rows = np.empty((count, *self.shape), np.uint64)
        pairs = np.empty((pair_count, self.shape[0], f.PAIR_FIELDS), np.uint64)
        at = pair_from = 0
        with spilling():
            for start, end, pair_start, pair_end in pieces:
                to, pair_to = at + end - start, pair_from + pair_end - pair_start
                for file, array, place in (
                    (self._files[0], keys[at:to], start), (self._files[1], rows[at:to], start),
                    (self._files[2], pair_at[at:to], start), (self._files[3], pairs[pair_from:pair_to], pair_start),
                ):  # fmt: skip
                    if array.size:
                        file.seek(int(place) * array[0].nbytes)
                        _fill(file, array)
                at, pair_from = to, pair_to
        has = pair_at >= 0
        pair_at[has] = np.arange(pair_count)
        return _added(Rows(keys, rows, pair_at, pairs))

    def blocks(self, low: int, high: int) -> Iterator[Rows]:
        """The rows of the parts from `low` to below `high`, in ranges of parts of moderate size."""
        parts = np.concatenate([run.parts for run in self.runs]) if self.runs else np.zeros(0, np.int64)
        counts = [np.diff(run.starts) for run in self.runs]
        for first, last in _ranges(parts, np.concatenate(counts) if counts else parts, low, high, self.row_bytes):
            yield self.take(first, last)


def _fill(file: BufferedRandom, array: npt.NDArray[Any]) -> None:
    """Read the array from where the file stands."""
    if file.readinto(array.data.cast("B")) != array.nbytes:
        raise OSError(errno.EIO, "a temporary file is shorter than what was written to it")


def blocks_in_memory(sums: Sums, part: Ints, low: int, high: int) -> Iterator[Rows]:
    """The same of rows in memory. part: of each row."""
    found = rows_of(sums)
    order = np.lexsort((found.keys, part))  # not as they were met, which lanes decide
    parts, starts, counts = np.unique(part[order], return_index=True, return_counts=True)
    for first, last in _ranges(parts, counts, low, high, sums.rows[0].nbytes):
        a, b = np.searchsorted(parts, (first, last))
        yield found.taken(order[starts[a] : starts[b] if b < len(starts) else None])


def _ranges(parts: Ints, counts: Ints, low: int, high: int, row_bytes: int) -> Iterator[tuple[int, int]]:
    """Consecutive ranges of the parts from `low` to below `high`, of about _BLOCK bytes or one part each."""
    inside = (parts >= low) & (parts < high)
    number, at = np.unique(parts[inside], return_inverse=True)
    size = np.bincount(at, counts[inside], len(number)) * row_bytes
    start = 0
    for end in range(1, len(number) + 1):
        if end == len(number) or size[start : end + 1].sum() > _BLOCK:
            yield int(number[start]), int(number[end - 1]) + 1
            start = end


def _added(found: Rows) -> Rows:
    """One row a key: the sum of those that have it."""
    order = np.argsort(found.keys, kind="stable")
    keys, place = np.unique(found.keys[order], return_inverse=True)
    if len(keys) == len(order):
        return found
    rows = np.zeros((len(keys), *found.rows.shape[1:]), np.uint64)
    limbs = (f.FIRST_ORDER, f.FIELDS) if rows.shape[2] == f.FIELDS else (f.FIRST_ORDER, f.FIRST_ORDER)
    merged(order, found.rows, *limbs, rows, place)
    has = np.zeros(len(keys), bool)
    mine = found.pair_at[order] >= 0
    has[place[mine]] = True
    pair_at = np.where(has, np.cumsum(has) - 1, -1)
    pairs = np.zeros((int(has.sum()), *found.pairs.shape[1:]), np.uint64)
    merged(found.pair_at[order][mine], found.pairs, 0, f.BOTH, pairs, pair_at[place[mine]])
    return Rows(keys, rows, pair_at, pairs)


@contextmanager
def spilling() -> Iterator[None]:
    """Turn the system's errors about temporary files into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError("the temporary folder is full", "set TMPDIR to a folder with more room") from None
        raise OutputError(
            "the temporary folder cannot be written", "set TMPDIR to a folder that exists and may be written"
        ) from None
