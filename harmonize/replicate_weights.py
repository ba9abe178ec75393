"""Replicate weights of persons as fixed-point integers, in the units of the person weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.errors import FitError
from harmonize.weights import LARGEST, LARGEST_PRODUCT, Weights, number

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_AT_ONCE = 4_096  # rows, so that what is between text and integers is small


def replicate_weights(
    batch: pl.DataFrame, columns: Sequence[str], weights: Weights, keep: pl.Series, first_row: int
) -> Ints:
    """The replicate weights of a batch, (rows, replicates); 0 for persons not kept, whose weights don't matter.

    They may be negative. Raises FitError for one that is missing, not a number, or has more decimals than declared.
    first_row: 1-based number of the batch's first person, for the message.
    """
    kept = keep.to_numpy()
    made = np.empty((batch.height, len(columns)), np.int64)
    for start in range(0, batch.height, _AT_ONCE):
        piece = slice(start, start + _AT_ONCE)
        found = _numbers(batch[piece], columns, weights, kept[piece])
        whole = np.round(found)
        if not _fitting(found, whole, weights).all():
            found = _numbers(batch, columns, weights, kept)
            _refuse(batch, columns, weights, found, ~_fitting(found, np.round(found), weights), first_row)
        made[piece] = whole
    return made


def _numbers(batch: pl.DataFrame, columns: Sequence[str], weights: Weights, kept: npt.NDArray[np.bool_]) -> Floats:
    """(rows, replicates) as units, not yet rounded: nan where it is no number, 0 for persons not kept."""
    table = batch.select(number(name) * weights.scale for name in columns).fill_null(float("nan"))
    found = table.to_numpy(order="c")
    return found if kept.all() else np.where(kept[:, None], found, 0.0)


def _fitting(found: Floats, whole: Floats, weights: Weights) -> npt.NDArray[np.bool_]:
    """(rows, replicates) whether each weight is one, of the decimals that are declared."""
    with np.errstate(invalid="ignore"):
        fits: npt.NDArray[np.bool_] = np.abs(found) <= LARGEST  # nan is not
        if weights.decimals is not None:
            fits &= np.abs(found - whole) <= 1e-3
    return fits


def replicates_times_persons(replicates: Ints, persons: pl.Series) -> Ints:
    """The replicate weights of all persons of a row. Raises FitError where they are too large for exact sums."""
    many = persons.to_numpy()[:, None]
    if (np.abs(replicates.astype(np.float64)) * many > LARGEST_PRODUCT).any():
        raise FitError("the replicate weights are too large for exact sums", "state design.weight_decimals")
    of_all: Ints = replicates * many
    return of_all


def _refuse(
    batch: pl.DataFrame,
    columns: Sequence[str],
    weights: Weights,
    found: Floats,
    faulty: npt.NDArray[np.bool_],
    first_row: int,
) -> None:
    """Raise the FitError of the first column that has a fault."""
    at = int(faulty.any(axis=0).argmax())
    name, rows = columns[at], np.flatnonzero(faulty[:, at])
    first = int(rows[0])
    cell = batch[name][first]
    if cell is None or cell == "":
        what, help = "is missing", "leave the person out with include, or give all its replicate weights"
    elif not np.isfinite(found[first, at]):
        what, help = "is not a number", "read.decimal says which decimal mark the file has"
    elif abs(found[first, at]) > LARGEST:
        what, help = "is too large", "state design.weight_decimals"
    else:
        what = f"has more decimals than the {weights.decimals} of the weights"
        help = "set design.weight_decimals in the mapping to the most decimals of weights and replicate weights"
    persons = "1 person" if len(rows) == 1 else f"{len(rows):,} persons"
    raise FitError(f"replicate weight {name} {what} (first in row {first_row + first:,}; {persons} up to here)", help)
