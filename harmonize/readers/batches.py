"""Batches of whole households, whatever the order of the files, at flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.contiguous import Scattered, contiguous_batches
from harmonize.readers.extract import Extract
from harmonize.readers.partitions import partitioned_batches

# cells of a batch, about 200,000 rows of 32 columns: replicate weights alone may be 80 or 400 columns
_CELLS = 6 << 20


def household_batches(
    extract: Extract,
    columns: Sequence[str],
    key: Sequence[str] = (),
    chunk_size: int = 200_000,
    notice: Callable[[str], None] | None = None,
    restart: Callable[[], None] | None = None,
    numbers: AsNumbers = ALL_TEXT,
) -> Iterator[pl.DataFrame]:
    """All persons, each household whole in one batch: `columns` (String), `_hh` (UInt32, run of the batch).

    Without `key` (and without households) each row is its own household. Batches have about `chunk_size`
    rows, fewer of many columns; a larger household makes a larger batch. Those of `numbers` may come as numbers
    that stand for their texts.

    The files are read once, in their order. If a household comes again after it ended, the rows are
    partitioned by key and given **from the beginning**: `restart` is called, on which the caller forgets
    every batch so far. Without `restart` the keys are read once more beforehand instead. `notice` gets a
    sentence for the user. Raises FitError for blank keys, households that come twice, persons without one.
    """
    columns = list(dict.fromkeys(columns))
    chunk_size = max(min(chunk_size, _CELLS // max(len(columns), 1)), 1)
    own, others = extract.split(columns)
    names = tuple(key) or (extract.household_key if extract.households else ())
    if extract.households and set(names) != set(extract.household_key):
        raise ValueError(f"key {names} is not the key that joins the households, {extract.household_key}")
    if extract.households:
        names = extract.household_key
    order = [*columns, "_hh"]
    if not names:
        for batch in extract.person_frames(columns, chunk_size, numbers=numbers):
            if batch.height:
                yield batch.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("_hh")).select(order)
        return
    try:
        if restart is None:
            for _ in contiguous_batches(extract, names, (), names, chunk_size):
                pass
        for batch in contiguous_batches(extract, own, others, names, chunk_size, numbers):
            yield batch.select(order)
        return
    except Scattered as why:
        message = f"{why}: sorting them into temporary files"
    if notice is not None:
        notice(message)
    if restart is not None:
        restart()
    for batch in partitioned_batches(extract, own, others, names, chunk_size):
        yield batch.select(order)
