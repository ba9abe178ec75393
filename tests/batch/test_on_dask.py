"""On a Dask cluster a batch gives the files of a single machine, also where workers die.

    HARMONIZE_SAMPLES=200 python -m pytest tests/batch/test_on_dask.py -k middle

takes 200 samples instead of a few.
"""

from __future__ import annotations

import gzip
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harmonize.batch import on_dask
from harmonize.errors import FitError, HarmonizeError, UsageError
from tests.batch.many_samples import MANIFEST, make_samples, tree
from tests.docs.page_commands import block_run_by, with_harmonize
from tests.functional.example import CENSUS

distributed = pytest.importorskip("distributed", reason='pip install "harmonize[dask]"')
SchedulerPlugin = distributed.SchedulerPlugin
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL"),
    pytest.mark.filterwarnings("default"),  # those of Dask itself
]
SAMPLES = int(os.environ.get("HARMONIZE_SAMPLES", "6"))
LARGE = """\
  - name: large
    mapping: ipums/international
    data: large.csv
    options: {indicator: 10.2.1, by: "sex*age_group"}
"""
IN_PARTS = ("--part-size", "0.05")  # MB: large.csv is cut in four, the samples are not


def words(manifest: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "harmonize", "batch", str(manifest), "-o", str(out), *more]


def batch(manifest: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words(manifest, out, *more), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """Small samples and a larger one, as many runs."""
    folder = tmp_path_factory.mktemp("samples")
    made = make_samples(folder, SAMPLES)
    (folder / "large.csv").write_bytes(gzip.decompress(CENSUS.read_bytes()))
    made.write_text(made.read_text() + LARGE)
    return made


@pytest.fixture(scope="module")
def expected(manifest, tmp_path_factory):
    """What a single machine writes."""
    out = tmp_path_factory.mktemp("expected")
    done = batch(manifest, out, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return tree(out)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Three workers, each a process with a nanny that begins it again; in the end nothing of theirs is left."""
    folder = tmp_path_factory.mktemp("workers")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, local_directory=str(folder)
    ) as made:
        yield made
    assert not list(folder.rglob("harmonize-*"))


class Watch(SchedulerPlugin):
    """Sees the tasks that come to workers, and kills the worker of one of them when it has just begun."""

    def __init__(self, cluster, kill_at: int) -> None:
        self.tasks: set[str] = set()
        self.killed = False
        self._cluster, self._kill_at = cluster, kill_at

    def transition(self, key, start, finish, *_, **__) -> None:
        if finish != "processing" or key in self.tasks:
            return
        self.tasks.add(key)
        if len(self.tasks) == self._kill_at:
            worker = self._cluster.scheduler.tasks[key].processing_on.name
            self._cluster.loop.call_later(0.02, self._kill, self._cluster.workers[worker].pid)

    def _kill(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)
        self.killed = True


@contextmanager
def watched(cluster, kill_at: int) -> Iterator[Watch]:
    watch = Watch(cluster, kill_at)
    cluster.scheduler.add_plugin(watch, name="watch")
    yield watch
    cluster.scheduler.remove_plugin("watch")


def test_a_worker_is_killed_in_the_middle_and_the_bytes_are_those_of_a_single_machine(
    manifest, expected, cluster, tmp_path
):
    with watched(cluster, kill_at=SAMPLES) as watch:  # of two tasks a sample
        done = batch(manifest, tmp_path / "out", "--dask", cluster.scheduler_address, *IN_PARTS)
    assert done.returncode == 0, done.stderr
    assert watch.killed
    assert f"{SAMPLES + 1} runs: {SAMPLES + 1} done" in done.stderr
    assert tree(tmp_path / "out") == expected
    again = batch(manifest, tmp_path / "out", "--dask", cluster.scheduler_address)
    assert f"0 done, {SAMPLES + 1} done before" in again.stderr


def test_the_commands_of_scale_md_run_as_written_but_for_the_address(manifest, cluster, tmp_path):
    (tmp_path / "manifest.yaml").write_text(MANIFEST[: MANIFEST.index("  -")] + LARGE)
    (tmp_path / "large.csv").write_bytes(manifest.with_name("large.csv").read_bytes())
    install, command = block_run_by("tests/batch/test_on_dask.py", "docs/scale.md").splitlines()
    assert install == 'pip install "harmonize[dask]"'  # without which this test is skipped
    command = command.replace("tcp://10.0.0.1:8786", cluster.scheduler_address)
    subprocess.run(["bash", "-euc", command], cwd=tmp_path, env=with_harmonize(tmp_path), check=True)
    assert (tmp_path / "results" / "large" / "estimates.csv").is_file()


def test_a_large_file_is_cut_in_ranges_of_which_a_worker_dies(manifest, expected, cluster, tmp_path):
    only = manifest.with_name("large.yaml")
    only.write_text(MANIFEST[: MANIFEST.index("  -")] + LARGE)
    with watched(cluster, kill_at=5) as watch:  # the third of the ranges
        done = batch(only, tmp_path / "out", "--dask", cluster.scheduler_address, *IN_PARTS)
    assert done.returncode == 0, done.stderr
    assert watch.killed
    assert len(watch.tasks) >= 4 + 4 + 1  # states, what was seen in them, joined
    found = tree(tmp_path / "out")
    del found["summary.csv"]
    assert found == {name: told for name, told in expected.items() if name.startswith("large/")}


def test_a_failure_is_told_as_on_a_single_machine(manifest, cluster, tmp_path):
    faulty = manifest.with_name("faulty.csv")
    faulty.write_bytes(manifest.with_name("large.csv").read_bytes() + b"1,2,3\n")
    unmapped = manifest.with_name("unmapped.csv")
    text = manifest.with_name("large.csv").read_text().splitlines(keepends=True)
    at = text[0].split(",").index("ELECTRIC")
    fields = text[-1].split(",")
    unmapped.write_text("".join([*text[:-1], ",".join([*fields[:at], "7", *fields[at + 1 :]])]))
    made = manifest.with_name("failing.yaml")
    made.write_text(
        "options: {format: csv, indicator: 7.1.1}\nruns:\n"
        "  - {name: faulty, mapping: ipums/international, data: faulty.csv}\n"
        "  - {name: lost, mapping: ipums/international, data: lost.csv}\n"
        "  - {name: unmapped, mapping: ipums/international, data: unmapped.csv}\n"
        "  - {name: wrong, mapping: ipums/international, data: large.csv, options: {level: 0.5}}\n"
    )
    here = batch(made, tmp_path / "here")
    there = batch(made, tmp_path / "there", "--dask", cluster.scheduler_address, *IN_PARTS)
    assert here.returncode == there.returncode == 4
    summaries = [(tmp_path / name / "summary.csv").read_text() for name in ("here", "there")]
    assert summaries[0] == summaries[1]
    assert [row.split(",")[3] for row in summaries[0].splitlines()[1:]] == ["4", "3", "4", "2"]
    assert not list((tmp_path / "there").glob("*/*"))
    words = [sys.executable, "-m", "harmonize", "batch", "failing.yaml", "-o"]
    for more in (["from-here"], ["from-there", "--dask", cluster.scheduler_address, *IN_PARTS]):
        subprocess.run([*words, *more], cwd=made.parent, env=with_harmonize(tmp_path), capture_output=True, check=False)
    summaries = [(made.parent / f"from-{name}" / "summary.csv").read_text() for name in ("here", "there")]
    assert summaries[0] == summaries[1]
    assert "lost.csv: there is no such file" in summaries[0]
    assert str(tmp_path.parent) not in summaries[0]


def test_where_dask_is_not_installed_it_is_told_how_to(monkeypatch):
    monkeypatch.setattr(on_dask, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r'pip install "harmonize\[dask\]"'):
        on_dask.OnDask("tcp://127.0.0.1:8786", 1, lambda _: {})


def test_a_worker_of_another_version_is_told():
    ended = on_dask._checked("0.0.0", str)
    with pytest.raises(HarmonizeError, match=r"a worker has harmonize .*, this is 0\.0\.0"):
        on_dask._value(ended)


def test_an_error_ends_what_rests_on_it_and_reaches_the_batch_whole():
    error = pickle.loads(pickle.dumps(on_dask._Ended(FitError("it does not fit", "mend it"))))
    with pytest.raises(FitError, match="it does not fit\n  mend it"):
        on_dask._value(error)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers there"),
        ("no-such.yaml", "no-such.yaml: there is no such file"),
    ],
)
def test_a_cluster_that_is_not_there_is_told(manifest, tmp_path, monkeypatch, address, said):
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT", "1s")
    done = batch(manifest, tmp_path / "out", "--dask", address)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cluster: dask_jobqueue.NoCluster\n", "there is no dask_jobqueue.NoCluster\n  is it installed? pip install"),
        ("options: {}\n", "there is no key 'cluster'"),
        ("cluster: distributed.LocalCluster\nscales: {n: 1}\n", "'scales' is not a key here"),
        ("cluster: distributed.LocalCluster\nscale: 3\n", "scale is a block of names and values"),
        ("cluster: [\n", "it can't be read as YAML"),
        ("cluster: distributed.LocalCluster\noptions: {n_workers: many}\n", "can't be started"),
    ],
)
def test_a_mistake_in_the_file_of_a_cluster_is_told(manifest, tmp_path, text, said):
    (tmp_path / "cluster.yaml").write_text(text)
    done = batch(manifest, tmp_path / "out", "--dask", str(tmp_path / "cluster.yaml"))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_tells_which_cluster_to_start(manifest, expected, tmp_path):
    (tmp_path / "cluster.yaml").write_text(
        "cluster: distributed.LocalCluster\n"
        "options: {n_workers: 1, threads_per_worker: 1, dashboard_address: null}\n"
        "scale: {n: 2}\n"
    )
    done = batch(manifest, tmp_path / "out", "--dask", str(tmp_path / "cluster.yaml"))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr  # nor what Dask logs of a task that failed
    assert tree(tmp_path / "out") == expected
