"""Whether a peer comes to the numbers of harmonize: every cell and series, the estimate and the persons it is of."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from whole_tables import DIMENSIONS, NUMBERS, SAME

CELL = ["sample", *DIMENSIONS]
TOLERANCE = 1e-9


class Differs(Exception):
    """A peer's numbers are not those of harmonize: how many, and one of them."""


def levels_of(estimates: Path) -> pl.DataFrame:
    """What `harmonize run` wrote, a row for each cell and series with persons: CELL, indicator, number, estimate, n."""
    levels = pl.read_parquet(estimates).filter(pl.col("statistic") == "level", pl.col("n") > 0)
    return levels.select(*CELL, "indicator", pl.col("series").replace(SAME).alias("number"), "estimate", "n")


def handed_in(table: Path) -> pl.DataFrame:
    """What a peer handed in, a row for each cell and number with persons: CELL, number, theirs, theirs_n."""
    schema = dict.fromkeys(CELL, pl.String) | dict.fromkeys(NUMBERS, pl.Float64)
    wide = pl.read_csv(table, schema_overrides=schema, null_values=["", "NaN"])
    each = [
        wide.select(*CELL, number=pl.lit(name), theirs=name, theirs_n=pl.col(f"{name}_n").cast(pl.Int64))
        for name in NUMBERS
    ]
    return pl.concat(each).filter(pl.col("theirs_n") > 0).with_columns(pl.col(DIMENSIONS).fill_null("_T"))


def compare(estimates: Path, table: Path) -> int:
    """How many numbers the two have, all of them the same.

    estimates: estimates.parquet of a run; table: a peer's csv. Raises Differs where one has a cell or series that the
    other lacks, another count of persons, or an estimate that differs by more than TOLERANCE of itself.
    """
    both = levels_of(estimates).join(handed_in(table), on=[*CELL, "number"], how="full", coalesce=True)
    near = (pl.col("estimate") - pl.col("theirs")).abs() <= TOLERANCE * pl.col("estimate").abs()
    wrong = both.filter(~(near & (pl.col("n") == pl.col("theirs_n"))).fill_null(False))
    if wrong.height:
        one = {name: value for name, value in wrong.row(0, named=True).items() if value != "_T"}
        raise Differs(f"{wrong.height} of {both.height} numbers differ from those of harmonize, as {one}")
    if both.is_empty():
        raise Differs("there is no number to compare")
    return both.height
