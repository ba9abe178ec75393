"""A harmonised .parquet tells its title, source and labels itself: polars, DuckDB and pyarrow read them."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import polars as pl
import pytest

from harmonize.apply import apply
from tests.functional.example import CENSUS, MAPPING


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example census as census.parquet."""
    out = tmp_path_factory.mktemp("inside") / "census.parquet"
    apply(MAPPING, [CENSUS], out)
    return out


def test_polars_reads_title_source_mapping_and_the_labels_of_every_column(census: Path) -> None:
    told = pl.read_parquet_metadata(census)
    assert told["title"] == "IPUMS-International, integrated variables: harmonised microdata"
    assert told["mapping"].startswith("ipums/international 1.")
    assert told["source"].startswith("IPUMS International, https://doi.org/")
    assert told["software"].startswith("harmonize ")
    variables = json.loads(told["variables"])
    assert list(variables) == pl.read_parquet_schema(census).names()
    assert variables["sex"] == {
        "label": "Sex", "universe": "all persons",
        "values": {"male": "male", "female": "female", "unknown": "unknown", "not_applicable": "not applicable"},
        "missing": ["unknown", "not_applicable"], "sources": ["SEX"],
    }  # fmt: skip
    assert (variables["age"]["unit"], variables["_weight"]["sources"]) == ("years", ["PERWT"])


def test_duckdb_reads_the_same(census: Path) -> None:
    pairs = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(census)]).fetchall()
    found = {bytes(key).decode(): bytes(value).decode() for key, value in pairs}
    assert {key: found[key] for key in ("title", "variables")} == {
        key: pl.read_parquet_metadata(census)[key] for key in ("title", "variables")
    }


def test_pyarrow_reads_the_same_and_the_categories(census: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert json.loads(parquet.read_metadata(census).metadata[b"variables"])["sex"]["label"] == "Sex"
    sex = parquet.read_table(census, columns=["sex"])["sex"].combine_chunks()
    assert sex.dictionary.to_pylist() == ["male", "female", "unknown", "not_applicable"]


def test_the_same_input_gives_the_same_bytes(census: Path, tmp_path: Path) -> None:
    apply(MAPPING, [CENSUS], tmp_path / "again.parquet")
    assert (tmp_path / "again.parquet").read_bytes() == census.read_bytes()
