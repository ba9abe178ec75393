"""From the harmonised rows of a sample to what the state adds up: bits of series, amounts, a cell code per table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.derivations.arrival import NOT_KNOWN
from harmonize.distinct.by_index import Wanted, by_index
from harmonize.distinct.group import Group, Outcomes, grouped
from harmonize.distinct.kernels import add_words, put_cells
from harmonize.distinct.rows import Rows
from harmonize.indicators.model import Series
from harmonize.sample_plan import SamplePlan
from harmonize.tabulate.kinds import Kinds, Mean, kinds_of
from harmonize.tabulate.tables import Table

MASKS = ("base", "left_out", "universe", "numerator")
_AT_ONCE = 4096
"""Rows that are coded for all groups before the next: what is made of them stays in the processor's cache."""
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

    @classmethod
    def together(cls, height: int, parts: Sequence[tuple[npt.NDArray[np.int32], Coded]]) -> Coded:
        """The rows of several parts in their order. parts: (places of its rows, what was made of them)."""
        if len(parts) == 1:
            return parts[0][1]

        def whole(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
            made = np.zeros((height, *arrays[0].shape[1:]), arrays[0].dtype)
            for (at, _), array in zip(parts, arrays, strict=True):
                made[at] = array
            return made

        each = [coded for _, coded in parts]
        stays = [coded.stay for coded in each if coded.stay is not None]
        return cls(
            whole([coded.codes for coded in each]),
            [whole([coded.masks[i] for coded in each]) for i in range(len(MASKS))],
            whole([coded.amounts for coded in each]),
            whole([coded.values for coded in each]),
            whole(stays) if stays else None,
        )


class Bits:
    """The words of a group's outcomes, each named `mask:series`: (combinations, masks * words)."""

    def __init__(self, group: Group, words: int) -> None:
        self._places = [tuple(map(int, name.split(":"))) for name in group.names]
        self._words = words
        self._made: dict[int, tuple[Outcomes, npt.NDArray[np.uint64]]] = {}

    def of(self, outcomes: Outcomes) -> npt.NDArray[np.uint64]:
        """Of all combinations met so far."""
        array = outcomes.array
        words = self._made[id(outcomes)][1] if id(outcomes) in self._made else self.as_words(array[:0])
        if len(words) < len(array):
            words = np.concatenate([words, self.as_words(array[len(words) :])])
            self._made[id(outcomes)] = outcomes, words
        return words

    def as_words(self, array: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        """(rows, outcomes) of 0 and 1 as words."""
        words = np.zeros((len(array), len(MASKS) * self._words), np.uint64)
        for i, (mask, series) in enumerate(self._places):
            words[:, mask * self._words + series // WORD] |= array[:, i].astype(np.uint64) << np.uint64(series % WORD)
        return words


class CodingGroups(NamedTuple):
    """bits: groups with the masks they are bits of. cells: with the tables they are the cells of. further: amounts."""

    bits: list[tuple[Group, Bits]]
    cells: list[tuple[Group, npt.NDArray[np.int64]]]
    further: list[Group]


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

    def groups(self, plan: SamplePlan) -> CodingGroups:
        """The expressions that code the rows of one plan."""
        bits = [
            getattr(plan.masks[key], mask).cast(pl.Boolean).alias(f"{at}:{bit}")
            for at, mask in enumerate(MASKS)
            for bit, key in enumerate(self.series)
            if key in plan.masks
        ]
        cells = [table.code().alias(str(at)) for at, table in enumerate(self.tables)]
        return CodingGroups(
            [(group, Bits(group, self.words)) for group in grouped(bits)],
            [(group, np.array(group.names, dtype=np.int64)) for group in grouped(cells)],
            grouped([*self._rounded(plan), *self._valued(plan), *self._stay(plan)]),
        )

    def arrays(self, rows: Rows, groups: CodingGroups) -> Coded:
        """The rows as the state takes them. A row that the mapping does not include has no bit."""
        in_bits = [Wanted(group, each.of, each.as_words) for group, each in groups.bits]
        bits = [(code, np.bitwise_or.reduce(tables)) for code, tables, _ in by_index(rows, in_bits)]
        tables = [
            (code, np.hstack(tables), np.concatenate([groups.cells[i][1] for i in which]))
            for code, tables, which in by_index(rows, [Wanted(group) for group, _ in groups.cells])
        ]
        masks = np.empty((len(MASKS), rows.height, self.words), np.uint64)
        cells = np.zeros((rows.height, len(self.tables)), np.int32)
        for start in range(0, rows.height, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            words = np.zeros((len(cells[some]), len(MASKS) * self.words), np.uint64)
            for code, table in bits:
                add_words(code[some], table, words)
            masks[:, some] = words.reshape(-1, len(MASKS), self.words).transpose(1, 0, 2)
            for code, table, at in tables:
                put_cells(code[some], table, at, cells[some])
        include = rows.series("_include")
        if not include.all():
            masks[:, ~include.to_numpy()] = 0
        rows.add(groups.further)
        return Coded(
            cells,
            list(masks),
            _together(rows, self._amounts, np.uint64),
            _together(rows, [f"value{at}" for at in self.later], np.int64),
            rows.series("stay").to_numpy() if self.with_stay else None,
        )

    @property
    def words(self) -> int:
        """Words of a mask, a bit per series."""
        return max(1, -(-len(self.series) // WORD))

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


def _together(rows: Rows, names: Sequence[str], dtype: Any) -> npt.NDArray[Any]:
    """Columns beside each other, (rows, columns)."""
    found = np.zeros((rows.height, len(names)), dtype)
    for i, name in enumerate(names):
        found[:, i] = rows.series(name).to_numpy()
    return found
