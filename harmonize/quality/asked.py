"""Who was asked a variable and who is unknown: what is counted by migratory status beside sex and age."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.rows import Rows
from harmonize.quality.ages import sex_and_age
from harmonize.sample_plan import SamplePlan
from harmonize.schema.variable import NOT_APPLICABLE
from harmonize.schema.variable import UNKNOWN as NOT_KNOWN

#: Those that every census is judged by, in the order of the table.
MAIN = ("age", "sex", "nativity", "country_of_birth", "citizenship_status", "duration_of_stay")
OF_THE_CODE = ("age", "sex")  # known of the sums by sex and age


class Asked:
    """The groups of expressions that are summed for one plan: by row CODE; Booleans `unknown:x` and `not_asked:x`."""

    def __init__(self, plan: SamplePlan, rows: Rows) -> None:
        """rows: with all columns of the plan."""
        (self.code,) = grouped([sex_and_age(plan.columns, set(rows.names))])
        self.answers: list[Group] = grouped(
            [expr for name in variables(plan) if name not in OF_THE_CODE for expr in _answers(name, rows)]
        )


def variables(plan: SamplePlan) -> list[str]:
    """The main variables that a sample has, then those of the series that it measures, by name."""
    measured = {need.variable for done in plan.resolved if done.numerator is not None for need in done.needs}
    return [name for name in (*MAIN, *sorted(measured - set(MAIN))) if name in plan.columns]


def of_series(plan: SamplePlan, measured: AbstractSet[tuple[str, str]]) -> list[str]:
    """The same, of these (indicator, series) alone."""
    needed = {need.variable for done in plan.resolved if done.series.key in measured for need in done.needs}
    return [name for name in variables(plan) if name in needed or name in MAIN]


def _answers(name: str, rows: Rows) -> list[pl.Expr]:
    dtype = rows.dtype(name)
    if dtype == pl.Float64:
        skipped = pl.col(f"{name}__na").fill_null(False) if f"{name}__na" in rows else pl.lit(False)
        unknown = pl.col(name).is_null() & ~skipped
        return [unknown.alias(f"unknown:{name}"), skipped.alias(f"not_asked:{name}")]
    if not isinstance(dtype, pl.Enum):
        return []
    return [
        (pl.col(name) == word).fill_null(False).alias(f"{what}:{name}")
        for what, word in (("unknown", NOT_KNOWN), ("not_asked", NOT_APPLICABLE))
        if word in dtype.categories
    ]
