"""A batch of extracts in an object store writes its folders there, and runs again only what has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.many_samples import make_samples, tree

pytestmark = pytest.mark.filterwarnings("default")  # those of the store's own packages
MANIFEST = """\
options: {format: csv, indicator: 7.1.1}
runs:
  - {name: "sample-{n}", mapping: ipums/international, data: "s3://census/in/sample-{n}.csv"}
"""


def batch(manifest: Path, out: object, *more: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "harmonize", "batch", str(manifest), "-o", str(out), *more]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def fetched(store, at: str, folder: Path) -> dict[str, str]:
    """The tree of a folder of the store, without what the files were made of."""
    store.get(at, str(folder), recursive=True)
    return without_marks(folder)


def without_marks(folder: Path) -> dict[str, str]:
    return {name: told for name, told in tree(folder).items() if not name.endswith("batch.json")}


@pytest.fixture
def manifest(store, tmp_path):
    """Three samples in the store, and on the disk."""
    here = make_samples(tmp_path, 3)
    for path in tmp_path.glob("*.csv"):
        store.put_file(str(path), f"census/in/{path.name}")
    assert batch(here, tmp_path / "here").returncode == 0
    (tmp_path / "store.yaml").write_text(MANIFEST)
    return tmp_path / "store.yaml"


def test_in_a_store_the_bytes_are_those_of_a_disk(store, manifest, tmp_path):
    done = batch(manifest, "s3://census/out", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "3 runs: 3 done; s3://census/out/summary.csv" in done.stderr
    assert fetched(store, "census/out/", tmp_path / "there") == without_marks(tmp_path / "here")
    store.pipe_file("census/in/sample-001.csv", store.cat_file("census/in/sample-001.csv").replace(b"\n", b"\r\n"))
    again = batch(manifest, "s3://census/out")
    assert "1 done, 2 done before" in again.stderr


def test_a_cluster_reads_from_a_store_and_its_files_are_put_there(store, manifest, tmp_path):
    pytest.importorskip("distributed", reason='pip install "harmonize[dask]"')
    cluster = tmp_path / "cluster.yaml"
    cluster.write_text(
        "cluster: distributed.LocalCluster\noptions: {n_workers: 1, threads_per_worker: 1, dashboard_address: null}\n"
    )
    # half a sample is a range of its own, read from the store by itself
    done = batch(manifest, "s3://census/dask", "--dask", str(cluster), "--part-size", "0.014")
    assert done.returncode == 0, done.stderr
    assert fetched(store, "census/dask/", tmp_path / "there") == without_marks(tmp_path / "here")


def test_a_file_that_is_not_there_fails_its_run_alone(store, manifest, tmp_path):
    manifest.write_text(MANIFEST + "  - {name: lost, mapping: ipums/international, data: s3://census/lost.csv}\n")
    done = batch(manifest, tmp_path / "out")
    assert done.returncode == 3
    assert "lost: failed, s3://census/lost.csv: there is no such file or bucket" in done.stderr
    assert "3 done, 1 failed" in done.stderr
