"""What the cells of each column are: codes with their counts as long as they are few, else their form alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from harmonize.inspect.distinct import Distinct

MOST_CODES = 2_000
"""Different values above which a column is no list of codes: SAMPLE in an IPUMS-International DDI has 660."""


@dataclass
class Form:
    """The form of the cells seen. length: the most characters. decimals: the most, None without a point."""

    numbers: bool = False
    texts: bool = False
    length: int = 0
    decimals: int | None = None

    def add(self, values: pl.Series) -> None:
        """Take in the cells, or the different ones among them; none may be blank."""
        if not len(values):
            return
        numbers = values.cast(pl.Float64, strict=False)
        self.numbers |= numbers.null_count() < len(values)
        self.texts |= numbers.null_count() > 0
        digits = values.str.strip_prefix("-")
        self.length = max(self.length, int(digits.str.len_chars().max() or 0))  # type: ignore[arg-type]
        after = (digits.str.len_bytes().cast(pl.Int64) - 1 - digits.str.find(".", literal=True)).max()
        if after is not None:
            self.decimals = max(self.decimals or 0, int(after))  # type: ignore[arg-type]


@dataclass
class Column:
    """One column so far. counts: value -> records, until there are more than MOST_CODES values."""

    missing: int = 0
    counts: Counter[str] | None = field(default_factory=Counter)
    form: Form = field(default_factory=Form)
    distinct: Distinct = field(default_factory=Distinct)

    def add_counts(self, counts: pl.Series) -> None:
        """Take in `value_counts` of a batch: a Struct series of the value and `count`."""
        assert self.counts is not None
        values, numbers = counts.struct.fields
        for value, number in zip(counts.struct.field(values), counts.struct.field(numbers), strict=True):
            if value:
                self.counts[value] += number
            else:
                self.missing += number
        if len(self.counts) > MOST_CODES:
            self._settle()
            self.counts = None

    def add_cells(self, cells: pl.Series) -> None:
        """Take in the cells of a batch, of a column that has too many values to count each."""
        given = cells.filter(cells != "")
        self.missing += len(cells) - len(given)
        self.form.add(given)
        self.distinct.add(given)

    def finish(self) -> None:
        """Look at the form of the values that were counted."""
        if self.counts is not None:
            self._settle()

    def _settle(self) -> None:
        values = pl.Series(list(self.counts or ()), dtype=pl.String)
        self.form.add(values)
        self.distinct.add(values)


def add_batch(columns: dict[str, Column], batch: pl.DataFrame) -> None:
    """Take a batch of String columns into `columns`, which has all of their names."""
    counted = [name for name, column in columns.items() if column.counts is not None]
    # one select for all: polars counts columns side by side
    found = batch.select(pl.col(name).value_counts().implode() for name in counted) if counted else None
    for name, column in columns.items():
        if column.counts is None:
            column.add_cells(batch[name])
        elif found is not None:
            column.add_counts(found[name][0])
