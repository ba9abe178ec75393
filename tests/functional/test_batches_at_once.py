"""Batches are prepared at once, and a run comes to what it comes to with one after another: files, errors, notices."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from harmonize import counting, pipeline, preparing
from harmonize.distinct import tallies
from harmonize.errors import HarmonizeError
from tests.functional.example import CENSUS, MAPPING

AT_ONCE = (1, 2, 4)


@pytest.fixture
def lines() -> list[list[str]]:
    """The example as rows of cells, its header first."""
    return [line.split(",") for line in gzip.decompress(CENSUS.read_bytes()).decode().splitlines()]


def written(rows: list[list[str]], path: Path) -> Path:
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    return path


def told(monkeypatch: pytest.MonkeyPatch, most: int, data: Path, out: Path, **options: Any) -> Any:
    """All files of a run, or what it says of its error."""
    monkeypatch.setattr(preparing, "at_once", lambda: most)
    try:
        pipeline.run(MAPPING, [data], out, chunk_size=100, **options)
    except HarmonizeError as error:
        assert not out.exists()
        return type(error), error.message, error.help
    files: dict[str, Any] = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for name in files:
        if name.endswith("run.json"):  # but for its clock
            files[name] = {key: value for key, value in json.loads(files[name]).items() if key != "timings"}
    return files


def test_all_files_are_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = [told(monkeypatch, most, CENSUS, tmp_path / str(most)) for most in AT_ONCE]
    assert len(found[0]) > 5
    assert found[0] == found[1] == found[2]


def test_so_they_are_however_many_counts_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = []
    for module, most in ((tallies, tallies.MOST), (tallies, 0), (tallies, 20_000), (counting, 0), (counting, 20_000)):
        with monkeypatch.context() as patch:
            patch.setattr(module, "MOST", most)
            found.append(told(patch, 2, CENSUS, tmp_path / f"{module.__name__}{most}"))
    assert all(each == found[0] for each in found)


def test_so_they_are_where_a_sample_turns_out_late_to_have_been_asked_more(
    lines: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    header, *rows = lines
    asked, size = header.index("LIT"), len(rows) // 2
    blank = [[*row[:asked], "", *row[asked + 1 :]] if i < size else row for i, row in enumerate(rows)]
    data = written([header, *blank], tmp_path / "late.csv")
    found = [told(monkeypatch, most, data, tmp_path / str(most), allow_unmapped=True) for most in AT_ONCE]
    assert "run.json" in found[0]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("after", [101, 900, 1700])
def test_of_two_faults_the_first_row_with_one_is_told(
    lines: list[list[str]], after: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    weight = lines[0].index("PERWT")
    lines[150][weight] = ""
    lines[150 + after][weight] = "-1"
    data = written(lines, tmp_path / "faulty.csv")
    found = [told(monkeypatch, most, data, tmp_path / str(most)) for most in AT_ONCE]
    assert "first in row 150;" in found[0][1]
    assert found[0] == found[1] == found[2]


def test_so_it_is_after_a_sample_turned_out_to_have_been_asked_more(
    lines: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    header, rows = lines[0], lines[1:]
    for row in rows[:300]:
        row[header.index("LIT")] = ""
    rows[649][header.index("STRATA")] = ""
    rows[1699][header.index("PERWT")] = "-1"
    data = written([header, *rows], tmp_path / "late.csv")
    found = [told(monkeypatch, most, data, tmp_path / str(most)) for most in AT_ONCE]
    assert "STRATA is blank in row" in found[0][1]
    assert found[0] == found[1] == found[2]


def test_unmapped_codes_of_all_batches_are_told(
    lines: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sex = lines[0].index("SEX")
    for row in range(100, len(lines), 70):
        lines[row][sex] = "7"
    data = written(lines, tmp_path / "unmapped.csv")
    found = [told(monkeypatch, most, data, tmp_path / str(most)) for most in AT_ONCE]
    assert "1 code is not mapped" in found[0][1]
    assert " 28\n" in found[0][1]
    assert found[0] == found[1] == found[2]
