"""`harmonize batch`: runs what is not done, goes on after a failure, and ends with the same files whatever happened."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from harmonize.batch.made_of import fingerprint
from harmonize.batch.manifest import Job
from harmonize.cli import main
from harmonize.mapping import shipped_mappings
from tests.functional.example import CENSUS, MAPPING

MANIFEST = """\
options: {{format: csv, indicator: 7.1.1}}
runs:
  - {{name: "part-{{n}}", mapping: {mapping}, data: "part-{{n}}.csv.gz"}}
"""


@pytest.fixture
def folder(tmp_path):
    """Four copies of the example census, a mapping of their own and a manifest."""
    for n in range(4):
        shutil.copy(CENSUS, tmp_path / f"part-{n}.csv.gz")
    text = shipped_mappings()[MAPPING].read_text(encoding="utf-8").replace("mapping: ipums/", "mapping: own/")
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "batch.yaml").write_text(MANIFEST.format(mapping="own.yaml"))
    return tmp_path


def batch(folder, *more):
    return CliRunner().invoke(main, ["batch", str(folder / "batch.yaml"), "-o", str(folder / "out"), *more])


def test_what_is_done_is_not_done_again(folder):
    first = batch(folder)
    assert first.exit_code == 0, first.output
    assert "4 runs: 4 done" in first.stderr
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("estimates.csv")}
    assert len(before) == 4
    assert "0 done, 4 done before" in batch(folder).stderr
    assert before == {path: path.stat().st_mtime_ns for path in before}


@pytest.mark.parametrize("what", ["data", "mapping", "options"])
def test_what_is_made_of_something_else_now_is_done_again(folder, what):
    assert batch(folder).exit_code == 0
    if what == "data":
        data = folder / "part-2.csv.gz"
        data.write_bytes(gzip.compress(gzip.decompress(data.read_bytes()), mtime=1))
        assert "1 done, 3 done before" in batch(folder).stderr
    elif what == "mapping":
        text = (folder / "own.yaml").read_text(encoding="utf-8").replace("foreign_citizen: 4", "foreign_citizen: [4]")
        (folder / "own.yaml").write_text(
            text.replace("stateless: 5", "unknown: 5", 1).replace("unknown: 8", "stateless: 8", 1)
        )
        assert "4 runs: 4 done" in batch(folder).stderr
    else:
        text = (folder / "batch.yaml").read_text().replace("7.1.1", "4.6.1")
        (folder / "batch.yaml").write_text(text)
        assert "4 runs: 4 done" in batch(folder).stderr


def test_a_failure_does_not_stop_the_rest_and_is_told(folder):
    (folder / "part-1.csv.gz").write_bytes(b"not an extract")
    result = batch(folder, "--jobs", "2")
    assert result.exit_code == 3
    assert "part-1: failed, " in result.stderr
    assert "3 done, 1 failed" in result.stderr
    rows = (folder / "out" / "summary.csv").read_text().splitlines()
    assert [row.split(",")[2] for row in rows[1:]] == ["done", "failed", "done", "done"]
    assert not (folder / "out" / "part-1" / "run.json").exists()
    shutil.copy(CENSUS, folder / "part-1.csv.gz")
    assert "1 done, 3 done before" in batch(folder).stderr


def test_a_mapping_that_is_not_there_fails_its_run_alone(folder):
    text = (folder / "batch.yaml").read_text() + "  - {name: lost, mapping: no/such, data: part-1.csv.gz}\n"
    (folder / "batch.yaml").write_text(text)
    result = batch(folder)
    assert result.exit_code == 2
    assert "lost: failed, no/such: there is no mapping with this id" in result.stderr
    assert "4 done, 1 failed" in result.stderr


def test_a_codebook_beside_the_data_is_of_what_a_run_is_made_of(tmp_path):
    data = tmp_path / "census.v2.csv"
    data.write_text("SEX\n1\n")
    job = Job("a", "ipums/cps", (data,), (), None, ())
    without = fingerprint(job)
    (tmp_path / "census.v2.xml").write_text("<codeBook/>")
    assert without is not None
    assert fingerprint(job) != without


def test_nothing_of_a_cluster_or_a_store_is_loaded_unless_it_is_asked_for():
    code = (
        "import sys, harmonize.cli, harmonize.batch.work, harmonize.batch.processes, harmonize.batch.manifest\n"
        "found = {'dask', 'distributed', 'fsspec', 's3fs'} & set(sys.modules)\n"
        "assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
