"""The examples in the help of every command run as they are written, at the top of a clone."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from harmonize.cli import COMMANDS, main
from tests.functional.example import CENSUS

ROOT = CENSUS.parents[2]


def examples(epilog):
    """The commands of an epilog, lines that go on after a backslash joined."""
    joined = re.sub(r"\\\n\s*", "", epilog or "")
    return [line.strip() for line in joined.splitlines() if line.startswith("  harmonize ")]


ALL = [example for command in (main, *COMMANDS) for example in examples(command.epilog)]


def test_there_are_some_of_each_command():
    assert {example.split()[1] for example in ALL} == {command.name for command in COMMANDS}


@pytest.mark.parametrize("example", ALL)
def test_an_example_runs_as_written(example, tmp_path):
    for name in ("examples", "mappings"):
        (tmp_path / name).symlink_to(ROOT / name)
    program = tmp_path / "bin" / "harmonize"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m harmonize "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        example, shell=True, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
