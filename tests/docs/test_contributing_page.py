"""The commands of CONTRIBUTING.md end well in a checkout, and those that look or mend leave its files as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.page_commands import block_run_by
from tools.manual.examples import ROOT

SOME_TESTS = "tests/tabulate/test_side_by_side.py"
LEFT = (".git", ".venv", "out", "build", "dist", "data", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of the project, with the environment of these tests where `make` would make one."""
    folder = tmp_path / "harmonize"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT))
    (folder / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():  # not a link to the whole: `make` puts its stamps beside
        if not part.name.startswith(".installed"):
            (folder / ".venv" / part.name).symlink_to(part)
    for stamp in (".installed", ".installed-dev"):
        (folder / ".venv" / stamp).touch()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files of the project: the path of each, and what is in it."""
    found = [path for path in folder.rglob("*.py") if ".venv" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_each_command_of_the_page_ends_well(checkout: Path) -> None:
    before = contents(checkout)
    commands = block_run_by("tests/docs/test_contributing_page.py", "CONTRIBUTING.md")
    assert commands.count("make ") == 4
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    # all tests would begin these anew
    environment |= {"PYTEST_ADDOPTS": SOME_TESTS, "PYTHONPATH": str(checkout), "NO_COLOR": "1"}
    done = subprocess.run(
        ["sh", "-e"], input=commands, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (" passed in ", "All checks passed!", "Success: no issues found", "out/demo/estimates.csv"):
        assert said in done.stdout, said
    assert (checkout / "out" / "demo" / "run.json").is_file()
    assert contents(checkout) == before
