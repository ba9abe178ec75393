"""A batch that is killed without warning, again and again, ends with the files of one that never was.

    HARMONIZE_SAMPLES=200 python -m pytest -s tests/batch/test_batch_killed.py

takes 200 samples instead of a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.many_samples import make_samples, tree

SAMPLES = int(os.environ.get("HARMONIZE_SAMPLES", "16"))
KILLS = 10
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


def words(manifest: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "harmonize", "batch", str(manifest), "-o", str(out), "--jobs", "2"]


def kill_later(command: list[str], environment: dict[str, str], dice: random.Random, ends: int) -> bool:
    """Kill the batch at a random moment, mostly after some of its runs have ended; whether it was still at work.

    ends: how many runs may end before it, at the most.
    """
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    assert process.stderr is not None
    wait = dice.randint(0, ends)
    for _ in range(wait):
        while ": done\n" not in (process.stderr.readline() or ": done\n"):
            pass
    time.sleep(dice.uniform(0, 0.4 if wait else 3))
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return alive


def test_killed_ten_times_and_begun_again_it_ends_with_the_same_bytes(tmp_path):
    manifest = make_samples(tmp_path, SAMPLES)
    (tmp_path / "temporary").mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path / "temporary")}
    began = time.monotonic()
    undisturbed = subprocess.run(words(manifest, tmp_path / "once"), capture_output=True, env=environment, check=False)
    assert undisturbed.returncode == 0, undisturbed.stderr
    took = time.monotonic() - began

    dice = random.Random(20261128)
    command = words(manifest, tmp_path / "killed")
    killed = sum(kill_later(command, environment, dice, max(1, SAMPLES // 12)) for _ in range(KILLS))
    halfway = len(list((tmp_path / "killed").glob("*/batch.json")))
    began = time.monotonic()
    resumed = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert resumed.returncode == 0, resumed.stderr
    print(
        f"\n{SAMPLES} samples: {took:.0f} s undisturbed; {killed} times killed, {halfway} done by then, "
        f"the rest in {time.monotonic() - began:.0f} s"
    )
    assert killed == KILLS
    assert halfway < SAMPLES
    assert f"{halfway} done before" in resumed.stderr
    assert len(undisturbed := tree(tmp_path / "once")) > 4 * SAMPLES
    assert tree(tmp_path / "killed") == undisturbed
    assert not any((tmp_path / "temporary").iterdir())


def test_what_a_killed_batch_was_at_ends_with_it(tmp_path):
    manifest = make_samples(tmp_path, 6)
    command = words(manifest, tmp_path / "out")
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    assert ": done\n" in process.stderr.readline()
    process.kill()
    process.communicate()
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        os.killpg(process.pid, signal.SIGKILL)
        pytest.fail("a process of the batch is still there after 10 seconds")
    assert not list((tmp_path / "out").glob("*/.harmonize-*"))
    assert len(list((tmp_path / "out").glob("*/run.json"))) < 6
