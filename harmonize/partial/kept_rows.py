"""The rows of all parts that are looked at again, those of households that were cut joined."""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl

from harmonize.partial.state_file import StateFile
from harmonize.plan import Plan
from harmonize.second_look.kept import UNIT, Batch, Kept


def kept_of_all(plan: Plan, files: Sequence[StateFile]) -> Kept:
    """What a run of everything would have kept, in other batches."""
    kept = Kept(plan)
    ends: list[Batch] = []
    for file in files:
        for content in file.kept("body"):
            kept.put_bytes(content)
        tables = (pl.read_parquet(io.BytesIO(content)) for content in file.kept("ends"))
        ends.extend(Batch(rows, units) for rows, units in zip(tables, tables, strict=True))
    if ends:
        kept.put_batch(_whole(ends))
    return kept


def _whole(pieces: Sequence[Batch]) -> Batch:
    """One batch of households of which each piece may have a part: units of one name are one."""
    units = pl.concat([piece.units for piece in pieces])
    before = [0]
    for piece in pieces:
        before.append(before[-1] + piece.units.height)
    rows = pl.concat(
        [piece.rows.with_columns(pl.col(UNIT) + start) for piece, start in zip(pieces, before[:-1], strict=True)]
    )
    number = units.select((pl.struct(pl.all()).rank("dense") - 1).cast(pl.Int64).alias("n"))["n"]
    rows = rows.with_columns(number.gather(rows[UNIT]).alias(UNIT)).sort(UNIT, maintain_order=True)
    units = units.with_columns(number.alias("_n")).unique("_n", keep="first").sort("_n").drop("_n")
    return Batch(rows, units)
