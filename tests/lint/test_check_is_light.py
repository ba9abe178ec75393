"""Where mappings are read and no data, nothing is imported that makes estimates: the commands start at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harmonize.mapping import mappings_dir

HEAVY = ("polars", "numpy", "numba", "scipy", "pyreadstat", "polars_readstat", "xlsxwriter")


def imported(*arguments: str) -> set[str]:
    """What of HEAVY a command imports, and readers of data."""
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        "try:\n"
        f"    main({list(arguments)!r}, standalone_mode=False)\n"
        "except SystemExit as ended:\n"
        "    assert not ended.code, ended.code\n"
        f"print(*({set(HEAVY)!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.fixture
def without_cases(tmp_path: Path) -> str:
    shutil.copytree(mappings_dir() / "lookups", tmp_path / "lookups")
    (tmp_path / "usa").mkdir()
    return str(shutil.copy(mappings_dir() / "usa" / "acs-pums.yaml", tmp_path / "usa"))


@pytest.mark.parametrize("format", ["full", "concise", "sarif", "junit"])
def test_checking_a_mapping_needs_no_engine(without_cases: str, format: str) -> None:
    assert imported("check", without_cases, "--output-format", format) == set()


def test_cases_are_rows_and_need_the_engine_alone() -> None:
    assert imported("check", "usa/acs-pums") <= {"polars", "numpy"}


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "mappings",
        "schema sex",
        "explain M001",
        "indicators --mapping usa/acs-pums",
    ],
)
def test_what_only_shows_mappings_needs_no_engine(command: str) -> None:
    assert imported(*command.split()) == set()
