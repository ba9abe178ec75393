"""Of a wide extract only the columns that the mapping needs are read: seen in polars' plans, and in a broken file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from harmonize.pipeline import run
from harmonize.readers.delimited import text_cells
from harmonize.readers.drawing import one_span

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "census" / "persons.csv.gz"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as parquet, with a column that no mapping of it reads."""
    path = tmp_path_factory.mktemp("wide") / "persons.parquet"
    frame = pl.read_csv(EXAMPLE, infer_schema=False)
    notes = pl.Series("NOTES", [f"{i * 2654435761 % 2**32:x}" for i in range(frame.height)])
    frame.insert_column(3, notes).write_parquet(path)
    return path


def test_of_parquet_the_scan_itself_takes_only_the_columns_and_the_rows_asked_for(wide: Path) -> None:
    table = pl.scan_parquet(wide)
    plan = one_span(table, ["AGE", "SEX"], 1_000, 500).explain()
    assert f"PROJECT 2/{len(table.collect_schema())} COLUMNS" in plan
    assert "SLICE: Positive { offset: 1000, len: 500 }" in plan
    assert plan.lstrip().startswith("Parquet SCAN"), "nothing is done after the scan"


def test_of_csv_only_the_columns_asked_for_become_texts() -> None:
    plan = text_cells(b"1,2,3\n4,5,6\n", ["a", "b", "c"], ",", [pl.col("b").str.strip_chars()]).explain()
    assert "PROJECT 1/3 COLUMNS" in plan


def test_a_run_never_touches_the_bytes_of_a_column_that_the_mapping_does_not_need(wide: Path, tmp_path: Path) -> None:
    pages = duckdb.sql(
        "SELECT coalesce(dictionary_page_offset, data_page_offset), total_compressed_size "
        f"FROM parquet_metadata('{wide}') WHERE path_in_schema = 'NOTES'"
    ).fetchall()
    broken = tmp_path / "persons.parquet"
    data = bytearray(wide.read_bytes())
    for start, size in pages:
        data[start : start + size] = b"\xff" * size
    broken.write_bytes(data)
    with pytest.raises(pl.exceptions.PolarsError):
        pl.read_parquet(broken, columns=["NOTES"])
    for name, path in (("whole", wide), ("broken", broken)):
        run("ipums/international", [path], tmp_path / name)
    assert (tmp_path / "whole/estimates.csv").read_bytes() == (tmp_path / "broken/estimates.csv").read_bytes()
