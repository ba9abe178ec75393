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

KEY = "_key"
# between the parts of a key: a character no data file has in a cell
_BETWEEN = "\x1f"
# more than these do not wait for one thread that unpacks and checks
_MOST_WORKERS = 4

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
        frame = frame if left is None else pl.concat([left, frame])
        whole = frame.height - frame.height % size
        for start in range(0, whole, size):
            yield frame[start : start + size]
        left = frame[whole:] if whole < frame.height else None
    if left is not None:
        yield left


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
