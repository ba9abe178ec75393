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


ALL = {command.name: examples(command.epilog) for command in (main, *COMMANDS)}


def test_there_are_some_of_each_command():
    assert {line.split()[1] for lines in ALL.values() for line in lines} == {command.name for command in COMMANDS}


@pytest.mark.parametrize("name", ALL)
def test_the_examples_of_a_command_run_as_written_one_after_the_other(name, tmp_path):
    for folder in ("examples", "mappings"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    program = tmp_path / "bin" / "harmonize"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m harmonize "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    for example in ALL[name]:
        done = subprocess.run(
            example, shell=True, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120, check=False
        )
        assert done.returncode == 0, (example, done.stderr)
