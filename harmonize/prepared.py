"""A batch on its way to the state: harmonised, then coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.rows import Rows


@dataclass(frozen=True)
class Prepared:
    """A batch ready for the state: see State.add.

    design: also the group of each unit's cluster, where sums are kept by groups. stay: see Coded. replicates:
    (rows, replicates) fixed-point weights of all persons of the row, where the design has them. record_keys: of the
    rows, for the cell-key method.
    """

    starts: npt.NDArray[np.int64]
    design: pl.DataFrame
    codes: npt.NDArray[np.int32]
    weight: npt.NDArray[np.int64]
    masks: list[npt.NDArray[np.uint64]]
    persons: npt.NDArray[np.int64] | None
    fpc: npt.NDArray[np.float64] | None
    amounts: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int64]
    stay: npt.NDArray[np.int64] | None = None
    replicates: npt.NDArray[np.int64] | None = None
    record_keys: npt.NDArray[np.uint32] | None = None


class Taken(NamedTuple):
    """A harmonised batch: its source rows, its harmonised rows with `_include`, weights, persons of a dwelling.

    replicates: see Prepared.
    """

    batch: pl.DataFrame
    rows: Rows
    weight: pl.Series
    persons: pl.Series | None
    replicates: npt.NDArray[np.int64] | None

    @property
    def frame(self) -> pl.DataFrame:
        """The harmonised rows, all columns."""
        return self.rows.frame(self.rows.names)
