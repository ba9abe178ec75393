"""The units of a batch: runs of rows of one household in one stratum and cluster."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.errors import FitError
from harmonize.mapping.model import Design
from harmonize.readers.runs import changes
from harmonize.readers.written import in_text, is_blank
from harmonize.weights import number


def together(batch: pl.DataFrame, design: Design) -> pl.DataFrame:
    """The batch with each household's rows of one stratum and cluster in one run; most come so."""
    names = drawn_by(design)
    if not names:
        return batch
    if not (changes(batch, names) & ~changes(batch, ["_hh"])).any():
        return batch
    return in_text(batch, names).sort("_hh", *names, maintain_order=True)


def units_of(batch: pl.DataFrame, design: Design, first_row: int) -> tuple[npt.NDArray[np.int64], pl.DataFrame]:
    """First row of each unit, and the end; and those rows, with `_first` where a household begins.

    Columns of the design are as they came, texts or numbers that stand for them (see readers/written.py). batch: with
    `_sample`. first_row: 1-based number of the batch's first row, for the message. Raises FitError for a
    blank stratum or cluster.
    """
    names = list(dict.fromkeys(("_hh", "_sample", *drawn_by(design))))
    fpc = [design.fpc.column] if design.fpc and design.fpc.column and design.fpc.column not in names else []
    households = changes(batch, ["_hh"])
    first = np.flatnonzero(households | changes(batch, names[1:]))
    heads = batch.select(*names, *fpc)[first].with_columns(pl.Series("_first", households[first]))
    for name in drawn_by(design):
        blank = is_blank(heads[name])
        if blank.any():  # the first of blanks begins a unit
            row = first_row + int(first[blank.arg_max() or 0])
            raise FitError(
                f"{name} is blank in row {row:,}: every person needs a stratum and a cluster",
                "mend the extract, or leave the column out of design in the mapping",
            )
    return np.append(first, batch.height), heads


def fpc_of(heads: pl.DataFrame, design: Design) -> npt.NDArray[np.float64] | None:
    """The finite population correction of each unit's stratum, nan where it is no number, if a column has it."""
    if design.fpc is None or design.fpc.column is None:
        return None
    return heads.select(number(design.fpc.column).fill_null(float("nan"))).to_series().to_numpy()


def drawn_by(design: Design) -> list[str]:
    """The columns of strata and clusters."""
    return list(dict.fromkeys((*design.stratum, *design.cluster)))
