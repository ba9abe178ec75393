"""A report's tables from the folder of a run, or from the folders of a batch."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.errors import DataFileError
from harmonize.estimate.table import COUNTS, NUMBERS
from harmonize.quality.columns import NAME as QUALITY
from harmonize.quality.columns import SCHEMA as QUALITY_COLUMNS
from harmonize.report import whole
from harmonize.report.release import Release, Run
from harmonize.report.whole import AGAIN
from harmonize.writers.delivery import LAST

METHODS = "methods.csv"
SUMMARY = "summary.csv"  # of a batch
#: What run.json tells a report.
TOLD = {
    "versions", "mapping", "rows", "persons", "households", "households_without_persons", "level", "reliability",
    "protect", "protection", "samples", "unknown_status_share", "include", "variance", "unmapped", "contradictions",
    "left_out",
}  # fmt: skip
KINDS: dict[str, type | tuple[type, ...]] = {
    "samples": list, "left_out": list, "mapping": dict, "protection": dict, "reliability": dict, "level": (int, float),
}  # fmt: skip
#: What the columns of the three tables are; those that are not here are text.
TYPES = {
    **QUALITY_COLUMNS,
    **{name: pl.Int64() if name in COUNTS else pl.Float64() for name in NUMBERS},
}  # fmt: skip


def read_release(folder: Path) -> Release:
    """The tables of `folder`. Raises DataFileError where no run ended there, or its files can't be read."""
    if not folder.is_dir():
        what = "is a file, not the folder of a run" if folder.exists() else "no such folder"
        raise DataFileError(f"{folder}: {what}", "give the folder that harmonize run wrote with -o")
    if (folder / LAST).is_file():
        return Release.of([_read_run(folder, "")])
    failed = _failed_runs(folder)
    inside = sorted(path.parent for path in folder.glob(f"*/{LAST}") if path.parent.name not in ("private", *failed))
    if not inside:
        what = "every run of the batch failed" if failed else f"has no {LAST}: no run ended there"
        raise DataFileError(f"{folder}: {what}", AGAIN)
    return Release.of([_read_run(each, each.name) for each in inside], failed)


def _failed_runs(folder: Path) -> list[str]:
    """The runs of a batch that failed, as its summary.csv says; what lies in their folders is of an earlier time."""
    path = folder / SUMMARY
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [str(row["name"]) for row in csv.DictReader(lines) if row["status"] != "done"]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise DataFileError(f"{path}: can't be read: it is not what a batch wrote", "run the batch again") from error


def _read_run(folder: Path, name: str) -> Run:
    record = _record(folder / LAST)
    methods = _csv(folder / METHODS, whole.METHODS)
    quality = _csv(folder / QUALITY, whole.QUALITY) if (folder / QUALITY).is_file() else None
    estimates, path = _estimates(folder)
    samples = [each["sample"] for each in record["samples"]]
    whole.of_one_run(estimates, path, methods, folder / METHODS, samples)
    if quality is not None:
        whole.refuse(quality, folder / QUALITY, ~pl.col("sample").is_in(samples), whole.NO_SAMPLE)
    texts = [each for each, dtype in methods.schema.items() if dtype == pl.String]
    return Run(estimates, methods.with_columns(pl.col(texts).fill_null("")), record, quality, name)


def _record(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataFileError(f"{path}: can't be read", AGAIN) from error
    if isinstance(told, dict) and "partial" in told:
        raise DataFileError(f"{path} is of a part of an extract, which has no estimates", "`harmonize merge` first")
    if (
        not isinstance(told, dict)
        or not set(told) >= TOLD
        or not all(isinstance(told[each], KINDS[each]) for each in KINDS)
    ):
        raise DataFileError(f"{path}: is not the {LAST} of a run", AGAIN)
    return told


def _estimates(folder: Path) -> tuple[pl.DataFrame, Path]:
    """The estimates and their file."""
    path = folder / "estimates.parquet"
    if path.is_file():
        try:
            return pl.read_parquet(path), path
        except (OSError, pl.exceptions.PolarsError) as error:
            raise DataFileError(f"{path}: can't be read: it is no whole Parquet file", AGAIN) from error
    path = folder / "estimates.csv"
    if not path.is_file():
        raise DataFileError(
            f"{folder}: has neither estimates.parquet nor estimates.csv", "run again with --format csv or parquet"
        )
    return _csv(path, whole.ESTIMATES).with_columns(pl.col("comparison", "proxy_reason", "basis").fill_null("")), path


def _csv(path: Path, of: whole.Columns) -> pl.DataFrame:
    """A csv that a run wrote, text but for TYPES. Raises DataFileError where it isn't one."""
    if not path.is_file():
        raise DataFileError(f"{path}: no such file: the folder is not complete", AGAIN)
    try:
        if not path.read_bytes().endswith(b"\n"):
            raise DataFileError(f"{path}: is cut off: its last line has no end", AGAIN)
        table = pl.read_csv(path, infer_schema=False)
        whole.has_all(table, path, of)
        return table.cast({name: TYPES[name] for name in table.columns if name in TYPES})
    except OSError as error:
        raise DataFileError(f"{path}: can't be read ({error.strerror or error})", AGAIN) from error
    except pl.exceptions.PolarsError as error:
        raise DataFileError(f"{path}: can't be read: it is not what a run wrote", AGAIN) from error
