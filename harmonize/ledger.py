"""What a run counts beside its sums: persons, unmapped codes, unknowns, contradictions, by sample.

Only counts of codes are kept, never a person's values. Counts are merged by name, so their order is
that of the names and not of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.group import Group
from harmonize.distinct.rows import Rows
from harmonize.distinct.tallies import PERSONS, Tallies, Told
from harmonize.distinct.tally import Tally
from harmonize.quality.sums import Key, QualitySums
from harmonize.rules.extract_columns import source_column
from harmonize.schema import VARIABLES

NOT_A_NUMBER = "(no number, or out of range)"
BLANK = "blank"
SAMPLE = ("_sample", "_country", "_year")
SampleKey = tuple[str, str, int]
CountedPart = tuple[SampleKey, Key]


@dataclass
class Ledger:
    """Counts of one run.

    samples: (sample, country, year) -> counts by name, such as `persons`, `unknown:sex`.
    unmapped: (sample, variable, column, code) -> persons. households: runs of rows of one household.
    told: (fact, our value, code) of the sample section's codes that stand together and occur. quality: persons by
    status, sex and age. regrouped: the rows come in another order than the file's, as households were scattered.
    tallies: of what is counted of the rows of each plan, and not yet told: see `finish`.
    """

    rows: int = 0
    households: int = 0
    samples: dict[SampleKey, Counter[str]] = field(default_factory=dict)
    unmapped: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    quality: QualitySums = field(default_factory=QualitySums)
    regrouped: bool = False
    tallies: dict[Hashable, Tallies[CountedPart]] = field(default_factory=dict, repr=False, compare=False)

    def add(self, rows: Rows, counts: Sequence[Group]) -> None:
        """Count the rows where each Boolean expression holds, by its name, in each `_sample`, `_country`, `_year`."""
        if rows.height:
            tally = Tally(rows, *rows.numbered(SAMPLE))
            for group in counts:
                for name, found in tally.of(group):
                    self.add_counted(map(key_of_sample, tally.keys), [name], found[:, None])

    def add_counted(self, keys: Iterable[SampleKey], names: Sequence[str], counts: npt.NDArray[np.int64]) -> None:
        """Add counts by these names, (keys, names). A sample may come several times."""
        for key, of_key in zip(keys, counts.tolist(), strict=True):
            self.samples.setdefault(key, Counter()).update(dict(zip(names, of_key, strict=True)))

    def add_told(self, told: Told[CountedPart]) -> None:
        """Add what was counted of expressions, by their names."""
        self.add_counted((key for key, _ in told.parts), told.names, told.sums()[:, PERSONS])

    def finish(self) -> None:
        """All rows are counted: add what is not yet told."""
        for each in self.tallies.values():
            each.tell_all()

    def add_unmapped(self, batch: pl.DataFrame, variable: str, columns: Sequence[str], where: str) -> None:
        """Count the codes of `columns` in the rows where the Boolean column `where` holds.

        What stands where a number should be is a person's own value and is counted without being kept.
        """
        cells = [pl.col(source_column(c)).replace("", None).fill_null(BLANK) for c in columns]
        code = pl.concat_str(cells, separator=", ")
        if VARIABLES[variable].kind == "number":
            code = pl.when(code == ", ".join([BLANK] * len(columns))).then(code).otherwise(pl.lit(NOT_A_NUMBER))
        codes = (
            batch.filter(pl.col(where))
            .group_by("_sample", code.alias("code"))
            .agg(pl.col("_persons").sum().alias("persons"))
        )
        for sample, found, persons in codes.iter_rows():
            self.unmapped[str(sample), variable, ", ".join(columns), str(found)] += int(persons)

    def add_counts(self, other: Ledger) -> None:
        """Add the counts of other rows."""
        self.rows += other.rows
        self.households += other.households
        for key, counts in other.samples.items():
            self.samples.setdefault(key, Counter()).update(counts)
        self.unmapped.update(other.unmapped)
        self.told |= other.told
        self.quality.join(other.quality)

    def forget_blanks(self, sample: str, variables: Collection[str]) -> None:
        """Variables that were not asked in a sample are blank there: that is no unmapped code."""
        for key in [key for key in self.unmapped if key[0] == sample and key[1] in variables]:
            if set(key[3].split(", ")) == {BLANK}:
                del self.unmapped[key]

    def unmapped_codes(self) -> list[tuple[tuple[str, str, str], int]]:
        """((variable, column, code), persons) over all samples, sorted."""
        found: Counter[tuple[str, str, str]] = Counter()
        for (_, *code), persons in self.unmapped.items():
            found[code[0], code[1], code[2]] += persons
        return sorted(found.items())

    def total(self, name: str) -> int:
        """A count over all samples."""
        return sum(counts[name] for counts in self.samples.values())


def key_of_sample(values: Sequence[Any]) -> SampleKey:
    """Of the values of SAMPLE, and what else comes after them."""
    sample, country, year, *_ = values
    return str(sample), str(country), int(year)
