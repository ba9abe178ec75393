"""`apply` and then `tabulate` give what `run` gives, to the last byte."""

from __future__ import annotations

import csv
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.apply import apply
from tests.functional.example import CENSUS, MAPPING
from tests.functional.parts import assert_same_files, both, whole
from tests.functional.test_others_of_a_universe import MAPPING as OTHERS
from tests.functional.test_pooled_extract import MAPPING as POOL
from tests.functional.test_pooled_extract import NEW, OLD
from tests.generative.test_whole_engine import extracts
from tests.reference.whole import Raw, Small, as_yaml


def written(rows: list[dict[str, str]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def assert_same_bytes(mapping: str, data: Path, folder: Path, suffix: str, **options: int) -> None:
    """Run, and apply then tabulate, in `folder`; every file that a reader prints is the same."""
    both(partial(pipeline.run, mapping), [data], folder / "run", **options)
    apply(mapping, [data], folder / f"persons{suffix}", **options)
    whole(folder / f"persons{suffix}", folder / "tabulate", **options)
    assert_same_files(folder / "run", folder / "tabulate")


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_of_the_example_census(tmp_path: Path, suffix: str) -> None:
    assert_same_bytes(MAPPING, CENSUS, tmp_path, suffix)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
@pytest.mark.parametrize("chunk", [50, 65_536])
def test_of_a_pooled_extract_whose_samples_asked_different_things(tmp_path: Path, suffix: str, chunk: int) -> None:
    (tmp_path / "pool.yaml").write_text(POOL, encoding="utf-8")
    data = written(OLD + NEW, tmp_path / "rows.csv")
    assert_same_bytes(str(tmp_path / "pool.yaml"), data, tmp_path, suffix, chunk_size=chunk)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_of_a_question_that_only_some_were_asked_and_that_others_need_no_answer_to(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "others.yaml").write_text(OTHERS, encoding="utf-8")
    asked = [("a", "1", "", "")] * 5 + [("a", "2", "", "2")] * 3
    not_asked = [("b", "1", "", "")] * 5 + [("b", "2", "", "")] * 3
    names = ("SAMPLE", "NAT", "BPL", "CIT")
    rows = [dict(zip(names, row, strict=True)) | {"YEAR": "2010", "ELEC": "1"} for row in asked + not_asked]
    assert_same_bytes(str(tmp_path / "others.yaml"), written(rows, tmp_path / "rows.csv"), tmp_path, suffix)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(extracts(), st.sampled_from([".parquet", ".sav", ".dta"]))
def test_of_any_mapping_and_any_persons(made: tuple[Small, list[Raw], int], suffix: str) -> None:
    small, rows, chunk_size = made
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(as_yaml(small), encoding="utf-8")
        data = written(rows, folder / "rows.csv")
        assert_same_bytes(str(folder / "made.yaml"), data, folder, suffix, chunk_size=chunk_size)
