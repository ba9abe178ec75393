"""Drawing rows in ordered batches; polars' errors as ours, never with a cell of the data in them."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import polars as pl

from harmonize.errors import DataFileError, FitError, OutputError
from harmonize.readers.written import stacked

KEY = "_key"
# between the parts of a key: a character no data file has in a cell
_BETWEEN = "\x1f"
# more than these do not wait for one thread that unpacks and checks
_MOST_WORKERS = 4

# cells of a parquet file that are in memory at once, most of them of 8 bytes
_SPAN = 16 << 20

Item = TypeVar("Item")


def in_order(make: Callable[[Item], pl.DataFrame], items: Iterable[Item]) -> Iterator[pl.DataFrame]:
    """What `make` makes of each item, in their order, while the next are made: polars parses a piece on one core."""
    workers = min(pl.thread_pool_size(), _MOST_WORKERS)
    coming: deque[Future[pl.DataFrame]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        for item in items:
            coming.append(threads.submit(make, item))
            if len(coming) > workers:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def of_size(frames: Iterable[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """The rows of the frames in frames of `size` rows, the last of what is left."""
    left: pl.DataFrame | None = None
    for frame in frames:
        frame = frame if left is None else stacked([left, frame])
        whole = frame.height - frame.height % size
        for start in range(0, whole, size):
            yield frame[start : start + size]
        left = frame[whole:] if whole < frame.height else None
    if left is not None:
        yield left


def spans(table: pl.LazyFrame, columns: Sequence[str], rows: int, chunk_size: int) -> Iterator[pl.DataFrame]:
    """These columns of a parquet file of so many `rows`, in order, in frames of about `chunk_size` rows.

    Of the whole file at once polars reads ahead of what is taken: of 3 million rows with 108 columns that took 2.6 GB,
    and more of more rows. So it is given a span of rows at a time; of one of its row groups it unpacks no more.
    """
    span = max(_SPAN // max(len(columns), 1), chunk_size)
    for start in range(0, rows, span):
        yield from one_span(table, columns, start, span).collect_batches(
            chunk_size=chunk_size, maintain_order=True, engine="streaming", lazy=True
        )


def one_span(table: pl.LazyFrame, columns: Sequence[str], start: int, span: int) -> pl.LazyFrame:
    """So many rows of these columns, which are all that is read of the file."""
    return table.select(columns).slice(start, span)


@contextmanager
def reading_errors(files: Sequence[Path]) -> Iterator[None]:
    """Turn polars' errors into ours. Their text is dropped: it may quote a person's values."""
    which = ", ".join(str(path) for path in files)
    try:
        yield
    except pl.exceptions.ComputeError as error:
        if "utf" in str(error).lower():
            raise FitError(
                f"{which}: a field ends inside a character",
                "is the encoding right, and the codebook this file's?",
            ) from None
        raise DataFileError(f"{which}: the file cannot be read to its end", "download or export it again") from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
            raise OutputError("the temporary folder is full", "set TMPDIR to a folder with more room") from None
        raise DataFileError(f"{which}: the file cannot be read to its end", "did it change meanwhile?") from None


def key_of(columns: Sequence[str]) -> pl.Expr:
    """The columns as one text `_key`, null where one of them is blank."""
    parts = [pl.when(pl.col(name).str.len_bytes() > 0).then(pl.col(name)) for name in columns]
    return (parts[0] if len(parts) == 1 else pl.concat_str(parts, separator=_BETWEEN)).alias(KEY)
