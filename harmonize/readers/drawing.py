"""Drawing a lazy frame in ordered batches; polars' errors as ours, never with a cell of the data in them."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from harmonize.errors import DataFileError, FitError, OutputError

KEY = "_key"
# between the parts of a key: a character no data file has in a cell
_BETWEEN = "\x1f"


def draw(frame: pl.LazyFrame, chunk_size: int, files: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """The frame's rows in order, in batches of about `chunk_size`. Raises DataFileError if `files` fail."""
    with reading(files):
        batches = frame.collect_batches(chunk_size=chunk_size, maintain_order=True, engine="streaming", lazy=True)
        yield from batches


@contextmanager
def reading(files: Sequence[Path]) -> Iterator[None]:
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
