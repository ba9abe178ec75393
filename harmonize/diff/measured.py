"""What another mapping does to the numbers: the levels of both, side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.unmapped import FEW

KEY = ("sample", "indicator", "series", "unit", "group")


def measured(old: str, new: str, data: Sequence[Path], **options: Any) -> tuple[pl.DataFrame, int]:
    """The levels that differ between two mappings of an extract, of everybody and by each single variable; and how many
    are not shown with either, being suppressed.

    Columns: sample, indicator, series, unit, group (String: `everybody`, `sex female`), there, there_new (Boolean: null
    where a mapping has no such number), old, new (Float64: null too where it is suppressed), old_n, new_n (Int64).
    Both runs are protected as a release is.
    options: as pipeline.run has them. Raises a HarmonizeError where one of the two does not fit the data.
    """
    before, after = (_levels(mapping, data, options) for mapping in (old, new))
    both = before.join(after, on=KEY, how="full", coalesce=True, suffix="_new", maintain_order="left_right")
    both = both.select(
        *KEY, "there", "there_new", old="estimate", new="estimate_new", old_n="n", new_n="n_new"
    )  # there: null where a mapping does not measure it
    differ = pl.col("old").ne_missing(pl.col("new")) | pl.col("old_n").ne_missing(pl.col("new_n"))
    return both.filter(differ), both.filter(pl.col("old_n").is_null() & pl.col("new_n").is_null()).height


def persons(old: int | None, new: int | None) -> str:
    """How many persons more or fewer are counted, not exactly where they are few."""
    if old is None or new is None:
        return ""
    apart = new - old
    if 0 < abs(apart) < FEW:
        return f"{'+' if apart > 0 else '-'}<{FEW}"
    return f"{apart:+,}" if apart else "0"


def _levels(mapping: str, data: Sequence[Path], options: dict[str, Any]) -> pl.DataFrame:
    from harmonize import pipeline

    with tempfile.TemporaryDirectory() as folder:
        made = pipeline.run(mapping, data, Path(folder) / "run", formats=("csv",), **options).estimates
    plain = (pl.col("adjustment") == "none") & (pl.col("definition") == "default") & (pl.col("status_of") == "self")
    levels = made.filter(
        (pl.col("statistic") == "level") & plain & ~pl.col("disaggregation").str.contains("*", literal=True)
    )
    first = levels.columns.index("disaggregation") + 1
    named = [
        pl.when(pl.col("disaggregation") == name).then(pl.format("{} {}", pl.lit(name), name))
        for name in levels.columns[first : levels.columns.index("estimate")]
    ]
    return levels.with_columns(group=pl.coalesce(*named, pl.lit("everybody"))).select(
        *KEY, "estimate", "n", there=pl.lit(True)
    )
