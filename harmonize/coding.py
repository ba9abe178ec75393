"""From the harmonised rows of a sample to what the state adds up: bits of series, amounts, a cell code per table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.derivations.arrival import NOT_KNOWN
from harmonize.indicators.model import Series
from harmonize.sample_plan import SamplePlan
from harmonize.tabulate.kinds import Kinds, Mean, kinds_of
from harmonize.tabulate.tables import Table

MASKS = ("base", "left_out", "universe", "numerator")
WORD = 64  # series that a word of a mask has bits for


class Coded(NamedTuple):
    """codes: (rows, tables). masks: of MASKS, each (rows, words). amounts: (rows, k) of series that are means.

    values: (rows, k) of series that are decided later. stay: (rows) completed years since arrival, see least_stay.
    """

    codes: npt.NDArray[np.int32]
    masks: list[npt.NDArray[np.uint64]]
    amounts: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int64]
    stay: npt.NDArray[np.int64] | None


@dataclass(frozen=True)
class Coding:
    """series: (indicator, series) in the order of their bits; wanted: the series asked for, with their stand-ins.

    with_stay: whether years since arrival are coded too.
    """

    series: Sequence[tuple[str, str]]
    wanted: Sequence[Series]
    tables: Sequence[Table]
    with_stay: bool = False

    @cached_property
    def _series(self) -> dict[int, Series]:
        """The series with an amount, by their number."""
        with_amount = {each.key: each for one in self.wanted for each in one.and_stand_ins if each.amount is not None}
        return {at: with_amount[key] for at, key in enumerate(self.series) if key in with_amount}

    @cached_property
    def means(self) -> dict[int, Mean]:
        """The series that are means of an amount, by their number."""
        amounts = {at: each.amount for at, each in self._series.items() if each.amount and not each.decided}
        return {
            at: Mean(amount.decimals, amount.per_decimals if amount.per else None) for at, amount in amounts.items()
        }

    @cached_property
    def in_money(self) -> list[int]:
        """The numbers of those that are means of earnings and the like."""
        return [at for at in self.means if self._series[at].unit == "currency"]

    @cached_property
    def in_groups(self) -> list[int]:
        """The numbers of the series whose sums are also kept by groups of clusters."""
        return [at for at, each in self._series.items() if each.from_sums]

    @cached_property
    def by_arrival(self) -> list[int]:
        """The numbers of those of them whose migrants had arrived before a date that the sums tell, if it is known."""
        return [at for at in self.in_groups if self.with_stay and not self._series[at].of_everybody]

    @cached_property
    def kinds(self) -> Kinds:
        """The places of their amounts, without tables."""
        return kinds_of(len(self.series), 0, self.means)

    @cached_property
    def later(self) -> dict[int, Series]:
        """The series that are decided when all persons were seen, by their number."""
        return {at: each for at, each in self._series.items() if each.decided}

    @cached_property
    def looked_at_again(self) -> list[int]:
        """A bit for each series whose persons are looked at again when all were seen, 64 a word."""
        return self._series_words(self._standardised | self.later.keys())

    @cached_property
    def kept_with_unknowns(self) -> list[int]:
        """The same of the series of which also those persons are looked at again who are left out."""
        return self._series_words(self.by_arrival)

    @property
    def keeps(self) -> bool:
        """Whether there is a second look at any rows."""
        return any(self.looked_at_again) or any(self.kept_with_unknowns)

    @cached_property
    def kept_amounts(self) -> list[int]:
        """The places of the amounts that a second look takes."""
        found = [self.kinds.above[s] for s in self._standardised & self.means.keys()]
        for s in self.by_arrival:
            found += [self.kinds.above[s], self.kinds.below[s]]
        return sorted(int(place) for place in found)

    @cached_property
    def _standardised(self) -> set[int]:
        return {s for table in self.tables if table.standard for s in table.series or ()}

    def _series_words(self, series: Iterable[int]) -> list[int]:
        words = [0] * max(1, -(-len(self.series) // WORD))
        for s in series:
            words[s // WORD] |= 1 << (s % WORD)
        return words

    def expressions(self, plan: SamplePlan) -> list[pl.Expr]:
        """The columns of rows of one plan. A row that the mapping does not include has no bit."""
        included = pl.col("_include").cast(pl.UInt64)
        return [
            *(bits * included for mask in MASKS for bits in self._bits(mask, plan)),
            *self._rounded(plan),
            *self._valued(plan),
            *self._stay(plan),
            *(table.code() for table in self.tables),
        ]

    def arrays(self, frame: pl.DataFrame) -> Coded:
        """The columns of `expressions` as the state takes them; others of the frame are left."""
        masks = [frame.select(self._words(mask)).to_numpy() for mask in MASKS]
        codes = frame.select(self._cells).to_numpy()
        amounts = frame.select(self._amounts).to_numpy().reshape(frame.height, -1)
        values = frame.select(f"value{at}" for at in self.later).to_numpy().reshape(frame.height, -1)
        return Coded(
            np.ascontiguousarray(codes, dtype=np.int32),
            [np.ascontiguousarray(mask) for mask in masks],
            np.ascontiguousarray(amounts),
            np.ascontiguousarray(values, dtype=np.int64),
            frame["stay"].to_numpy() if self.with_stay else None,
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
        """The columns that hold what persons add to the series that are means: above the line, then below it."""
        per = [f"per{at}" for at, mean in self.means.items() if mean.per is not None]
        return [*(f"amount{at}" for at in self.means), *per]

    def _stay(self, plan: SamplePlan) -> list[pl.Expr]:
        if not self.with_stay:
            return []
        return [(pl.lit(NOT_KNOWN, pl.Int64) if plan.stay is None else plan.stay).alias("stay")]

    def _valued(self, plan: SamplePlan) -> list[pl.Expr]:
        found = []
        for at, series in self.later.items():
            mask = plan.masks.get(self.series[at])
            value = mask.amount if mask and mask.amount is not None else pl.lit(0.0)
            decimals = series.amount.decimals if series.amount else 0
            found.append((value * 10.0**decimals).round().cast(pl.Int64).alias(f"value{at}"))
        return found

    def _rounded(self, plan: SamplePlan) -> list[pl.Expr]:
        above, below = [], []
        for at, mean in self.means.items():
            mask = plan.masks.get(self.series[at])
            above.append(_fixed(mask.amount if mask else None, mean.decimals).alias(f"amount{at}"))
            if mean.per is not None:
                below.append(_fixed(mask.per if mask else None, mean.per).alias(f"per{at}"))
        return [*above, *below]


def _fixed(amount: pl.Expr | None, decimals: int) -> pl.Expr:
    """The amount in units of its last decimal; 0 where a sample does not have it."""
    return ((pl.lit(0.0) if amount is None else amount) * 10.0**decimals).round().cast(pl.UInt64)
