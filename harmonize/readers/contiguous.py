"""Persons and households in the order of the files, believed only as long as it holds.

Rows of a household stand together in most extracts, and a households file has the order of its persons.
Both are watched; the first household that comes again or is out of order raises Scattered, and the rows
are partitioned instead (partitions.py). Memory: one batch, the households ahead, 8 bytes a household.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import polars as pl

from harmonize.errors import FitError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.drawing import KEY, key_of
from harmonize.readers.extract import Extract
from harmonize.readers.key_set import KeySet
from harmonize.readers.runs import Places, run_hashes, run_numbers, run_starts
from harmonize.readers.written import has_blank, in_text, stacked

# households read ahead of their persons, in batches, before the orders are judged to differ
_AHEAD = 20


class Scattered(Exception):
    """The order of the files is not one of whole households; the text says in which way."""


def contiguous_batches(
    extract: Extract,
    own: Sequence[str],
    others: Sequence[str],
    key: Sequence[str],
    chunk_size: int,
    numbers: AsNumbers = ALL_TEXT,
) -> Iterator[pl.DataFrame]:
    """Whole households: `own` columns, `others` (households'), `_hh`. Raises Scattered, FitError.

    numbers: of the own columns, see Extract.person_frames.
    """
    households = _Households(extract, others, chunk_size) if extract.households else None
    # households of another file are looked up by the text of the key
    numbers = numbers.but(key) if extract.households else numbers.in_key(key)
    seen = KeySet()
    carry: pl.DataFrame | None = None
    for batch in extract.person_frames(list(dict.fromkeys([*own, *key])), chunk_size, numbers=numbers):
        if not batch.height:
            continue
        if any(has_blank(batch.get_column(name)) for name in key):
            raise no_key(extract, key)
        if carry is not None:
            batch = stacked([carry, batch])
        starts = run_starts(batch, key)
        cut = int(starts[-1])
        carry = batch[cut:]
        if cut:
            yield _finish(batch[:cut], starts[:-1], own, others, key, seen, households)
    if carry is not None:
        yield _finish(carry, run_starts(carry, key), own, others, key, seen, households)
    if households is not None:
        households.drain()


def _finish(
    batch: pl.DataFrame,
    starts: Places,
    own: Sequence[str],
    others: Sequence[str],
    key: Sequence[str],
    seen: KeySet,
    households: _Households | None,
) -> pl.DataFrame:
    if seen.add_all(run_hashes(batch, key, starts)):
        raise Scattered("rows of a household do not stand together")
    at = run_numbers(starts, batch.height)
    found = batch.select(own).with_columns(at)
    if households is None:
        return found
    heads = in_text(batch.select(key)[starts], key).select(key_of(key)).to_series()
    rows = households.take(heads)
    return found.with_columns(rows[name].gather(at) for name in others)


class _Households:
    """A cursor in the households' files: rows not yet passed, and what was read of them."""

    def __init__(self, extract: Extract, others: Sequence[str], chunk_size: int) -> None:
        self._batches = extract.household_frames(others, chunk_size)
        self._key = key_of(extract.household_key)
        self._others = list(others)
        self._ahead = _AHEAD * chunk_size
        self._seen = KeySet()
        self._rows: pl.DataFrame | None = None

    def take(self, heads: pl.Series) -> pl.DataFrame:
        """The rows of these households, in this order."""
        wanted = pl.DataFrame({KEY: heads})
        while True:
            if self._rows is not None:
                found = wanted.join(self._rows.with_row_index("_at"), on=KEY, how="left", maintain_order="left")
                if not found["_at"].null_count():
                    self._rows = self._rows[cast(int, found["_at"].max()) + 1 :]
                    return found
                if self._rows.height > self._ahead:
                    raise Scattered("households are in another order than persons")
            if not self._read():
                raise Scattered("households are in another order than persons")

    def drain(self) -> None:
        """Read to the end, for a household that comes again there."""
        self._rows = None
        while self._read():
            self._rows = None

    def _read(self) -> bool:
        batch = next(self._batches, None)
        if batch is None:
            return False
        batch = batch.select(self._key, *self._others)
        if self._seen.add_all(batch[KEY].drop_nulls().hash(seed=1).to_numpy()):
            raise Scattered("a household comes twice")
        self._rows = batch if self._rows is None else pl.concat([self._rows, batch])
        return True


def no_key(extract: Extract, key: Sequence[str]) -> FitError:
    """The error for persons whose household key is blank, with the first such record."""
    frame = extract.scan_persons(key, positions=True).filter(key_of(key).is_null()).head(1)
    row = frame.collect(engine="streaming").row(0, named=True)
    path = extract.files[row["_source"]]
    return FitError(
        f"{path}: record {row['_record'] + 1:,} has no household: {' + '.join(key)} is blank",
        "every person needs a household; check keys.household in the mapping",
    )
