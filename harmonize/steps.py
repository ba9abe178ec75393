"""What is done to the rows of one sample plan, each expression once for each combination of what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.coding import CodingGroups
from harmonize.counting import Beside, Counts, counted
from harmonize.distinct.group import Group, grouped
from harmonize.distinct.rows import Rows
from harmonize.indicators.household_deaths import DEATHS, deaths_of_households, household_contradictions, telling_row
from harmonize.quality.asked import Asked
from harmonize.rules.harmoniser import Harmoniser
from harmonize.sample_plan import SamplePlan
from harmonize.schema.variable import UNKNOWN


class Steps:
    """The columns of a sample plan in the order in which they are worked out, its counts, and its coding.

    all_columns: derived variables with their types, of which the plan may lack some, which are then unknown.
    statuses: lists of further columns, after them. by_head: whether a series is of the deaths that households tell
    of; keyed: whether the mapping tells households apart.
    """

    def __init__(
        self,
        plan: SamplePlan,
        harmoniser: Harmoniser,
        coding: CodingGroups,
        all_columns: Mapping[str, pl.DataType],
        statuses: list[list[pl.Expr]],
        *,
        by_head: bool,
        keyed: bool,
    ) -> None:
        absent = sorted(all_columns.keys() - dict(plan.derived).keys())
        steps = [plan.before, *([expr.alias(name)] for name, expr in plan.derived)]
        steps.append([pl.lit(UNKNOWN, all_columns[name]).alias(name) for name in absent])
        if by_head:
            steps.append([telling_row(keyed=keyed)])
        self._steps = [grouped(step) for step in (*steps, *statuses)]
        self._plan, self._harmoniser, self._coding = plan, harmoniser, coding
        self._household_deaths = by_head and keyed
        self._counts: Counts | None = None

    @cached_property
    def _deaths(self) -> dict[bool, list[Group]]:
        return {numbered: grouped(deaths_of_households(numbered)) for numbered in (False, True)}

    def work_out(self, rows: Rows) -> Counts:
        """Add all columns; what is counted of them."""
        for step in self._steps:
            rows.add(step)
        if self._counts is None:
            further = household_contradictions() if self._household_deaths else {}
            named = grouped(counted(rows, self._plan, self._harmoniser, further))
            self._counts = Counts(named, Asked(self._plan, rows))
        return self._counts

    def coding(self, rows: Rows) -> CodingGroups:
        """The rows are counted: make them ready to be coded."""
        if self._household_deaths and DEATHS in rows:
            rows.add(self._deaths[f"{DEATHS}__na" in rows])
        return self._coding


class Part(NamedTuple):
    """The rows of a batch that go through the same steps, what counts them, and their places in the batch."""

    at: npt.NDArray[np.int32]
    rows: Rows
    steps: Steps
    beside: Beside


def by_steps(rows: Rows, steps: Mapping[str, Steps], beside: Beside) -> list[Part]:
    """The rows of each sample by its own steps. steps: by sample."""
    chosen = list({id(each): each for each in steps.values()}.values())
    if len(chosen) == 1:
        return [Part(np.arange(rows.height, dtype=np.int32), rows, chosen[0], beside)]
    parts = []
    for one in chosen:
        mine = rows.series("_sample").is_in([sample for sample, each in steps.items() if each is one])
        at = mine.arg_true().to_numpy().astype(np.int32)
        parts.append(Part(at, rows.some(at), one, beside.some(at)))
    return parts
