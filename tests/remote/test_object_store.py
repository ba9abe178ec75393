"""Extracts are read from an object store and tables written there: the same bytes, the same errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.page_commands import block_run_by, with_harmonize
from tests.functional.example import CENSUS, MAPPING

pytestmark = pytest.mark.filterwarnings("default")  # those of the store's own packages


def harmonize(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harmonize", *map(str, words)], capture_output=True, text=True, check=False
    )


def run(data: object, out: object, *more: object) -> subprocess.CompletedProcess[str]:
    return harmonize("run", MAPPING, data, "-o", out, "--format", "csv", "--indicator", "7.1.1", *more)


def without_times(content: bytes) -> dict[str, object]:
    return {name: told for name, told in json.loads(content).items() if name != "timings"}


def assert_same(store, at: str, folder: Path) -> None:
    """All files of the folder are there, and no others."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {name.removeprefix(f"{at}/") for name in store.find(at)} == names
    for name in names:
        there, here = store.cat_file(f"{at}/{name}"), (folder / name).read_bytes()
        if name.endswith("run.json"):
            there, here = without_times(there), without_times(here)
        assert there == here, name


def test_a_run_reads_and_writes_by_url_what_it_does_on_a_disk(store, tmp_path):
    store.put_file(str(CENSUS), "census/in/persons.csv.gz")
    store.pipe_file("census/out/estimates.parquet", b"of an earlier run")
    done = run("s3://census/in/persons.csv.gz", "s3://census/out")
    assert done.returncode == 0, done.stderr
    assert "s3://census/out/estimates.csv" in done.stderr
    assert "/tmp" not in done.stderr
    assert run(CENSUS, tmp_path / "out").returncode == 0
    assert_same(store, "census/out", tmp_path / "out")


def test_the_commands_of_scale_md_run_as_written(store, tmp_path):
    store.put_file(str(CENSUS), "census/in/persons.csv.gz")
    install, command = block_run_by("tests/remote/test_object_store.py", "docs/scale.md").splitlines()
    assert install == 'pip install "harmonize[cloud]"'  # without which this test is skipped
    subprocess.run(["bash", "-euc", command], cwd=tmp_path, env=with_harmonize(tmp_path), check=True)
    assert store.exists("census/out/estimates.csv")


def test_a_file_comes_with_what_describes_it(store, tmp_path):
    assert harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.parquet").returncode == 0
    for name in ("h.parquet", "h.parquet.meta.json"):
        store.put_file(str(tmp_path / name), f"census/{name}")
    words = ("--format", "csv", "--indicator", "7.1.1", "-q")
    done = harmonize("tabulate", "s3://census/h.parquet", "-o", "s3://census/t", *words)
    assert done.returncode == 0, done.stderr
    assert harmonize("tabulate", tmp_path / "h.parquet", "-o", tmp_path / "t", *words).returncode == 0
    assert_same(store, "census/t", tmp_path / "t")


def test_after_an_error_nothing_is_written(store, tmp_path):
    (tmp_path / "persons.csv").write_text("YEAR,SEX\n2011\n")
    store.put_file(str(tmp_path / "persons.csv"), "census/persons.csv")
    there = run("s3://census/persons.csv", "s3://census/none")
    here = run(tmp_path / "persons.csv", tmp_path / "none")
    assert here.returncode == there.returncode == 4
    assert there.stderr.replace("s3://census", str(tmp_path)) == here.stderr
    assert not store.exists("census/none")


@pytest.mark.parametrize(
    ("data", "out", "code", "said"),
    [
        ("s3://census/lost.csv", "out", 3, "s3://census/lost.csv: there is no such file or bucket\n  check the URL"),
        ("s3://no-bucket/lost.csv", "out", 3, "s3://no-bucket/lost.csv: there is no such file or bucket"),
        (CENSUS, "s3://no-bucket/out", 5, "s3://no-bucket/out: can't be written: there is no such file or bucket"),
        ("nostore://a/b.csv", "out", 2, "nostore://a/b.csv: no store is known by this name"),
    ],
)
def test_what_is_not_there_is_told(store, tmp_path, data, out, code, said):
    done = run(data, out if "://" in out else tmp_path / out)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert said in done.stderr


def test_without_credentials_it_is_told_where_they_come_from(store, tmp_path, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    done = run("s3://census/persons.csv", tmp_path / "out")
    assert done.returncode == 3
    assert "AWS_ACCESS_KEY_ID" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_does_not_answer_is_told(store, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    done = run("s3://census/persons.csv", tmp_path / "out")
    assert done.returncode == 3
    assert "AWS_ENDPOINT_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_not_installed_is_told(tmp_path):
    (tmp_path / "s3fs.py").write_text("raise ImportError('no s3fs')\n")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{CENSUS.parents[2]}"}
    done = subprocess.run(
        [sys.executable, "-m", "harmonize", "inspect", "s3://census/persons.csv"],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 2
    assert 'pip install "harmonize[cloud]"' in done.stderr
