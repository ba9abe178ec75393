"""What `apply` writes to .sav and .dta: labels and missing values survive, read by R's haven and by pyreadstat.

The goldens are what haven read (tests/spec_r/labelled_as_haven_reads.R). Where R with haven is at hand, it reads
the files of today too.
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest

from harmonize import pipeline
from harmonize.apply import apply
from harmonize.distinct.memory import Memory
from harmonize.harmonised.reading import described
from harmonize.readers import household_batches
from tests import unprotected
from tests.harmonised.made import make

SPEC = Path(__file__).resolve().parents[1] / "spec_r"
SUFFIXES = (".parquet", ".csv", ".sav", ".dta")
LABELLED = (".sav", ".dta")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made extract as two.parquet, two.csv, two.sav and two.dta."""
    folder = tmp_path_factory.mktemp("made")
    mapping, data = make(folder)
    for suffix in SUFFIXES:
        apply(str(mapping), [data], folder / f"two{suffix}")
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def golden(suffix: str) -> list[dict[str, str]]:
    return rows_of(SPEC / "goldens" / f"labelled_{suffix[1:]}.csv")


def as_pyreadstat_reads(path: Path) -> list[dict[str, str]]:
    """The file in the form of the goldens."""
    read = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
    cells, meta = read(str(path), user_missing=True, output_format="dict")
    rows = []
    for name in meta.column_names:
        labels = {as_text(code, name, meta): label for code, label in meta.variable_value_labels.get(name, {}).items()}
        declared = {each["lo"] for each in meta.missing_ranges.get(name, [])}
        for number, cell in enumerate(cells[name], 1):
            value = as_text(cell, name, meta)
            missing = value in ("", *(f".{letter}" for letter in "abc")) or cell in declared
            if meta.readstat_variable_types[name] == "string":
                missing = False
            rows.append(
                {"column": name, "title": meta.column_names_to_labels[name], "row": str(number), "value": value,
                 "label": labels.get(value, ""), "missing": str(missing).upper()}
            )  # fmt: skip
    return rows


def as_text(cell: Any, name: str, meta: Any) -> str:
    if meta.readstat_variable_types[name] == "string":
        return str(cell)
    if isinstance(cell, str):
        return f".{cell}"
    return "" if cell is None or math.isnan(cell) else f"{cell:.17g}"


@pytest.mark.parametrize("suffix", LABELLED)
def test_pyreadstat_finds_the_values_titles_labels_and_missing_values_that_haven_found(
    folder: Path, suffix: str
) -> None:
    assert as_pyreadstat_reads(folder / f"two{suffix}") == golden(suffix)


@pytest.mark.skipif(
    shutil.which("Rscript") is None or not Path("/usr/lib/R/site-library/haven").is_dir(), reason="R has no haven here"
)
@pytest.mark.parametrize("suffix", LABELLED)
def test_haven_reads_the_files_of_today_as_it_read_those_of_the_goldens(
    folder: Path, suffix: str, tmp_path: Path
) -> None:
    script = SPEC / "labelled_as_haven_reads.R"
    subprocess.run(["Rscript", script, folder / f"two{suffix}", tmp_path / "now.csv"], check=True, timeout=120)
    assert rows_of(tmp_path / "now.csv") == golden(suffix)


@pytest.mark.parametrize("suffix", LABELLED)
def test_the_golden_has_the_categories_that_the_parquet_has(folder: Path, suffix: str) -> None:
    """Labels are the words of the very categories, a person's and not her neighbour's."""
    rows = pl.read_parquet(folder / "two.parquet")
    found = {(row["column"], row["row"]): row for row in golden(suffix)}
    for name in ("sex", "labour_force_status", "electricity", "nativity"):
        words = [None if each is None else each.replace("_", " ") for each in rows[name].cast(pl.String)]
        assert [found[name, str(at)]["label"] or None for at in range(1, rows.height + 1)] == words
    places = [found["country_of_birth", str(at)]["label"] for at in range(4, 9)]
    assert places == [
        "domestic", "Côte d’Ivoire (CIV)", "Ethiopia including Eritrea (ETH+ERI)", "Eastern Africa (M49:014)",
        "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_every_cell_comes_back_as_it_was(folder: Path, suffix: str) -> None:
    assert back(folder / f"two{suffix}").equals(back(folder / "two.parquet"))


def back(path: Path) -> pl.DataFrame:
    """What a tabulation has of the file: the harmonised columns, and whether a cell can't be read."""
    plan, extract = pipeline.opened(described([path]), [path], (), ())
    with extract:
        (batch,) = household_batches(extract, plan.harmoniser.columns, (), chunk_size=100)
        rows = plan.harmoniser.harmonised(batch, Memory())
    frame = rows.frame(rows.names)
    names = [expr.meta.output_name() for expr in plan.harmoniser.expressions]
    flags = [f"_unmapped_{name}" for name in plan.harmoniser.unmapped]
    # a number of which nobody is not applicable may lack `__na`
    frame = frame.with_columns(pl.lit(False).alias(name) for name in ("age__na",) if name not in names)
    return frame.select("_sample", "_country", "_year", "_include", *sorted({*names, "age__na"}), *sorted(flags))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_estimates_are_those_of_run_to_the_last_byte(folder: Path, suffix: str, tmp_path: Path) -> None:
    unprotected.run(str(folder / "two.yaml"), [folder / "persons.csv"], tmp_path / "run")
    unprotected.tabulate([folder / f"two{suffix}"], tmp_path / "tabulate")
    for name in ("estimates.csv", "methods.csv", "quality.csv"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "tabulate" / name).read_bytes(), name
