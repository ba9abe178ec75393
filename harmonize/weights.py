"""Person weights as fixed-point integers, so that sums are exact whatever the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numba import njit

from harmonize.errors import FitError
from harmonize.mapping.model import Design
from harmonize.readers.written import is_blank

WEIGHT = "_fixed"
_BITS = 32
_NEAR = 1e-3  # units that a weight of the declared decimals is at most from a whole one
LARGEST = 2.0**50
LARGEST_PRODUCT = 2.0**62
_MOST_PERSONS = 100_000.0


@dataclass(frozen=True)
class Weights:
    """How the weight column becomes integers.

    scale: units of one weight (10 to the declared decimals, else 2^32). persons: persons of one
    weight, None where weights do not add up to a population. decimals: those declared, None if none are.
    """

    column: str | None
    scale: float
    persons: float | None
    decimals: int | None

    @classmethod
    def of(cls, design: Design, codebook_decimals: int | None) -> Weights:
        """From the mapping's design; the decimals of the codebook serve where the mapping gives none."""
        decimals = design.weight_decimals if design.weight_decimals is not None else codebook_decimals
        factor = design.weight_factor
        if design.person_weight is None:
            known = design.full_count or factor is not None
            return cls(None, 1.0, (factor or 1.0) if known else None, decimals)
        persons = (factor or 1.0) if design.weight_kind == "expansion" or factor is not None else None
        if decimals is None:
            return cls(design.person_weight, 2.0**_BITS, persons, None)
        return cls(design.person_weight, 10.0**decimals, persons, decimals)

    def expr(self) -> pl.Expr:
        """The weight as Float64 in fixed-point units, not yet rounded; null where it is not a number."""
        if self.column is None:
            return pl.lit(1.0).alias(WEIGHT)
        return (number(self.column) * self.scale).alias(WEIGHT)

    def checked(self, batch: pl.DataFrame, keep: pl.Series, first_row: int) -> pl.Series:
        """The batch's weights as Int64, 0 for persons not kept, whose weight doesn't matter.

        Raises FitError for one that is missing, not a number or negative. first_row: 1-based number of
        the batch's first person, for the message.
        """
        if self.column is None:
            return pl.repeat(1, batch.height, dtype=pl.Int64, eager=True)
        units = batch.select(self.expr()).to_series()
        weight = np.empty(batch.height, np.int64)
        near = _NEAR if self.decimals is not None else 1.0
        if not _fixed(units.fill_null(np.nan).to_numpy(), keep.to_numpy(), near, weight):
            self._refuse(batch, units, keep, near, first_row)
        return pl.Series(WEIGHT, weight)

    def _refuse(self, batch: pl.DataFrame, weight: pl.Series, keep: pl.Series, near: float, first_row: int) -> None:
        """Raise the FitError of the first fault of the batch. weight: in units."""
        assert self.column is not None
        faults = (
            (is_blank(batch[self.column]), "is missing", "leave the person out with include, or give a weight"),
            (
                weight.is_null() | ~weight.is_finite(),
                "is not a number",
                "read.decimal says which decimal mark the file has",
            ),
            (weight < 0, "is negative", "a main weight may not be negative; replicate weights may"),
            (weight > LARGEST, "is too large", "state design.weight_decimals"),
            (
                (weight - weight.round(0)).abs() > near,
                "has more decimals than declared",
                "set design.weight_decimals in the mapping to the decimals of the file",
            ),
        )
        found = []
        for fault, what, help in faults:
            mine = fault.fill_null(False) & keep
            keep = keep & ~mine  # a weight has one fault, the first of these
            if mine.any():
                found.append((int(mine.arg_max() or 0), int(mine.sum()), what, help))
        row, count, what, help = min(found)
        persons = "1 person" if count == 1 else f"{count:,} persons"
        raise FitError(f"weight {self.column} {what} (first in row {first_row + row:,}; {persons} up to here)", help)


@njit(cache=True, nogil=True)
def _fixed(units: Any, keep: Any, near: float, weight: Any) -> bool:
    """weight[r] = units[r] in whole units, 0 where it is not kept; False where one that is can't be."""
    for r in range(units.shape[0]):
        weight[r] = 0
        if keep[r]:
            whole = np.rint(units[r])
            if not (units[r] >= 0 and units[r] <= LARGEST and abs(units[r] - whole) <= near):
                return False
            weight[r] = np.int64(whole)
    return True


def number(column: str) -> pl.Expr:
    """A text column as Float64; null where it is not a number."""
    return pl.col(column).cast(pl.Float64, strict=False)


def persons_of(batch: pl.DataFrame, column: str, keep: pl.Series, first_row: int) -> pl.Series:
    """How many persons each row of a dwelling file stands for, as Int64; 0 for rows not kept.

    Raises FitError for one that is missing or not a whole number from 0 on.
    """
    size = batch.select(number(column)).to_series()
    wrong = (size.is_null() | (size != size.floor()) | (size < 0) | (size > _MOST_PERSONS)).fill_null(True) & keep
    count = int(wrong.sum())
    if count:
        row = first_row + int(wrong.arg_max() or 0)
        rows = "1 row" if count == 1 else f"{count:,} rows"
        raise FitError(
            f"{column} is missing or no count of persons (first in row {row:,}; {rows} up to here)",
            "design.size is the number of persons of a dwelling; leave dwellings without it out with include",
        )
    return pl.select(pl.when(keep).then(size).otherwise(0.0)).to_series().cast(pl.Int64)


def times_persons(weight: pl.Series, persons: pl.Series) -> pl.Series:
    """The weight of all persons of a row. Raises FitError where it is too large for exact sums."""
    if (weight.cast(pl.Float64) * persons > LARGEST_PRODUCT).any():
        raise FitError("the weights are too large for exact sums", "state design.weight_decimals in the mapping")
    return weight * persons
