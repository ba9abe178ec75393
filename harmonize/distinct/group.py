"""Expressions that read the same columns, and what they made of each combination of values met so far."""

from __future__ import annotations

import threading
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
    """A group's outcomes, a row for each combination that was met so far; of a new one when they are asked for.

    Either as columns of codes or as one array: of a group that is asked for both they are worked out for each. Threads
    may ask at once: what is there is had without waiting.
    """

    def __init__(self, group: Group, combinations: Named | Combinations | None) -> None:
        self._group, self._combinations = group, combinations
        self._columns: dict[str, tuple[Values, Codes]] = {}
        self._in_columns = 0
        self._array: npt.NDArray[np.int64] | None = None
        self._working = threading.Lock()

    @property
    def _count(self) -> int:
        return 1 if self._combinations is None else self._combinations.count

    def _from_on(self, first: int) -> list[pl.Series]:
        """The outcomes from this combination on, of each expression; one row where nothing is read."""
        met = pl.DataFrame({"": [0]}) if self._combinations is None else self._combinations.from_on(first)
        # with_columns: an expression of constants alone gives as many rows as there are
        made = met.with_columns_seq(self._group.expressions)
        return [made.get_column(name) for name in self._group.names]

    def column(self, name: str) -> tuple[Values, Codes]:
        """An outcome as codes of its values, (combinations)."""
        if self._in_columns < self._count:
            with self._working:
                if self._in_columns < self._count:
                    self._more_in_columns()
        return self._columns[name]

    def _more_in_columns(self) -> None:
        made = self._from_on(self._in_columns)
        for column in made:
            values, codes = self._columns.get(column.name) or (_values_of(column.dtype), np.zeros(0, np.int32))
            more = values.codes(column)
            assert more is not None
            self._columns[column.name] = values, np.append(codes, more)
        self._in_columns += len(made[0])

    @property
    def array(self) -> npt.NDArray[np.int64]:
        """All outcomes as whole numbers, (combinations, expressions); Booleans as 0 and 1, null as 0."""
        array = self._array
        if array is None or len(array) < self._count:
            with self._working:
                array = self._array
                if array is None:
                    array = whole(self._from_on(0))
                elif len(array) < self._count:
                    array = np.vstack([array, whole(self._from_on(len(array)))])
                self._array = array
        return array


def whole(columns: Sequence[pl.Series]) -> npt.NDArray[np.int64]:
    """Columns of Booleans or whole numbers, (rows, columns); null is 0."""
    found = np.empty((len(columns[0]), len(columns)), np.int64)
    for i, column in enumerate(columns):
        numbers = column.cast(pl.Int64)
        found[:, i] = (numbers.fill_null(0) if numbers.null_count() else numbers).to_numpy()
    return found


def _values_of(dtype: pl.DataType) -> Values:
    return Listed(dtype) if isinstance(dtype, pl.Enum) or dtype == pl.Boolean else Met(dtype)
