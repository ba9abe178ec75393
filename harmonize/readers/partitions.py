"""Persons (and households) by the hash of their key in temporary Parquet parts: any order, flat memory.

Each part is small enough to be sorted by key in memory. All households are checked before a row is given.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from harmonize.errors import FitError
from harmonize.readers.contiguous import no_key
from harmonize.readers.drawing import KEY, key_of, reading_errors
from harmonize.readers.extract import Extract

_ROWS_A_PART = 500_000
_ORDER = (KEY, "_source", "_record")


def partitioned_batches(
    extract: Extract, own: Sequence[str], others: Sequence[str], key: Sequence[str], chunk_size: int
) -> Iterator[pl.DataFrame]:
    """The batches of `contiguous_batches` for files in any order; the temporary parts are deleted at the end.

    Raises FitError for a household that comes twice, persons without a household, and blank keys.
    """
    count = min(max(extract.about // _ROWS_A_PART + 1, 4), 256)
    folder = extract.scratch.file("parts")
    try:
        persons = extract.scan_persons(list(dict.fromkeys([*own, *key])), positions=True).with_columns(key_of(key))
        _write(persons, folder / "persons", count, extract.files)
        if _part(folder / "persons", count) is not None:
            raise no_key(extract, key)
        if extract.households:
            households = extract.scan_households(others, positions=True).with_columns(key_of(extract.household_key))
            columns = [KEY, *others, "_source", "_record"]
            _write(households.select(columns), folder / "households", count, extract.households_files)
            _check(extract, folder, count)
        for number in range(count):
            extract.progress = number / count
            part = _part(folder / "persons", number)
            if part is None:
                continue
            with reading_errors([folder]):
                rows = part.sort(_ORDER).collect()
                if others:
                    theirs = _part(folder / "households", number)
                    assert theirs is not None  # checked above: every person has a household
                    rows = rows.join(theirs.select(KEY, *others).collect(), on=KEY, how="left", maintain_order="left")
            yield from _cut(rows, [*own, *others], chunk_size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cut(rows: pl.DataFrame, columns: Sequence[str], chunk_size: int) -> Iterator[pl.DataFrame]:
    """Slices of about `chunk_size` rows that end where a household ends."""
    runs = rows[KEY].rle_id()
    start = 0
    while start < rows.height:
        end = min(start + chunk_size, rows.height)
        if end < rows.height:
            end = int(runs.search_sorted(runs[end - 1], side="right"))
        batch = rows[start:end]
        yield batch.select(*columns, pl.col(KEY).rle_id().alias("_hh"))
        start = end


def _write(frame: pl.LazyFrame, folder: Path, count: int, files: Sequence[Path]) -> None:
    """Rows into parts 0 to count - 1; those with a blank key into part `count`."""
    number = (pl.col(KEY).hash(seed=7) % count).cast(pl.UInt32)
    part = pl.when(pl.col(KEY).is_null()).then(pl.lit(count, dtype=pl.UInt32)).otherwise(number)
    folder.mkdir(parents=True)
    parts = pl.PartitionBy(folder, key={"_part": part}, include_key=False, approximate_bytes_per_file=None)
    with reading_errors(files):
        frame.sink_parquet(parts, mkdir=True, compression="lz4", statistics=False, engine="streaming")


def _part(folder: Path, number: int) -> pl.LazyFrame | None:
    files = sorted((folder / f"_part={number}").glob("*.parquet"))
    return pl.scan_parquet(files, glob=False, hive_partitioning=False) if files else None


def _check(extract: Extract, folder: Path, count: int) -> None:
    """Every household once, every person with a household: else FitError, without a key's value."""
    orphans, first = 0, None
    for number in range(count):
        households = _part(folder / "households", number)
        if households is not None:
            twice = (
                households.filter(pl.col(KEY).is_duplicated())
                .select(_ORDER).sort(_ORDER).head(2).collect()
            )  # fmt: skip
            if twice.height:
                raise _twice(extract, twice)
        persons = _part(folder / "persons", number)
        if persons is None:
            continue
        lone = persons.select(_ORDER)
        if households is not None:
            lone = lone.join(households.select(KEY), on=KEY, how="anti")
        lone_rows = lone.select("_source", "_record").sort("_source", "_record").collect()
        if lone_rows.height:
            orphans += lone_rows.height
            first = min(first or lone_rows.row(0), lone_rows.row(0))
    if first is not None:
        which = ", ".join(str(path) for path in extract.households_files)
        raise FitError(
            f"{which}: no household for {orphans:,} persons, the first in record {first[1] + 1:,} "
            f"of {extract.files[first[0]]}",
            f"are the files of one delivery, and is {' + '.join(extract.household_key)} their key?",
        )


def _twice(extract: Extract, rows: pl.DataFrame) -> FitError:
    (_, source, record), (_, again, record_again) = rows.rows()
    path = extract.households_files[source]
    where = f"rows {record + 1:,} and {record_again + 1:,}"
    if source != again:
        where = f"row {record + 1:,}, and row {record_again + 1:,} of {extract.households_files[again]}"
    return FitError(
        f"{path}: a household appears twice ({where})",
        f"a household needs one row: is {' + '.join(extract.household_key)} the whole key?",
    )
