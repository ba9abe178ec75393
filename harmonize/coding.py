"""From the harmonised rows of a sample to what the state adds up: bits of series, amounts, a cell code per table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.indicators.model import Series
from harmonize.sample_plan import SamplePlan
from harmonize.tabulate.tables import Table

MASKS = ("base", "left_out", "universe", "numerator")
WORD = 64  # series that a word of a mask has bits for


class Coded(NamedTuple):
    """codes: (rows, tables). masks: of MASKS, each (rows, words). amounts: (rows, series that are means)."""

    codes: npt.NDArray[np.int32]
    masks: list[npt.NDArray[np.uint64]]
    amounts: npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Coding:
    """series: (indicator, series) in the order of their bits; wanted: the series asked for, with their stand-ins."""

    series: Sequence[tuple[str, str]]
    wanted: Sequence[Series]
    tables: Sequence[Table]

    @cached_property
    def decimals(self) -> dict[int, int]:
        """Of the series that are means of an amount, by their number, the decimals that are kept."""
        steps = (each for series in self.wanted for each in series.and_stand_ins)
        decimals = {each.key: each.amount.decimals for each in steps if each.amount is not None}
        return {at: decimals[key] for at, key in enumerate(self.series) if key in decimals}

    def expressions(self, plan: SamplePlan) -> list[pl.Expr]:
        """The columns of rows of one plan. A row that the mapping does not include has no bit."""
        included = pl.col("_include").cast(pl.UInt64)
        return [
            *(bits * included for mask in MASKS for bits in self._bits(mask, plan)),
            *self._rounded(plan),
            *(table.code() for table in self.tables),
        ]

    def arrays(self, frame: pl.DataFrame) -> Coded:
        """The columns of `expressions` as the state takes them; others of the frame are left."""
        masks = [frame.select(self._words(mask)).to_numpy() for mask in MASKS]
        codes = frame.select(self._cells).to_numpy()
        amounts = frame.select(self._amounts).to_numpy().reshape(frame.height, -1)
        return Coded(
            np.ascontiguousarray(codes, dtype=np.int32),
            [np.ascontiguousarray(mask) for mask in masks],
            np.ascontiguousarray(amounts),
        )

    def _words(self, mask: str) -> list[str]:
        """The columns that hold a mask, a bit per series, 64 a column."""
        return [f"{mask}{word}" for word in range(max(1, -(-len(self.series) // WORD)))]

    def _bits(self, mask: str, plan: SamplePlan) -> list[pl.Expr]:
        found = []
        for word, name in enumerate(self._words(mask)):
            keys = self.series[WORD * word : WORD * (word + 1)]
            mine = [(bit, getattr(plan.masks[key], mask)) for bit, key in enumerate(keys) if key in plan.masks]
            each = [met.cast(pl.UInt64) * pl.lit(1 << bit, pl.UInt64) for bit, met in mine]
            found.append(pl.sum_horizontal(each or [pl.lit(0, pl.UInt64)]).cast(pl.UInt64).alias(name))
        return found

    @cached_property
    def _cells(self) -> list[str]:
        """The columns that hold the cell codes, one per table."""
        return [table.code().meta.output_name() for table in self.tables]

    @cached_property
    def _amounts(self) -> list[str]:
        """The columns that hold what persons add to the series that are means."""
        return [f"amount{at}" for at in self.decimals]

    def _rounded(self, plan: SamplePlan) -> list[pl.Expr]:
        found = []
        for (at, places), name in zip(self.decimals.items(), self._amounts, strict=True):
            mask = plan.masks.get(self.series[at])
            amount = pl.lit(0.0) if mask is None or mask.amount is None else mask.amount
            found.append((amount * 10.0**places).round().cast(pl.UInt64).alias(name))
        return found
