"""What a report is about: the tables of a run, or of several, as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from harmonize.errors import FitError
from harmonize.tabulate.tables import TOTAL

Row = Mapping[str, Any]
ORDER = ("country", "year", "sample")


@dataclass(frozen=True)
class Run:
    """The outputs of one run: estimates, methods and record as `Result` has them.

    quality: a row a measure, columns country, year, sample, measure, variable, status, value, chance, within, n,
    conf_status; None where there is none. name: what tells it from the others of a batch.
    """

    estimates: pl.DataFrame
    methods: pl.DataFrame
    record: Row
    quality: pl.DataFrame | None = None
    name: str = ""


@dataclass(frozen=True)
class Release:
    """The runs, and their tables as one. Make it with `of`, after which no two samples have the same id.

    failed: the names of the runs of a batch that have no tables.
    """

    runs: tuple[Run, ...]
    failed: tuple[str, ...] = ()

    @classmethod
    def of(cls, runs: Sequence[Run], failed: Sequence[str] = ()) -> Release:
        """Raises FitError where intervals are of different levels, which no chart can show side by side."""
        levels = sorted({float(run.record["level"]) for run in runs})
        if len(levels) > 1:
            raise FitError(
                f"the runs have intervals of {' and '.join(f'{each:g}' for each in levels)} %",
                "make a report of each, or run them with one --level",
            )
        times = Counter(each["sample"] for run in runs for each in run.record["samples"])
        twice = {name for name, n in times.items() if n > 1}
        return cls(tuple(_told_apart(run, twice) for run in runs), tuple(failed))

    @cached_property
    def estimates(self) -> pl.DataFrame:
        """All rows. A dimension that a run has no table by is `_T` in its rows."""
        whole = pl.concat([run.estimates for run in self.runs], how="diagonal_relaxed")
        return whole.with_columns(pl.col(pl.String).fill_null(TOTAL))

    @cached_property
    def methods(self) -> dict[tuple[str, ...], Row]:
        """(sample, indicator, series, adjustment, status_of) -> its row of methods.csv."""
        names = ("sample", "indicator", "series", "adjustment", "status_of")
        return {
            tuple(row[name] for name in names): row for run in self.runs for row in run.methods.iter_rows(named=True)
        }

    @cached_property
    def samples(self) -> list[Row]:
        """The samples of all runs, by country and year, as run.json has them, with the `run` each is of."""
        found = [{"id": each["sample"], **each, "run": run} for run in self.runs for each in run.record["samples"]]
        return sorted(found, key=lambda each: tuple(each[name] for name in ORDER))

    @cached_property
    def by_sample(self) -> dict[str, Row]:
        """Each sample by its id."""
        return {each["sample"]: each for each in self.samples}

    @property
    def records(self) -> list[Row]:
        """run.json of each run."""
        return [run.record for run in self.runs]

    @property
    def level(self) -> float:
        """That of the intervals, in percent."""
        return float(self.records[0]["level"])

    @cached_property
    def with_intervals(self) -> bool:
        """Whether any number has an interval: those of full counts have none."""
        return bool(self.estimates["ci_lower"].is_not_null().any())

    @property
    def protected(self) -> bool:
        """Whether every run hides or blurs what is of few persons."""
        return all(record["protect"] != "none" for record in self.records)


def told_apart(sample: str, run: Run) -> str:
    """The id of a sample that other runs have too."""
    return f"{sample}, {run.name}"


def _told_apart(run: Run, twice: set[str]) -> Run:
    """The run, with its name after the id of each sample that another has too: in tables and record."""
    names = {each["sample"]: told_apart(each["sample"], run) for each in run.record["samples"]
             if each["sample"] in twice}  # fmt: skip
    if not names:
        return run

    def renamed(table: pl.DataFrame) -> pl.DataFrame:
        return table.with_columns(pl.col("sample").replace(names))

    def listed(entries: Sequence[Row]) -> list[Row]:
        return [{**each, "sample": names.get(each["sample"], each["sample"]), "id": each["sample"]} for each in entries]

    lists = {name: listed(run.record[name]) for name in ("samples", "left_out", "availability") if name in run.record}
    quality = None if run.quality is None else renamed(run.quality)
    return Run(renamed(run.estimates), renamed(run.methods), {**run.record, **lists}, quality, run.name)
