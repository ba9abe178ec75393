"""Runs of rows of one household: where each begins, which row is of which, and a hash of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from harmonize.key_hashes import mixed
from harmonize.readers.written import FILLED, WIDEST_NAME, written

Places = npt.NDArray[np.int64]


def run_starts(batch: pl.DataFrame, key: Sequence[str]) -> Places:
    """The first row of each run, (runs)."""
    return np.flatnonzero(changes(batch, key))


def changes(batch: pl.DataFrame, names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether one of these columns has another value than in the row before, (rows); so is the first row's."""
    found = np.zeros(batch.height, np.bool_)
    found[:1] = True
    for name in names:
        column = batch.get_column(name)
        if column.dtype in (pl.Int64, pl.UInt64, pl.UInt32) and not column.null_count():
            _mark_changes(column.to_numpy(), found)
        else:
            found[1:] |= column.ne_missing(column.shift(1)).to_numpy()[1:]
    return found


def run_numbers(starts: Places, height: int) -> pl.Series:
    """`_hh`, UInt32: the number of the run that each of so many rows is of."""
    numbers = np.empty(height, np.uint32)
    _number(starts, numbers)
    return pl.Series("_hh", numbers)


def run_hashes(batch: pl.DataFrame, key: Sequence[str], starts: Places) -> npt.NDArray[np.uint64]:
    """A hash of the key of each run, the same whether a column of it comes as texts or as numbers, (runs).

    key: columns of texts, Int64 or UInt64 (see written.py), none of them blank.
    """
    hashes = np.zeros(len(starts), np.uint64)
    for column in map(batch.get_column, key):
        if column.dtype == pl.Int64 and cast(int, column.min()) >= -FILLED:
            _mix(column.to_numpy(), starts, hashes)
        else:
            _mix(_as_numbers(column.gather(starts)), np.arange(len(starts)), hashes)
    return hashes


def _as_numbers(names: pl.Series) -> Places:
    """Each itself where it is a number, one below -FILLED where it is filled with zeros, else a hash of its text."""
    numbers: Places
    if names.dtype == pl.UInt64:
        numbers = names.to_numpy().astype(np.int64)
        return np.where(numbers < FILLED, numbers, -numbers)
    texts = written(names)
    text = pl.col(texts.name)
    number = text.cast(pl.Int64, strict=False)
    filled = -(text.str.len_bytes().cast(pl.Int64) * FILLED + number)
    found = pl.DataFrame([texts]).select(
        pl.when((number.cast(pl.String) == text) & (number >= -FILLED))
        .then(number)
        .when(text.str.contains("^0[0-9]+$") & (text.str.len_bytes() <= WIDEST_NAME) & (number < FILLED))
        .then(filled)
        .otherwise(text.hash(seed=1).reinterpret(signed=True))
    )
    numbers = found.to_series().to_numpy()
    return numbers


@njit(cache=True, nogil=True)
def _mark_changes(column: Any, found: Any) -> None:
    """Mark where a value is another than that of the row before."""
    for r in range(1, column.shape[0]):
        found[r] |= column[r] != column[r - 1]


@njit(cache=True, nogil=True)
def _number(starts: Any, numbers: Any) -> None:
    """The number of the run of each row."""
    for i in range(starts.shape[0]):
        last = starts[i + 1] if i + 1 < starts.shape[0] else numbers.shape[0]
        numbers[starts[i] : last] = i


@njit(cache=True, nogil=True)
def _mix(column: Any, rows: Any, hashes: Any) -> None:
    """Take the values of these rows into the hashes."""
    for i in range(rows.shape[0]):
        hashes[i] = mixed((hashes[i] ^ np.uint64(column[rows[i]])) + np.uint64(0x9E3779B97F4A7C15))
