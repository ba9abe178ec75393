"""The first run on a machine compiles, which takes long: said on a terminal, and nowhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest

from harmonize.cli import compiling, measuring
from harmonize.tabulate import kernel
from tests.functional.example import CENSUS, MAPPING

COMPILED = "from harmonize.cli.compiling import compiled; print(compiled())"

AS_ON_A_NEW_MACHINE = """
import sys
from harmonize.cli import main, measuring
measuring.compiled = lambda: False
main(sys.argv[1:], prog_name="harmonize")
"""


def test_after_a_run_it_is_compiled(harmonize, tmp_path):
    assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out").exit_code == 0
    assert compiling.compiled()


def test_a_loop_that_was_changed_since_is_not(harmonize, tmp_path, monkeypatch):
    assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out").exit_code == 0
    changed = tmp_path / "kernel.py"
    changed.write_text("")
    os.utime(changed, (time.time() + 60, time.time() + 60))
    monkeypatch.setattr(kernel, "__file__", str(changed))
    assert not compiling.compiled()


def test_on_a_new_machine_it_is_not(tmp_path):
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(CENSUS.parents[2])}
    command = [sys.executable, "-c", COMPILED]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.stdout == "False\n", done.stderr


def on_a_terminal(*options, cwd):
    """What a terminal gets on stderr of a run on a machine where nothing is compiled."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", AS_ON_A_NEW_MACHINE, "run", MAPPING, str(CENSUS), "-o", "out", *options]
    environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2])}
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, cwd=cwd, env=environment) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            shown += more
        assert running.wait(120) == 0, shown
    os.close(ours)
    return shown.decode()


def test_a_terminal_is_told_at_once_and_the_line_is_wiped(tmp_path):
    shown = on_a_terminal(cwd=tmp_path)
    assert shown.startswith(f"\r{compiling.FIRST_RUN}")
    assert re.search(r"\r +\r", shown)
    assert shown.count(compiling.FIRST_RUN) == 1


def test_quiet_is_told_nothing(tmp_path):
    assert on_a_terminal("--quiet", cwd=tmp_path) == ""


def test_a_pipe_is_told_nothing(harmonize, tmp_path, monkeypatch):
    monkeypatch.setattr(measuring, "compiled", lambda: False)
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "first run" not in result.output
