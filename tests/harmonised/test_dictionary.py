"""FILE.dictionary.csv: a row a code, which the tool's own --codebook, and draft, take."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result

from harmonize.apply import apply
from harmonize.readers.dictionary import read_dictionary
from tests.functional.conftest import as_typed
from tests.functional.example import CENSUS, MAPPING

__all__ = ["as_typed"]


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example census as census.csv."""
    out = tmp_path_factory.mktemp("dictionary") / "census.csv"
    apply(MAPPING, [CENSUS], out)
    return out


def rows(census: Path) -> list[dict[str, str]]:
    with Path(f"{census}.dictionary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_has_each_column_of_the_file_in_its_order(census: Path) -> None:
    named = list(dict.fromkeys(row["variable"] for row in rows(census)))
    assert named == pl.read_csv(census, n_rows=1).columns


def test_it_has_each_code_that_occurs(census: Path) -> None:
    codes: dict[str, set[str]] = {}
    for row in rows(census):
        codes.setdefault(row["variable"], set()).update([row["code"]] if row["code"] else [])
    data = pl.read_csv(census, infer_schema=False)
    coded = {name: listed for name, listed in codes.items() if listed}
    assert len(coded) > 20
    for name, listed in coded.items():
        assert set(data[name].drop_nulls()) <= listed, name
    types = {row["variable"]: row["type"] for row in rows(census)}
    assert {name for name, kind in types.items() if kind == "category"} == set(coded)
    assert {types[name] for name in ("age", "_weight")} == {"number"}
    assert types["_household"] == "text"


def test_a_row_tells_label_unit_universe_and_what_made_the_code(census: Path) -> None:
    found = {(row["variable"], row["code"]): row for row in rows(census)}
    female = found["sex", "female"]
    assert (female["variable_label"], female["label"], female["missing"]) == ("Sex", "female", "no")
    assert (female["source_columns"], female["source"], female["seen_in"]) == ("SEX", "SEX 2", "DDI 7.6")
    assert found["sex", "unknown"]["missing"] == "yes"
    age = found["age", ""]
    assert (age["unit"], age["universe"]) == ("years", "all persons")
    assert age["source"] == "unknown: AGE 999 | the number, top code 100: AGE any number"
    assert found["_weight", ""]["source_columns"] == "PERWT"
    assert found["country_of_birth", "COL"]["label"] == "Colombia (COL)"


def test_the_tools_own_reader_takes_it(census: Path) -> None:
    read = read_dictionary(Path(f"{census}.dictionary.csv"))
    assert read is not None
    variables, twice = read
    assert twice == {}
    by_name = {each.name: each for each in variables}
    assert by_name["sex"].label == "Sex"
    assert by_name["sex"].labels == {
        "male": "male", "female": "female", "unknown": "unknown", "not_applicable": "not applicable",
    }  # fmt: skip
    assert not by_name["sex"].numeric


HARMONISED = """
mapping: my/again
version: 1.0.0
title: Again
source: {producer: Office, citation: "Office", documentation: "x", checked_on: "2026-01-01"}
sample: {id: S, country: CRI, year: 2011}
design: {person_weight: _weight}
variables:
  sex: {from: sex, codes: {male: male, female: [female, woman], unknown: unknown, not_applicable: not_applicable}}
"""


def test_check_compares_a_mapping_of_the_harmonised_file_with_it(
    as_typed: Callable[..., Result], census: Path, tmp_path: Path
) -> None:
    (tmp_path / "again.yaml").write_text(HARMONISED, encoding="utf-8")
    result = as_typed("check", tmp_path / "again.yaml", "--codebook", f"{census}.dictionary.csv")
    assert "woman" in result.output
    assert "census.csv.dictionary.csv" in result.output
    (tmp_path / "again.yaml").write_text(HARMONISED.replace("[female, woman]", "female"), encoding="utf-8")
    assert "woman" not in as_typed("check", tmp_path / "again.yaml", "--codebook", f"{census}.dictionary.csv").output


@pytest.mark.parametrize("beside", [".dictionary.csv", ".ddi.xml"])
def test_draft_proposes_the_harmonised_variables_from_it(
    as_typed: Callable[..., Result], census: Path, tmp_path: Path, beside: str
) -> None:
    draft = tmp_path / "draft.yaml"
    result = as_typed("draft", f"{census}{beside}", "--country", "CRI", "--year", "2011", "-o", draft)
    assert result.exit_code == 0, result.output
    drafted = draft.read_text(encoding="utf-8")
    for wanted in ("from: sex", "from: nativity", "from: labour_force_status", "female: female"):
        assert wanted in drafted, wanted


def test_only_a_csv_has_one(tmp_path: Path) -> None:
    apply(MAPPING, [CENSUS], tmp_path / "h.parquet")
    assert not list(tmp_path.glob("*.dictionary.csv"))
