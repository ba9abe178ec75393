"""What is counted of the rows beside the tables: unknowns, contradictions, unmapped codes, who was not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.rows import Rows
from harmonize.distinct.tallies import MOST, Tallies, Told
from harmonize.ledger import SAMPLE, CountedPart, Ledger, key_of_sample
from harmonize.quality.asked import Asked
from harmonize.quality.households_of import HouseholdsOf, of_some
from harmonize.quality.sums import key_of_sums, status_columns
from harmonize.rules.extract_columns import source_column
from harmonize.rules.harmoniser import Harmoniser
from harmonize.rules.number import top_code
from harmonize.rules.pointed import SHARED
from harmonize.sample_plan import SamplePlan
from harmonize.schema.variable import UNKNOWN
from harmonize.tabulate.tables import BASES

INCLUDED = grouped([pl.col("_include").alias("persons")])


@dataclass(frozen=True, eq=False)
class Counts:
    """What is counted of the rows of one plan: `named` by sample, and what was `asked` by sample and status."""

    named: Sequence[Group]
    asked: Asked

    def tallies(self, ledger: Ledger) -> Tallies[CountedPart]:
        """Tallies of all of it, which are told to the ledger."""

        def tell(told: Told[CountedPart]) -> None:
            if told.group is self.asked.code:
                ledger.quality.add_codes(told)
            elif told.group in self.asked.answers:
                ledger.quality.add_answers(told)
            else:
                ledger.add_told(told)

        return Tallies([*self.named, *self.asked.answers, self.asked.code], tell)


@dataclass(frozen=True)
class Beside:
    """What counts rows beside the state: the ledger, with the rows' weights (rows) and their households."""

    ledger: Ledger
    weight: npt.NDArray[np.int64]
    households: HouseholdsOf | None

    def some(self, at: npt.NDArray[np.int32]) -> Beside:
        """The same for some of the rows."""
        return Beside(self.ledger, self.weight[at], of_some(self.households, at))

    def count(self, rows: Rows, counts: Counts) -> None:
        """Count rows of one plan, which have all its columns."""
        if not rows.height:
            return
        include = rows.series("_include").to_numpy()
        persons = np.where(include, rows.series("_persons").to_numpy(), 0)
        weight = np.where(persons > 0, self.weight, 0)  # who is not included has a weight too
        there = status_columns(rows)
        keys, part = rows.numbered((*SAMPLE, *filter(None, there)))
        parts = [(key_of_sample(key), key_of_sums(key, there)) for key in keys]
        if counts not in self.ledger.tallies:
            self.ledger.tallies[counts] = counts.tallies(self.ledger)
        self.ledger.tallies[counts].add(rows, parts, part, persons, weight)
        if sum(each.kept for each in self.ledger.tallies.values()) > MOST:
            self.ledger.finish()
        of_quality = [key for _, key in parts]
        self.ledger.quality.add(rows, counts.asked.code, of_quality, part, persons, weight, self.households)
        excluded = np.bincount(part[~include], minlength=len(parts))
        self.ledger.add_counted([key for key, _ in parts], ["excluded"], excluded[:, None])


def count_unmapped(rows: Rows, harmoniser: Harmoniser, ledger: Ledger) -> None:
    """Add the codes that the mapping says nothing about, of the included rows that reach their rule."""
    for name, (_, columns) in harmoniser.unmapped.items():
        where = f"_unmapped_{name}"
        if rows.any(where):
            there = ["_sample", "_include", "_persons", where, *map(source_column, columns)]
            frame = rows.frame(dict.fromkeys(there)).filter(pl.col("_include") & (pl.col("_persons") > 0))
            ledger.add_unmapped(frame, name, columns, where)


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
