"""The hashes of the households of some rows of a batch, asked for only where a group has few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.key_hashes import Hashes, key_hashes
from harmonize.readers.drawing import KEY, key_of
from harmonize.readers.written import in_text

HouseholdsOf = Callable[[npt.NDArray[np.int64]], Hashes]  # of rows, by their places


def households_of(batch: pl.DataFrame, key: Sequence[str]) -> HouseholdsOf | None:
    """key: the columns that name a household; None where there are none, and each row is one."""
    if not key:
        return None
    return lambda places: key_hashes(in_text(batch.select(key)[places], key).select(key_of(key))[KEY])


def of_some(hashes: HouseholdsOf | None, at: npt.NDArray[np.int32]) -> HouseholdsOf | None:
    """The same for a batch of some of the rows."""
    return hashes and (lambda places: hashes(at[places].astype(np.int64)))
