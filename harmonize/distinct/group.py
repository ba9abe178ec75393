"""Expressions that read the same columns, and what they made of each combination of values met so far."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.combinations import Combinations, Named
from harmonize.distinct.values import Codes, Listed, Met, Values

HOUSEHOLD = "_hh"
"""The column that numbers the households of a batch: what reads it looks at several rows."""


class Group:
    """Named expressions of the same columns. by_row: each row's outcome is of that row alone.

    That an expression without HOUSEHOLD is by row is a promise of who writes it: polars does not tell it of a whole
    expression (`meta.is_row_separable` of 2.1 calls `a & b.shift()` so).
    """

    def __init__(self, columns: tuple[str, ...], expressions: Sequence[pl.Expr]) -> None:
        self.columns, self.expressions = columns, tuple(expressions)
        self.names = [expr.meta.output_name() for expr in expressions]
        self.by_row = HOUSEHOLD not in columns


def grouped(expressions: Sequence[pl.Expr]) -> list[Group]:
    """Groups in the order of first appearance."""
    groups: dict[tuple[str, ...], list[pl.Expr]] = {}
    for expression in expressions:
        groups.setdefault(tuple(sorted(set(expression.meta.root_names()))), []).append(expression)
    return [Group(columns, listed) for columns, listed in groups.items()]


class Outcomes:
    """A group's outcomes, a row for each combination: see `frame`."""

    def __init__(self, group: Group, combinations: Named | Combinations | None) -> None:
        self._group, self._combinations = group, combinations
        self._frame: pl.DataFrame | None = None
        self._columns: dict[str, tuple[Values, Codes]] = {}
        self._array: npt.NDArray[np.int64] | None = None

    @property
    def frame(self) -> pl.DataFrame:
        """The outcomes of all combinations met, (combinations, expressions); one row where nothing is read."""
        done = 0 if self._frame is None else self._frame.height
        met = 1 if self._combinations is None else self._combinations.count
        if self._frame is None or met > done:
            new = pl.DataFrame({"": [0]}) if self._combinations is None else self._combinations.from_on(done)
            # with_columns: an expression of constants alone gives as many rows as there are
            made = new.with_columns_seq(self._group.expressions)[self._group.names]
            self._frame = made if self._frame is None else pl.concat([self._frame, made]).rechunk()
        return self._frame

    def column(self, name: str) -> tuple[Values, Codes]:
        """An outcome as codes of its values, (combinations)."""
        column = self.frame[name]
        if name not in self._columns:
            self._columns[name] = _values_of(column.dtype), np.zeros(0, np.int32)
        values, codes = self._columns[name]
        if len(codes) < len(column):
            more = values.codes(column[len(codes) :])
            assert more is not None
            codes = np.append(codes, more)
            self._columns[name] = values, codes
        return values, codes

    @property
    def array(self) -> npt.NDArray[np.int64]:
        """All outcomes as whole numbers, (combinations, expressions); Booleans as 0 and 1, null as 0."""
        frame = self.frame
        if self._array is None:
            self._array = whole(frame)
        elif len(self._array) < frame.height:
            self._array = np.vstack([self._array, whole(frame[len(self._array) :])])
        return self._array


def whole(frame: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Columns of Booleans or whole numbers, (rows, columns); null is 0."""
    found = frame.select(pl.all().cast(pl.Int64).fill_null(0)).to_numpy()
    return np.ascontiguousarray(found.reshape(frame.height, -1))


def _values_of(dtype: pl.DataType) -> Values:
    return Listed(dtype) if isinstance(dtype, pl.Enum) or dtype == pl.Boolean else Met(dtype)
