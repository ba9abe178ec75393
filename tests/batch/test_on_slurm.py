"""On Slurm itself a batch, and an array of jobs, give the files of a single machine. Skipped where there is none.

On one machine with Debian: `apt install slurm-wlm`, a /etc/slurm/slurm.conf of one node, `munged`, `slurmctld` and
`slurmd`, and `pip install dask-jobqueue`. The jobs write to the folder of the tests, which nodes must share.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.batch.many_samples import make_samples, tree
from tests.batch.test_on_dask import batch, words
from tests.docs.test_scale_page import PAGE, assert_merged, blocks, called
from tests.docs.test_scale_page import folder as folder

pytest.importorskip("dask_jobqueue", reason="pip install dask-jobqueue")
pytestmark = [
    pytest.mark.skipif(
        shutil.which("sinfo") is None or subprocess.run(["sinfo"], capture_output=True, check=False).returncode != 0,
        reason="no Slurm is running here",
    ),
    pytest.mark.filterwarnings("default"),
]
SAMPLES = 8


def jobs(*more: str) -> list[str]:
    """The numbers of the jobs that wait or run."""
    told = subprocess.run(
        ["squeue", "--me", "--noheader", "--format=%i", *more], capture_output=True, text=True, check=True
    )
    return told.stdout.split()


def wait_until(it_is_so: Callable[[], object], seconds: float = 300) -> None:
    """Look twice a second."""
    end = time.monotonic() + seconds
    while not it_is_so():
        assert time.monotonic() < end
        time.sleep(0.5)


def test_the_file_of_the_page_starts_jobs_of_which_one_is_cancelled(tmp_path: Path) -> None:
    manifest = make_samples(tmp_path, SAMPLES)
    assert batch(manifest, tmp_path / "expected", "--jobs", "1").returncode == 0
    told = next(yaml.safe_load(text) for text in blocks("yaml") if "SLURMCluster" in text)
    assert told["cluster"] == "dask_jobqueue.SLURMCluster"
    told["scale"] = {"jobs": 2}
    told["options"] |= {"cores": 1, "processes": 1, "memory": "2GB", "log_directory": str(tmp_path / "logs")}
    del told["options"]["queue"]  # that of the page is of somebody's cluster
    (tmp_path / "slurm.yaml").write_text(yaml.safe_dump(told))
    before = set(jobs())
    process = subprocess.Popen(
        words(manifest, tmp_path / "out", "--dask", str(tmp_path / "slurm.yaml")), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert ": done\n" in process.stderr.readline()
    subprocess.run(["scancel", (set(jobs("--states=RUNNING")) - before).pop()], check=True)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert f"{SAMPLES} runs: {SAMPLES} done" in said
    assert tree(tmp_path / "out") == tree(tmp_path / "expected")
    wait_until(lambda: not set(jobs()) - before)


def test_the_array_of_the_page_and_the_merge_after_it(folder: Path) -> None:
    assert "sbatch --dependency=afterok:JOB" in PAGE
    for name, text in zip(("array.sh", "merge.sh"), blocks("bash"), strict=True):
        (folder / name).write_text(text.replace("--mem=4G", "--mem=2G"))
    before = set(jobs())
    called(folder, "sh", "-c", "sbatch --dependency=afterok:$(sbatch --parsable array.sh) merge.sh")
    wait_until(lambda: not set(jobs()) - before)
    assert_merged(folder)
