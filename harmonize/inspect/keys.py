"""Columns that look like keys: each value stands in one run of records (households), or in one record.

All columns are tried on the first batch; the few that pass are followed to the end. A value that comes back
ends it. Memory: 16 bytes a household, up to MOST_KEYS of them; beyond, a key is believed unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from harmonize.readers.drawing import KEY, key_of
from harmonize.readers.key_set import KeySet

MOST_KEYS = 7_000_000
LARGEST_HOUSEHOLD = 25
"""Records a value, on average, above which its runs are of a place or a sample rather than a household."""
FOLLOWED = 3

# names of keys in the extracts that this project was tried on come before others
_HOUSEHOLD = re.compile(r"serial|hous|dwell|hogar|vivienda|folio|^hh", re.IGNORECASE)
_PERSON = re.compile(r"pernum|sporder|pers|line", re.IGNORECASE)
# a household's number may start again in each of these
_SAMPLE = (("SAMPLE",), ("COUNTRY", "YEAR", "MONTH"))


class Runs:
    """The runs of one key, columns together. `holds`: no value came back so far, and none is blank."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.holds = True
        self.checked = True
        self.runs = 0
        self._last: str | None = None
        self._seen: KeySet | None = KeySet()

    def add(self, batch: pl.DataFrame) -> pl.Series:
        """Take in a batch; returns where a run starts (Boolean)."""
        key = batch.select(key_of(self.columns))[KEY]
        starts = (key != key.shift(1, fill_value=self._last)).fill_null(True)
        self._last = key[-1]
        heads = key.filter(starts)
        self.runs += len(heads)
        if key.null_count():
            self.holds = False
        elif self.runs > MOST_KEYS:
            self.checked, self._seen = False, None
        elif self._seen is not None and self._seen.add_all(heads.hash(seed=1).to_numpy()):
            self.holds = False
        if not self.holds:
            self._seen = None
        return starts


class Numbering:
    """A column of whole numbers that grows from record to record of a household."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.holds = True
        self._last: int | None = None

    def add(self, batch: pl.DataFrame, starts: pl.Series) -> None:
        """Take in a batch and where its households start."""
        numbers = batch[self.column].cast(pl.Int64, strict=False)
        grows = starts | (numbers > numbers.shift(1, fill_value=self._last)).fill_null(False)
        self.holds = not numbers.null_count() and bool(grows.all())
        self._last = numbers[-1]


class Keys:
    """The keys of an extract with these columns, of which weights and the like are not candidates."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self._candidates = list(candidates)
        self._records = 0
        self._runs: list[Runs] | None = None
        self._numberings: list[Numbering] = []
        self._followed: tuple[str, ...] | None = None

    def add(self, batch: pl.DataFrame) -> None:
        """Take in a batch of String columns."""
        self._records += batch.height
        first = self._runs is None
        runs = self._all_runs() if self._runs is None else self._runs
        starts = {each.columns: each.add(batch) for each in runs if each.holds}
        # what was left without a value that came back; a long run is of a place, the household is in it
        self._runs = [each for each in runs if each.holds and each.runs * LARGEST_HOUSEHOLD >= self._records]
        if first:
            self._runs = _best(self._runs)
            self._numberings = [Numbering(name) for name in self._candidates]
        household = self._household()
        if household is None or household.columns not in starts:
            return
        if self._followed not in (None, household.columns):
            self._numberings = []  # they grew in households that were none
        self._followed = household.columns
        for numbering in self._numberings:
            numbering.add(batch, starts[household.columns])
        self._numberings = [each for each in self._numberings if each.holds and each.column not in household.columns]

    def _all_runs(self) -> list[Runs]:
        found = [Runs((name,)) for name in self._candidates]
        sample = next((names for names in map(self._there, _SAMPLE) if names), ())
        if sample:
            found += [Runs((*sample, name)) for name in self._candidates if name not in sample]
        return found

    def _there(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self._candidates)

    def _household(self) -> Runs | None:
        """The key whose runs are followed: with the sample where it can be, for it holds longer."""
        shared = [each for each in self._runs or () if each.runs < self._records]
        return max(shared, key=lambda each: (_named(each), len(each.columns)), default=None)

    @property
    def household(self) -> Runs | None:
        """The key of the households, with no more columns than it needs; None where none looks like one."""
        followed = self._household()
        if followed is None:
            return None
        alone = [each for each in self._runs or () if each.columns == followed.columns[-1:] and each.checked]
        return alone[0] if alone else followed

    @property
    def record(self) -> tuple[tuple[str, ...], bool] | None:
        """The columns that differ in every record, and whether all were checked; None where none are found."""
        single = [each for each in self._runs or () if each.runs == self._records]
        shortest = min(single, key=lambda each: len(each.columns), default=None)
        household = self.household
        numbering = max(self._numberings, key=lambda each: bool(_PERSON.search(each.column)), default=None)
        if household and numbering and not (shortest and len(shortest.columns) == 1):
            return (*household.columns, numbering.column), household.checked
        return (shortest.columns, shortest.checked) if shortest else None

    def values(self, column: str) -> int | None:
        """How many values a column has that alone is a key; None for any other."""
        runs = (each for each in self._runs or () if each.columns == (column,) and each.checked)
        return next((each.runs for each in runs), None)


def _named(runs: Runs) -> bool:
    return bool(_HOUSEHOLD.search(runs.columns[-1]))


def _best(runs: Sequence[Runs]) -> list[Runs]:
    """The columns to follow to the end, and each also with the sample: those with a key's name first."""
    names = dict.fromkeys(each.columns[-1] for each in sorted(runs, key=lambda each: not _named(each)))
    followed = list(names)[:FOLLOWED]
    return [each for each in runs if each.columns[-1] in followed]
