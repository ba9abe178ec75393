"""`harmonize report DIR`: which folders it takes, and what it says to the others."""

from __future__ import annotations

import json
import shutil

import polars as pl
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


def cut(folder, name, share):
    """The file, less what comes after a share of its bytes."""
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: int(share * len(whole))])


def edited(folder, name, column, value):
    """The file, with another value in the cell of its third row."""
    table = pl.read_csv(folder / name, infer_schema=False)
    told = pl.when(pl.int_range(pl.len()) == 2).then(pl.lit(value)).otherwise(column)
    table.with_columns(told.alias(column)).write_csv(folder / name)


def renamed(folder, name, column):
    """The file, with another name of the column."""
    pl.read_csv(folder / name, infer_schema=False).rename({column: "zzz"}).write_csv(folder / name)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda run: cut(run, "estimates.csv", 0.5), "estimates.csv: is cut off: its last line has no end"),
        (lambda run: cut(run, "methods.csv", 0.5), "methods.csv: is cut off"),
        (lambda run: cut(run, "quality.csv", 0.5), "quality.csv: is cut off"),
        (lambda run: renamed(run, "estimates.csv", "estimate"), "estimates.csv: has no column estimate"),
        (lambda run: renamed(run, "methods.csv", "series"), "methods.csv: has no column series"),
        (lambda run: renamed(run, "quality.csv", "measure"), "quality.csv: has no column measure"),
        (lambda run: edited(run, "estimates.csv", "se", "1,5"), "estimates.csv: can't be read"),
        (lambda run: edited(run, "estimates.csv", "year", None), "estimates.csv: row 4: year is empty"),
        (lambda run: edited(run, "estimates.csv", "sample", "1"), "estimates.csv: row 4: run.json has no such sample"),
        (lambda run: edited(run, "estimates.csv", "indicator", "04/06/2001"),
         "estimates.csv: row 4: methods.csv has no such series"),
        (lambda run: edited(run, "estimates.csv", "disaggregation", "zzz"),
         "estimates.csv: row 4: disaggregation names no columns"),
        (lambda run: edited(run, "estimates.csv", "comparison", "zzz"),
         "estimates.csv: row 4: comparison is not of two groups"),
        (lambda run: edited(run, "methods.csv", "indicator", "zzz"), "methods.csv: row 4: there is no such indicator"),
        (lambda run: edited(run, "methods.csv", "sample", "zzz"), "methods.csv: row 4: run.json has no such sample"),
        (lambda run: edited(run, "quality.csv", "sample", "zzz"), "quality.csv: row 4: run.json has no such sample"),
        (lambda run: edited(run, "quality.csv", "status", None), "quality.csv: row 4: status is empty"),
        (lambda run: untold(run, "reliability"), "run.json: is not the run.json of a run"),
        (lambda run: untold(run, "level", "95 %"), "run.json: is not the run.json of a run"),
        (lambda run: untold(run, "samples", {}), "run.json: is not the run.json of a run"),
    ],
)  # fmt: skip
def test_a_table_that_is_cut_short_or_was_edited_is_told_and_makes_no_report(copy, as_typed, damage, says):
    for name in ("report.html", "estimates.parquet"):
        (copy / name).unlink()
    damage(copy)
    result = as_typed("report", copy)
    assert (result.exit_code, result.stdout) == (3, "")
    assert says in " ".join(result.stderr.split())
    assert not (copy / "report.html").exists()


def test_a_file_that_may_not_be_read_is_not_called_damaged(copy, as_typed, monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", forbidden)
    result = as_typed("report", copy)
    assert result.exit_code == 3
    assert "methods.csv: can't be read (Permission denied)" in " ".join(result.stderr.split())


def untold(folder, name, instead=None):
    """run.json, less an entry, as another version may have written it, or with another kind of thing in its place."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    del record[name]
    if instead is not None:
        record[name] = instead
    damaged(folder, "run.json", json.dumps(record))


def test_the_csv_of_a_run_gives_the_report_of_its_parquet(copy, as_typed):
    as_typed("report", copy)
    before = (copy / "report.html").read_bytes()
    (copy / "estimates.parquet").unlink()
    assert as_typed("report", copy).exit_code == 0
    assert (copy / "report.html").read_bytes() == before


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


def test_runs_of_a_batch_that_failed_are_named_as_lacking(copy, as_typed, tmp_path):
    batch = tmp_path / "batch"
    shutil.copytree(copy, batch / "north")
    shutil.copytree(copy, batch / "south")  # of an earlier time
    summary = "name,mapping,status,exit_code,message\nnorth,m,done,0,\n{},m,{},4,no column AGE\n"
    damaged(batch, "summary.csv", summary.format("south", "failed"))
    result = as_typed("report", batch)
    assert result.exit_code == 0
    assert "not in it, as they failed: south; " in " ".join(result.stderr.split())
    told = (batch / "report.html").read_text(encoding="utf-8")
    assert "Not in this report, as their runs failed: south." in told
    assert "north" not in told  # nor need it be told apart
    damaged(batch, "summary.csv", summary.format("south", "done"))
    assert "not in it" not in as_typed("report", batch).stderr
    assert "their runs failed" not in (batch / "report.html").read_text(encoding="utf-8")


def test_a_summary_of_a_batch_that_was_edited_is_told(copy, as_typed, tmp_path):
    batch = tmp_path / "batch"
    shutil.copytree(copy, batch / "north")
    damaged(batch, "summary.csv", "name;status\nnorth;done\n")
    result = as_typed("report", batch)
    assert result.exit_code == 3
    assert "summary.csv: can't be read: it is not what a batch wrote" in " ".join(result.stderr.split())


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
