"""`ipums/usa` on made rows of several samples: who is native, and that each sample is one of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.errors import FitError
from tests import unprotected

HEADER = "YEAR,SAMPLE,SERIAL,PERNUM,PERWT,GQ,SEX,AGE,BPLD,MBPLD,FBPLD,CITIZEN,EMPSTAT\n"
IDAHO, GUAM, PUERTO_RICO, GERMANY, MEXICO = "01600", 10500, 11000, 45300, 20000


def extract(folder: Path, *rows: tuple[int, Any, int, str]) -> Path:
    """A person a row: sample, birthplace, citizenship, and the birthplaces of mother and father."""
    lines = [HEADER]
    for serial, (sample, birthplace, citizen, parents) in enumerate(rows, start=1):
        year = sample // 100
        lines.append(f"{year},{sample},{serial},1,100.00,1,1,30,{birthplace},{parents},{citizen},1\n")
    path = folder / "persons.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def persons(result: pipeline.RunResult, by: str, sample: str) -> dict[str, int]:
    """Persons in the labour force by a dimension, in a sample."""
    found = result.estimates.filter(
        pl.col("indicator") == "8.5.2",
        pl.col("statistic") == "level",
        pl.col("definition") == "default",
        pl.col("disaggregation") == by,
        pl.col("sample") == sample,
    )
    return {str(row[by]): row["n"] for row in found.iter_rows(named=True)}


def test_who_was_born_in_an_outlying_area_is_native_in_the_states_and_in_puerto_rico(tmp_path: Path) -> None:
    rows = [(sample, place, 0, ",") for sample in (201201, 201202) for place in (IDAHO, GUAM, PUERTO_RICO, 12090)]
    rows += [(sample, MEXICO, 3, ",") for sample in (201201, 201202)]
    result = unprotected.run("ipums/usa", [extract(tmp_path, *rows)], tmp_path / "out")
    assert result.run["unmapped"] == []
    for sample in ("201201", "201202"):
        assert persons(result, "nativity", sample) == {"native_born": 4, "foreign_born": 1}
        assert persons(result, "citizenship_status", sample) == {"citizen": 4, "foreign_citizen": 1}
    countries = result.estimates.select("sample", "country").unique().sort("sample").rows()
    assert countries == [("201201", "USA"), ("201202", "PRI")]


def test_a_child_of_american_parents_born_abroad_is_foreign_born_and_a_citizen(tmp_path: Path) -> None:
    path = extract(tmp_path, (201201, GERMANY, 1, ","), (201201, IDAHO, 0, ","))
    result = unprotected.run("ipums/usa", [path], tmp_path / "out")
    assert persons(result, "nativity", "201201") == {"native_born": 1, "foreign_born": 1}
    assert persons(result, "citizenship_status", "201201") == {"citizen": 2}


def test_the_birthplaces_of_the_parents_give_the_generation_in_the_old_censuses(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        (193001, GERMANY, 2, f"{GERMANY},{GERMANY}"),
        (193001, IDAHO, 0, f"{GERMANY},{GERMANY}"),
        (193001, IDAHO, 0, f"{IDAHO},{GERMANY}"),
        (193001, IDAHO, 0, f"99900,{GERMANY}"),
        (193001, IDAHO, 0, f"{IDAHO},{PUERTO_RICO}"),
    )
    result = unprotected.run("ipums/usa", [path], tmp_path / "out")
    assert persons(result, "generation", "193001") == {
        "first": 1,
        "second_both_parents": 1,
        "second_one_parent": 1,
        "second_unspecified": 1,
        "native_background": 1,
    }


def test_a_sample_that_was_not_asked_about_parents_is_pooled_with_one_that_was(tmp_path: Path) -> None:
    path = extract(tmp_path, (193001, IDAHO, 0, f"{GERMANY},{GERMANY}"), (201201, IDAHO, 0, ","))
    result = unprotected.run("ipums/usa", [path], tmp_path / "out")
    assert result.run["unmapped"] == []
    assert persons(result, "generation", "193001") == {"second_both_parents": 1}
    assert persons(result, "generation", "201201") == {}


def test_one_year_and_five_year_files_of_a_year_are_samples_of_their_own(tmp_path: Path) -> None:
    path = extract(tmp_path, (202201, IDAHO, 0, f"{IDAHO},{IDAHO}"), (202203, IDAHO, 0, f"{IDAHO},{IDAHO}"))
    result = unprotected.run("ipums/usa", [path], tmp_path / "out")
    assert result.estimates.select("sample", "year").unique().sort("sample").rows() == [
        ("202201", 2022),
        ("202203", 2022),
    ]


def test_a_sample_that_was_not_looked_at_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FitError, match="SAMPLE holds a code that the lookup ipums-usa-sample"):
        unprotected.run("ipums/usa", [extract(tmp_path, (209901, IDAHO, 0, ","))], tmp_path / "out")
