"""The values of a column, numbered: categories as they are listed, others as they are met."""

from __future__ import annotations

import math
import threading
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.kernels import known_codes
from harmonize.readers.written import written

Codes = npt.NDArray[np.int32]

MOST = 1 << 16
"""Distinct values of a column that are numbered; a column of more is read row by row."""
SPAN = 1 << 18
"""Whole numbers within which all those of a column lie that is numbered."""
FEW = 1_000
ROWS_A_VALUE = 4
"""Rows that a text stands for on average, where there are more than FEW; a column of more texts has too many."""


class Values(Protocol):
    """The distinct values of a column.

    cells: the value of each code, in their order; grows, and never changes. Threads may ask for codes at once.
    """

    cells: pl.Series

    def codes(self, column: pl.Series) -> Codes | None:
        """The code of each row, (rows); new values get new codes. None where the column has too many."""


def take(cells: pl.Series, codes: Codes) -> pl.Series:
    """The cells of these codes. By an index that is a column: `gather` makes a query of it, which costs more."""
    return cells[pl.Series(codes.view(np.uint32))]


def values_of(dtype: pl.DataType) -> Values:
    """An empty numbering for columns of this type."""
    if isinstance(dtype, pl.Enum) or dtype == pl.Boolean:
        return Listed(dtype)
    if dtype == pl.String:
        return Texts()
    return Numbers(dtype)


TRUE = 1
"""The code of true in a Boolean column."""


class Listed:
    """Categories, or false and true, in the order of the type; null comes after them."""

    def __init__(self, dtype: pl.DataType) -> None:
        self._enum = isinstance(dtype, pl.Enum)
        listed: list[Any] = dtype.categories.to_list() if isinstance(dtype, pl.Enum) else [False, True]
        self.cells = pl.Series([*listed, None], dtype=dtype)

    def codes(self, column: pl.Series) -> Codes:
        """Those of the type itself."""
        numbers = (column.to_physical() if self._enum else column).cast(pl.Int32)
        if numbers.null_count():
            numbers = numbers.fill_null(len(self.cells) - 1)
        return numbers.to_numpy()


class Texts:
    """Texts as they are met. Null and the empty text are one: blank."""

    def __init__(self) -> None:
        self._type = pl.Categorical(pl.Categories.random())
        self._kept = pl.Series([""], dtype=self._type)  # the dictionary of the type lasts as long as a column of it
        self._code = np.full(0, -1, np.int32)  # of the dictionary's numbers, which have gaps
        self._seen = 0
        self._numbering = threading.Lock()
        self.cells = pl.Series(dtype=pl.String)

    def codes(self, column: pl.Series) -> Codes | None:
        """The numbers that polars' dictionary gives, without their gaps."""
        if self._many or not len(column):
            return None
        if column.null_count():
            column = column.fill_null("")
        numbers = column.cast(self._type).to_physical().to_numpy()
        with self._numbering:
            return self._without_gaps(column, numbers)

    def _without_gaps(self, column: pl.Series, numbers: npt.NDArray[np.uint32]) -> Codes | None:
        self._seen += len(column)
        missing = int(numbers.max()) + 1 - len(self._code)
        if missing > 0:
            self._code = np.append(self._code, np.full(missing, -1, np.int32))
        codes: Codes = self._code[numbers]
        if codes.min() < 0:
            rows = np.flatnonzero(codes < 0)
            new, first = np.unique(numbers[rows], return_index=True)
            count = len(self.cells)
            self.cells = pl.concat([self.cells, column.gather(rows[first])], rechunk=True)
            self._code[new] = count + np.arange(len(new), dtype=np.int32)
            codes = self._code[numbers]
        return None if self._many else codes

    @property
    def _many(self) -> bool:
        count = len(self.cells)
        return count > MOST or (count > FEW and count * ROWS_A_VALUE > self._seen)


class Numbers:
    """Whole numbers that lie near each other, as they are met; null is one of them."""

    def __init__(self, dtype: pl.DataType) -> None:
        self._dtype = dtype
        self._null: int | None = None
        self.cells = self._cells(pl.Series(dtype=pl.Int64))
        self._known: tuple[int, Codes] = 0, np.full(0, -1, np.int32)  # of the numbers from the first on
        self._numbering = threading.Lock()

    def codes(self, column: pl.Series) -> Codes | None:
        """None where a number is not whole, or far from the others."""
        if not (column.dtype.is_numeric() and len(column)):
            return None
        known = column.drop_nulls() if column.null_count() else column
        if len(known) < len(column) and self._null is None:
            with self._numbering:
                if self._null is None:
                    self._null = self._put(pl.Series([None], dtype=pl.Int64))
        if not len(known):
            return np.full(len(column), self._null, np.int32)
        codes = self._found(known.to_numpy())
        return None if codes is None else self._with_nulls(column, codes)

    def _found(self, numbers: npt.NDArray[Any]) -> Codes | None:
        codes = np.empty(len(numbers), np.int32)
        whole = np.issubdtype(numbers.dtype, np.integer)
        if whole and known_codes(numbers, *self._known, codes):
            return codes
        low, high = numbers.min(), numbers.max()
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        if not whole and max(-low, high) >= 2**63:
            return None
        at = numbers.astype(np.int64)
        if not whole and (at != numbers).any():
            return None
        with self._numbering:
            return self._numbered(at) if self._room(int(low), int(high)) else None

    def _numbered(self, numbers: npt.NDArray[np.int64]) -> Codes:
        low, code = self._known
        at = numbers - low
        codes = code[at]
        if (codes < 0).any():
            new = np.unique(at[codes < 0])
            first = self._put(pl.Series(new + low))
            code[new] = first + np.arange(len(new), dtype=np.int32)  # whoever finds a code finds its cell
            codes = code[at]
        return codes

    def _put(self, numbers: pl.Series) -> int:
        """The code of the first of further cells."""
        first = len(self.cells)
        self.cells = pl.concat([self.cells, self._cells(numbers)], rechunk=True)
        return first

    def _with_nulls(self, column: pl.Series, codes: Codes) -> Codes:
        if len(codes) == len(column):
            return codes
        found = np.full(len(column), self._null, np.int32)
        found[column.is_not_null().to_numpy()] = codes
        return found

    def _cells(self, numbers: pl.Series) -> pl.Series:
        return numbers.cast(self._dtype)

    def _room(self, low: int, high: int) -> bool:
        """Make room for the numbers from low to high, where all lie within SPAN."""
        first, code = self._known
        if len(code):
            low, high = min(low, first), max(high, first + len(code) - 1)
        if high - low >= SPAN:
            return False
        if high - low >= len(code):
            grown = np.full(high - low + 1, -1, np.int32)
            if len(code):
                grown[first - low :][: len(code)] = code
            self._known = low, grown
        return True


class WrittenNumbers(Numbers):
    """The same for numbers that stand for texts, which are the values; see readers/written.py. A blank is empty."""

    def codes(self, column: pl.Series) -> Codes | None:
        """As for other numbers."""
        return super().codes(column.reinterpret(signed=True) if column.dtype == pl.UInt64 else column)

    def _cells(self, numbers: pl.Series) -> pl.Series:
        return written(numbers.cast(self._dtype)).fill_null("")


class Met:
    """Any values, as they are met one by one: what expressions make of combinations."""

    def __init__(self, dtype: pl.DataType) -> None:
        self.cells = pl.Series(dtype=dtype)
        self._code: dict[Any, int] = {}

    def codes(self, column: pl.Series) -> Codes:
        """For a column of few rows."""
        keys = ["nan" if isinstance(value, float) and math.isnan(value) else value for value in column.to_list()]
        new = {key: i for i, key in reversed(list(enumerate(keys))) if key not in self._code}
        for key in sorted(new, key=lambda key: new[key]):
            self._code[key] = len(self._code)
        if new:
            self.cells = pl.concat([self.cells, column.gather(sorted(new.values()))], rechunk=True)
        return np.array([self._code[key] for key in keys], dtype=np.int32)
