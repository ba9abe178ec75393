"""`harmonize report DIR`: which folders it takes, and what it says to the others."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.functional.conftest import as_typed
from tests.report.conftest import read, told

__all__ = ["as_typed"]


@pytest.fixture
def copy(folder, tmp_path):
    """A copy of the run that a test may damage."""
    return shutil.copytree(folder, tmp_path / "run")


def damaged(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_by_default_the_report_stands_in_the_folder(copy, as_typed):
    (copy / "report.html").unlink()
    assert as_typed("report", copy).exit_code == 0
    assert (copy / "report.html").is_file()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda run: shutil.rmtree(run), "no such folder"),
        (lambda run: (run / "run.json").unlink(), "has no run.json: no run ended there"),
        (lambda run: damaged(run, "run.json", "{"), "run.json: can't be read"),
        (lambda run: damaged(run, "run.json", "[]"), "is not the run.json of a run"),
        (lambda run: damaged(run, "run.json", '{"partial": {}}'), "is of a part of an extract"),
        (lambda run: (run / "methods.csv").unlink(), "methods.csv: no such file: the folder is not complete"),
        (lambda run: damaged(run, "estimates.parquet", "PAR1"), "estimates.parquet: can't be read"),
        (lambda run: [(run / f"estimates.{end}").unlink() for end in ("csv", "parquet")],
         "has neither estimates.parquet nor estimates.csv"),
    ],
)  # fmt: skip
def test_a_folder_of_no_finished_run_is_refused(copy, as_typed, damage, says):
    (copy / "report.html").unlink()
    damage(copy)
    result = as_typed("report", copy)
    assert (result.exit_code, result.stdout) == (3, "")
    assert says in " ".join(result.stderr.split())
    assert not (copy / "report.html").exists()


def test_a_file_is_no_folder(copy, as_typed):
    result = as_typed("report", copy / "run.json")
    assert result.exit_code == 3
    assert "is a file, not the folder of a run" in result.stderr


@pytest.mark.parametrize("name", ["estimates.csv", "run.json", "methods.csv"])
def test_it_never_takes_the_place_of_what_it_reads(copy, as_typed, name):
    before = (copy / name).read_bytes()
    assert as_typed("report", copy, "-o", copy / name).exit_code == 2
    assert (copy / name).read_bytes() == before


def test_a_place_that_can_not_be_written_is_told(copy, as_typed):
    (copy / "notes.txt").write_text("somebody's", encoding="utf-8")
    result = as_typed("report", copy, "-o", copy / "notes.txt" / "r.html")
    assert result.exit_code == 5
    assert (copy / "notes.txt").read_text(encoding="utf-8") == "somebody's"


def test_the_folder_of_the_report_is_made(copy, as_typed, tmp_path):
    assert as_typed("report", copy, "-o", tmp_path / "new" / "r.html").exit_code == 0
    assert (tmp_path / "new" / "r.html").is_file()


def test_a_report_is_not_called_what_it_is_not(copy, as_typed, tmp_path):
    result = as_typed("report", copy, "-o", tmp_path / "r.pdf")
    assert result.exit_code == 2
    assert "a report is HTML" in result.stderr
    assert not [*tmp_path.glob("r.*")]


def test_the_folder_of_a_batch_is_one_report_of_all_its_samples(copy, as_typed, tmp_path):
    batch = tmp_path / "batch"
    for name in ("north", "south"):
        shutil.copytree(copy, batch / name)
    result = as_typed("report", batch)
    assert result.exit_code == 0
    assert "4 samples" in result.stderr
    found = read((batch / "report.html").read_text(encoding="utf-8"))
    samples = told(next(found.all("section", id="migrants")))
    # the two runs have the same samples: their folders tell them apart
    for name in ("north", "south"):
        assert f"Costa Rica 2011 (188201101, {name})" in samples
        assert f"Zimbabwe 2012 (716201201, {name})" in samples


def test_runs_with_intervals_of_two_levels_are_not_put_side_by_side(copy, as_typed, tmp_path):
    batch = tmp_path / "batch"
    for name, level in (("north", 95.0), ("south", 90.0)):
        run = shutil.copytree(copy, batch / name)
        record = json.loads((run / "run.json").read_text(encoding="utf-8"))
        damaged(run, "run.json", json.dumps({**record, "level": level}))
    result = as_typed("report", batch)
    assert result.exit_code == 4
    assert "intervals of 90 and 95 %" in result.stderr


def test_an_earlier_report_goes_when_the_folder_is_written_again_without_one(tmp_path, as_typed):
    from tests.report.conftest import CENSUS

    out = tmp_path / "out"
    typed = ("run", "ipums/international", CENSUS, "-o", out, "--indicator", "7.1.1", "--format")
    assert as_typed(*typed, "html").exit_code == 0
    assert (out / "report.html").is_file()
    assert as_typed(*typed, "csv").exit_code == 0
    assert not (out / "report.html").exists()
