"""What a run counts beside its sums: persons, unmapped codes, unknowns, contradictions, by sample.

Only counts of codes are kept, never a person's values. Counts are merged by name, so their order is
that of the names and not of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from harmonize.schema import VARIABLES

NOT_A_NUMBER = "(no number, or out of range)"
SampleKey = tuple[str, str, int]


@dataclass
class Ledger:
    """Counts of one run.

    samples: (sample, country, year) -> counts by name, such as `persons`, `unknown:sex`.
    unmapped: (variable, column, code) -> persons. households: runs of rows of one household.
    """

    rows: int = 0
    households: int = 0
    samples: dict[SampleKey, Counter[str]] = field(default_factory=dict)
    unmapped: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, batch: pl.DataFrame, counts: Sequence[str]) -> None:
        """Count a batch: `_sample`, `_country`, `_year` and the Boolean columns named in `counts`."""
        sums = batch.group_by("_sample", "_country", "_year").agg(pl.len().alias("rows"), pl.col(list(counts)).sum())
        for row in sums.iter_rows(named=True):
            key = (str(row.pop("_sample")), str(row.pop("_country")), int(row.pop("_year")))
            self.samples.setdefault(key, Counter()).update({name: int(value) for name, value in row.items()})

    def add_unmapped(self, batch: pl.DataFrame, variable: str, columns: Sequence[str], where: str) -> None:
        """Count the codes of `columns` in the rows where the Boolean column `where` holds.

        What stands where a number should be is a person's own value and is counted without being kept.
        """
        if VARIABLES[variable].kind == "number":
            self.unmapped[variable, ", ".join(columns), NOT_A_NUMBER] += int(batch[where].sum())
            return
        codes = (
            batch.filter(pl.col(where))
            .group_by(pl.concat_str([pl.col(c).fill_null("blank") for c in columns], separator=", ").alias("code"))
            .len("persons")
        )
        for code, persons in codes.iter_rows():
            self.unmapped[variable, ", ".join(columns), str(code)] += int(persons)

    def total(self, name: str) -> int:
        """A count over all samples."""
        return sum(counts[name] for counts in self.samples.values())
