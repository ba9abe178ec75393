"""Cells carried as numbers until their text is asked for: they are told apart at a tenth of the cost.

Int64 is a number as it is written, 17 for `17`, and so is Float64. UInt64 is too below FILLED, and from there on one
filled with zeros, as names of households are in fixed-width files: 3 * FILLED + 17 for `017`. Int32 is a few digits and
spaces of a fixed-width record, packed so that `017` and ` 17` stay apart. A column comes so only where all its cells in
the piece can, and as text otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.text import number_as_text, whole_numbers

WIDEST = 5
"""Digits that are packed: 11 ** WIDEST packed numbers there are at most."""
FILLED = 10**15
"""Numbers that may be filled with zeros have fewer digits: this times the digits is added to those that are."""
WIDEST_NAME = 1000
"""Digits of one that is filled: FILLED times as many are an Int64, and a UInt64."""


def written(column: pl.Series) -> pl.Series:
    """The texts of a column, String; those of blanks are null or empty."""
    if column.dtype == pl.Int64:
        return column.cast(pl.String)
    if column.dtype == pl.UInt64:
        return _filled(column)
    if column.dtype == pl.Float64:
        texts = pl.DataFrame({"": column}).select(number_as_text(pl.col(""), column.dtype))
        return texts.to_series().alias(column.name)
    return _unpacked(column) if column.dtype == pl.Int32 else column


def plain_numbers(column: pl.Series, numbers: AsNumbers) -> pl.Series | None:
    """A column of a typed file as it may come instead of its texts; None where it may not, or has other cells."""
    name = column.name
    if name in numbers.amounts and column.dtype == pl.Float64:
        return column.fill_nan(None)
    return whole_numbers(column) if any(name in some for some in numbers) else None


def in_text(frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """The frame with these of its columns as texts."""
    return frame.with_columns(written(frame[name]) for name in names)


def is_blank(column: pl.Series) -> pl.Series:
    """Boolean: the cell of a column that is not packed is null or empty."""
    return column.is_null() | (column == "") if column.dtype == pl.String else column.is_null()


def has_blank(column: pl.Series) -> bool:
    """Whether one is."""
    return column.null_count() > 0 or (column.dtype == pl.String and bool((column == "").any()))


def stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of several frames; a column that does not come in one way in all of them is text."""
    first, *others = (frame.schema for frame in frames)
    mixed = [name for name, dtype in first.items() if any(schema[name] != dtype for schema in others)]
    if mixed:
        frames = [in_text(frame, mixed) for frame in frames]
    return pl.concat(frames)


def _filled(column: pl.Series) -> pl.Series:
    number, digits = pl.col("") % FILLED, pl.col("") // FILLED
    texts = number.cast(pl.String).str.zfill(digits)  # to no digits: as it is
    return pl.DataFrame({"": column}).select(texts.alias("")).to_series().alias(column.name)


def _unpacked(column: pl.Series) -> pl.Series:
    left, at = np.unique(column.to_numpy().astype(np.int64), return_inverse=True)
    letters = np.full((len(left), WIDEST), ord(" "), np.uint8)
    for i in reversed(range(WIDEST)):
        left, digit = np.divmod(left, 11)
        letters[:, i] = np.where(digit > 0, digit + 47, ord(" "))
    texts = [bytes(each).decode("ascii").strip() for each in letters]
    return pl.Series(column.name, texts, dtype=pl.String).gather(at)
