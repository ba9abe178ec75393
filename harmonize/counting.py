"""What is counted of the rows beside the tables: unknowns, contradictions, unmapped codes, who was not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.rows import Rows
from harmonize.distinct.tally import Tally
from harmonize.ledger import SAMPLE, Ledger
from harmonize.quality.asked import Asked
from harmonize.quality.households_of import HouseholdsOf, of_some
from harmonize.quality.sums import status_columns
from harmonize.rules.extract_columns import source_column
from harmonize.rules.harmoniser import Harmoniser
from harmonize.rules.number import top_code
from harmonize.rules.pointed import SHARED
from harmonize.sample_plan import SamplePlan
from harmonize.schema.variable import UNKNOWN
from harmonize.tabulate.tables import BASES

INCLUDED = grouped([pl.col("_include").alias("persons")])
EXCLUDED = grouped([(~pl.col("_include")).alias("excluded")])


@dataclass(frozen=True)
class Beside:
    """What counts rows beside the state: the ledger, with the rows' weights (rows) and their households."""

    ledger: Ledger
    weight: npt.NDArray[np.int64]
    households: HouseholdsOf | None

    def some(self, at: npt.NDArray[np.int32]) -> Beside:
        """The same for some of the rows."""
        return Beside(self.ledger, self.weight[at], of_some(self.households, at))

    def count(self, rows: Rows, counts: Sequence[Group], asked: Asked) -> None:
        """Count rows of one plan, which have all its columns."""
        if not rows.height:
            return
        times = times_counted(rows)
        weight = np.where(times > 0, self.weight, 0)  # who is not included has a weight too
        persons = Tally(rows, *rows.numbered((*SAMPLE, *filter(None, status_columns(rows)))), times)
        self.ledger.add_counted(persons, counts)
        self.ledger.quality.add(rows, asked, persons, weight, self.households)
        self.ledger.add(rows, EXCLUDED)


def count_unmapped(rows: Rows, harmoniser: Harmoniser, ledger: Ledger) -> None:
    """Add the codes that the mapping says nothing about, of the included rows that reach their rule."""
    for name, (_, columns) in harmoniser.unmapped.items():
        where = f"_unmapped_{name}"
        if rows.any(where):
            there = ["_sample", "_include", "_persons", where, *map(source_column, columns)]
            frame = rows.frame(dict.fromkeys(there)).filter(pl.col("_include") & (pl.col("_persons") > 0))
            ledger.add_unmapped(frame, name, columns, where)


def times_counted(rows: Rows) -> npt.NDArray[np.int64]:
    """The persons that each row stands for, none where it is not included, (rows)."""
    persons: npt.NDArray[np.int64] = rows.series("_persons").to_numpy()
    return np.where(rows.series("_include").to_numpy(), persons, 0)


def counted(rows: Rows, plan: SamplePlan, harmoniser: Harmoniser, further: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """What is counted of the included persons of one plan, Booleans by their names. rows: with all columns.

    further: contradictions beside those of the plan.
    """
    if SHARED in rows:
        further = {**further, "person_number_of_another_of_the_household": pl.col(SHARED)}
    counts = {f"contradiction:{name}": expr for name, expr in {**plan.contradictions, **further}.items()}
    for name in sorted(plan.columns):
        if isinstance(rows.dtype(name), pl.Enum):
            counts[f"unknown:{name}"] = pl.col(name) == UNKNOWN
    for name in [name for name in sorted(plan.columns) if rows.dtype(name) == pl.Float64]:
        na = pl.col(f"{name}__na") if f"{name}__na" in rows else pl.lit(False)
        counts[f"missing:{name}:not_applicable"] = na
        counts[f"missing:{name}:unknown"] = pl.col(name).is_null() & ~na.fill_null(False)
        top = top_code(harmoniser.available[name].body)
        if top is not None:
            counts[f"top:{name}"] = pl.col(name) >= top
    for key, mask in plan.masks.items():
        counts[f"narrowed:{key[0]}:{key[1]}"] = mask.narrowed
    for basis in plan.bases:
        column, as_status = BASES[basis]
        migrants = [value for value, status in as_status.items() if status == "migrant"]
        counts[f"known:{basis}"] = pl.col(column).cast(pl.String).is_in(list(as_status))
        counts[f"migrants:{basis}"] = pl.col(column).cast(pl.String).is_in(migrants)
    counts["persons"] = pl.lit(True)
    return [expr.fill_null(False).alias(name) for name, expr in counts.items()]
