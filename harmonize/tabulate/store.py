"""Rows of sums: in memory up to a limit of bytes, the rest in temporary files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from harmonize.tabulate.blocks import Rows, Shelf, blocks_in_memory, rows_of
from harmonize.tabulate.limbs import HALF
from harmonize.tabulate.sums import Sums, bytes_in_use, emptied, keys_in_order, no_sums

Ints = npt.NDArray[np.int64]
# the files are merged into one run when they are this many limits, or twice what the last merge left
_MERGE_AT = 16


class Store:
    """The rows of one kind: finished clusters by stratum, or open clusters.

    `sums` is what the kernel adds to; put back what it returns, then call `settle`.
    """

    def __init__(self, series: int, fields: int, limit: int) -> None:
        """limit: bytes that the rows may take in memory, with their room to grow."""
        self.series, self.fields, self.limit = series, fields, limit
        self.sums: Sums = no_sums(series, fields)
        self.shelf: Shelf | None = None
        self.in_files = 0  # bytes, when all was added
        self._merged = 0

    def settle(self, parts: Callable[[], Ints]) -> None:
        """Write the rows to the files if they are over the limit. parts: gives the part of each stratum or cluster."""
        if 2 * bytes_in_use(self.sums) <= self.limit:  # the arrays double when they are full
            return
        part_of = parts()
        self._spill(part_of)
        self._merge_if_many(part_of)

    def put(self, rows: Rows, part_of: Ints) -> None:
        """Add rows of another state, in the files. part_of: the part of each stratum or cluster."""
        self._shelve(rows, part_of)
        self._merge_if_many(part_of)

    def _merge_if_many(self, part_of: Ints) -> None:
        assert self.shelf is not None
        if self.shelf.nbytes > max(2 * self._merged, _MERGE_AT * self.limit):
            self._merge(part_of)

    def finish(self, part_of: Ints) -> None:
        """If some rows are in the files, write the rest too, one row a key, and give the memory back."""
        if self.shelf is not None:
            self._spill(part_of)
            self.sums = no_sums(self.series, self.fields)
            if not self.shelf.is_merged:
                self._merge(part_of)  # what was spilled when is of no row, file or number then
            self.in_files = self.shelf.nbytes

    def drop(self) -> None:
        """Forget all rows: the files go, how large they were stays known."""
        self.sums, self.shelf = no_sums(self.series, self.fields), None

    def blocks(self, part_of: Ints, low: int, high: int) -> Iterator[Rows]:
        """The rows of the parts from `low` to below `high`, in blocks of whole strata. Call `finish` first."""
        if self.shelf is not None:
            return self.shelf.blocks(low, high)
        return blocks_in_memory(self.sums, self._parts(part_of), low, high)

    @property
    def rows(self) -> int:
        """Rows in memory and in the files, where one key may have a row in several runs."""
        return self.sums.used + (self.shelf.rows if self.shelf is not None else 0)

    @property
    def nbytes(self) -> int:
        """Bytes of the rows in memory."""
        return bytes_in_use(self.sums)

    def _parts(self, part_of: Ints) -> Ints:
        return part_of[(keys_in_order(self.sums) >> HALF).astype(np.int64)]

    def _spill(self, part_of: Ints) -> None:
        if not self.sums.used:
            return
        self._shelve(rows_of(self.sums), part_of)
        self.sums = emptied(self.sums)

    def _shelve(self, rows: Rows, part_of: Ints) -> None:
        if self.shelf is None:
            self.shelf = Shelf(self.series, self.fields)
        self.shelf.put(rows, part_of[rows.unit])

    def _merge(self, part_of: Ints) -> None:
        """One row a key again: a state that meets the same strata over and over does not fill the disk."""
        assert self.shelf is not None
        merged = Shelf(self.series, self.fields)
        for rows in self.shelf.blocks(0, int(part_of.max()) + 1):
            merged.put(rows, part_of[rows.unit])
        self._merged = merged.nbytes
        self.shelf = merged
