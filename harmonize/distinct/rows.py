"""The rows of a batch, whose columns are worked out by the distinct values of others, and held as codes of values."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

import numpy as np
import polars as pl

from harmonize.distinct.combining import Combined, Side, combine, narrowed
from harmonize.distinct.group import Group, Outcomes
from harmonize.distinct.lookup import Column, Lookup, counted, looked_up, nothing
from harmonize.distinct.memory import Memory
from harmonize.distinct.values import TRUE, Codes, take
from harmonize.readers.written import written


class Rows:
    """A batch. Its columns are Series, or codes of values, or both: see `series` and `column`.

    What came as numbers that stand for texts is either only once it is asked for.
    """

    def __init__(self, frame: pl.DataFrame, memory: Memory) -> None:
        self.height, self._memory = frame.height, memory
        self._sources: dict[str, pl.Series] = {}
        self._series: dict[str, pl.Series] = {}
        self._columns: dict[str, Column | None] = {}
        self._combined: dict[tuple[str, ...], Combined | None] = {}
        self._numbered: dict[tuple[str, ...], tuple[list[tuple[Any, ...]], Codes]] = {}
        self._nothing = nothing(frame.height)
        for series in frame.get_columns():
            self.put_source(series)

    def __contains__(self, name: str) -> bool:
        return name in self._sources or name in self._series or name in self._columns

    @property
    def names(self) -> list[str]:
        """Of all columns."""
        return list(dict.fromkeys([*self._series, *self._sources, *self._columns]))

    def dtype(self, name: str) -> pl.DataType:
        """The type of a column."""
        if name in self._sources:
            return pl.String()
        column = self._columns.get(name)
        return self._series[name].dtype if column is None else column.values.cells.dtype

    def series(self, name: str) -> pl.Series:
        """A column, (rows)."""
        self._take_up(name)
        if name not in self._series:
            column = self._columns[name]
            assert column is not None
            self._series[name] = take(column.values.cells, column.lookup.numbers).alias(name)
        return self._series[name]

    def frame(self, names: Iterable[str]) -> pl.DataFrame:
        """Columns of these names."""
        return pl.DataFrame([self.series(name) for name in names])

    def column(self, name: str) -> Column | None:
        """A column as codes; None where it has too many values."""
        self._take_up(name)
        if name not in self._columns:
            values = self._memory.values(self._series[name])
            codes = values.codes(self._series[name])
            self._columns[name] = None if codes is None else Column(values, Lookup(codes, count=len(values.cells)))
        return self._columns[name]

    def put_source(self, series: pl.Series) -> None:
        """A column of texts, or of numbers that stand for them (see readers/written.py), which become texts."""
        kept = self._sources if series.dtype in (pl.Int64, pl.UInt64, pl.Int32) else self._series
        kept[series.name] = series

    def _take_up(self, name: str) -> None:
        """Number the values of a source column of numbers, or write it out where there are too many."""
        if (series := self._sources.pop(name, None)) is None:
            return
        values = self._memory.written(series)
        codes = values.codes(series)
        if codes is None:
            self._series[name] = written(series)
        else:
            self._columns[name] = Column(values, Lookup(codes, count=len(values.cells)))

    def put(self, name: str, column: pl.Series | Column) -> None:
        """A column, new or in the place of one of its name."""
        self._forget(name)
        if isinstance(column, Column):
            self._columns[name] = column
        else:
            self._series[name] = column.alias(name)

    def add(self, groups: Sequence[Group]) -> None:
        """Columns worked out from those there were before."""
        series: dict[str, pl.Series] = {}
        columns: dict[str, Column] = {}
        for group in groups:
            if (found := self.outcomes(group)) is None:
                series |= {each.name: each for each in self.by_row(group)}
            else:
                outcomes, lookup = found
                for name in group.names:
                    values, codes = outcomes.column(name)
                    columns[name] = Column(values, lookup.then(codes))
        for name in (*series, *columns):
            self._forget(name)
        self._series |= series
        self._columns |= columns

    def outcomes(self, group: Group) -> tuple[Outcomes, Lookup] | None:
        """What a group makes of the combinations met, and which of them each row has; None where it goes by rows."""
        if not group.by_row or not self.height:
            return None
        if not group.columns:
            return self._memory.outcomes(group, None), self._nothing
        found = self.combined(group.columns)
        return None if found is None else (self._memory.outcomes(group, found[0]), found[1])

    def outcomes_in_wider(self, group: Group, indexes: Container[int]) -> tuple[Outcomes, Lookup] | None:
        """The same by combinations of these columns and others, of an index whose identity is in `indexes`."""
        found = self._in_wider(group.columns, indexes) if group.columns else None
        return None if found is None else (self._memory.outcomes(group, found[0]), found[1])

    def by_row(self, group: Group) -> list[pl.Series]:
        """What a group makes of every row, (rows, expressions)."""
        frame = self.frame(group.columns) if group.columns else pl.DataFrame({"": self._nothing.index})
        made = frame.with_columns(group.expressions)
        return [made.get_column(name) for name in group.names]

    def combined(self, names: tuple[str, ...]) -> Combined | None:
        """The combinations of some columns, and which of them each row has; None where there are too many."""
        if names not in self._combined:
            there = names not in self._memory.too_many
            self._combined[names] = (self._of_wider(names) or self._combine(names)) if there else None
        return self._combined[names]

    def _combine(self, names: tuple[str, ...]) -> Combined | None:
        sides: list[Side] = []
        for name in names:
            if (column := self.column(name)) is None:
                return None
            sides.append((self._memory.named(name, column.values), column.lookup))
        found = combine(self._memory, sides, self._nothing)
        if found is None:
            self._memory.too_many.add(names)
        elif len(names) > 1:
            self._memory.ask(names)
        return found

    def _of_wider(self, names: tuple[str, ...]) -> Combined | None:
        """By combinations of these columns and others, which will be needed too: no row is looked at for these."""
        for wider in self._memory.wider(names):
            if all(name in self for name in wider) and (found := self.combined(wider)) is not None:
                return narrowed(self._memory, found, names)
        return None

    def _in_wider(self, names: tuple[str, ...], indexes: Container[int]) -> Combined | None:
        few = set(names)
        there = [
            found
            for wider, found in self._combined.items()
            if found is not None and few.issubset(wider) and id(found[1].index) in indexes
        ]
        wide = min(there, key=lambda found: found[1].reach, default=None)
        return None if wide is None else narrowed(self._memory, wide, names)

    def any(self, name: str) -> bool:
        """Whether a Boolean column is true anywhere."""
        column = self.column(name)
        if column is None:
            return bool(self.series(name).any())
        true = column.lookup.of(np.arange(len(column.values.cells)) == TRUE)
        return bool(true.any()) and bool(true[column.lookup.index].any())

    def any_null(self, name: str) -> bool:
        """Whether a column is null anywhere."""
        column = self.column(name)
        if column is not None and not column.values.cells.null_count():
            return False
        return bool(self.series(name).null_count())

    def distinct(self, name: str, where: str = "") -> list[Any]:
        """The values of a column that occur, in their order. where: a Boolean column, only where it is true."""
        keys, which = self.numbered((name,))
        if where and not self.series(where).all():
            keys = [keys[i] for i in np.unique(which[self.series(where).to_numpy()])]
        return sorted(value for (value,) in keys)

    def numbered(self, names: tuple[str, ...]) -> tuple[list[tuple[Any, ...]], Codes]:
        """The combinations of some columns' values that occur, and which of them each row has."""
        if names not in self._numbered:
            self._numbered[names] = self._number(names)
        return self._numbered[names]

    def _number(self, names: tuple[str, ...]) -> tuple[list[tuple[Any, ...]], Codes]:
        found = self.combined(names)
        if found is None:
            frame = self.frame(names)
            met = frame.unique(maintain_order=True).with_row_index("_which")
            which = frame.join(met, on=names, how="left", nulls_equal=True, maintain_order="left")["_which"]
            return met.drop("_which").rows(), which.to_numpy().astype(np.int32)
        combinations, lookup = found
        numbers = lookup.of(np.arange(combinations.count, dtype=np.int32))
        present = np.unique(numbers[counted(lookup.index, len(numbers))[0] > 0])
        keys = self._memory.keys(combinations, names, present)
        if len(keys) == 1:
            return keys, self._nothing.index
        place = np.zeros(combinations.count, np.int32)
        place[present] = np.arange(len(present), dtype=np.int32)
        return keys, looked_up(lookup.index, place[numbers])

    def some(self, at: Codes) -> Rows:
        """A batch of some of the rows, in the order given."""
        plain = [name for name in self._series if self._columns.get(name) is None]
        other = Rows(pl.DataFrame(), self._memory)
        other.height, other._nothing = len(at), nothing(len(at))
        other._sources = {name: take(series, at) for name, series in self._sources.items()}
        other._series = {name: take(self._series[name], at) for name in plain}
        taken: dict[int, Codes] = {}  # many columns follow from one index
        for name, column in self._columns.items():
            if column is not None:
                index = column.lookup.index
                if id(index) not in taken:
                    taken[id(index)] = index[at]
                other._columns[name] = Column(column.values, column.lookup.by(taken[id(index)]))
        return other

    def _forget(self, name: str) -> None:
        self._sources.pop(name, None)
        self._series.pop(name, None)
        self._columns.pop(name, None)
        for kept in (self._combined, self._numbered):
            for names in [names for names in kept if name in names]:
                del kept[names]
