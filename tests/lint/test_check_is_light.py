"""Where mappings are read and no data, nothing is imported that makes estimates: the commands start at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harmonize.mapping import mappings_dir

HEAVY = ("polars", "numpy", "numba", "scipy", "pyreadstat", "polars_readstat", "xlsxwriter")


MAPPING = """\
mapping: m
version: 1.0.0
title: Made for a test
source: {producer: nobody, citation: none, documentation: none, checked_on: "2026-11-24"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none}
variables:
  age: {from: AGE, number: {}}
"""
CASES = "cases: [{name: a child, raw: {AGE: 7}, harmonised: {age: 8}}]\n"


def imported(*arguments: str, ends_with: int = 0) -> set[str]:
    """What of HEAVY a command imports, and readers of data. ends_with: its exit code."""
    code = (
        "import sys\n"
        "from harmonize.cli import main\n"
        "try:\n"
        f"    main({list(arguments)!r})\n"
        "except SystemExit as ended:\n"
        f"    assert (ended.code or 0) == {int(ends_with)}, ended.code\n"
        f"print(*({set(HEAVY)!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("format", ["full", "concise", "github", "sarif", "junit", "gitlab", "json"])
def test_checking_a_mapping_and_running_its_cases_needs_no_engine(format: str) -> None:
    assert imported("check", "usa/acs-pums", "--output-format", format) == set()


def test_no_shipped_mapping_needs_the_engine_to_be_checked() -> None:
    assert imported("check", str(mappings_dir())) == set()


def test_a_case_that_fails_needs_no_engine_either(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "m.cases.yaml").write_text(CASES, encoding="utf-8")
    assert imported("check", str(tmp_path / "m.yaml"), ends_with=1) == set()


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "mappings",
        "schema sex",
        "explain M012",
        "indicators --mapping usa/acs-pums",
        "explain country_of_birth --mapping ipums/cps",
        "diff ipums/cps usa/acs-pums",
        "crosswalk sex",
    ],
)
def test_what_only_shows_mappings_needs_no_engine(command: str) -> None:
    assert imported(*command.split(), ends_with=command.startswith("diff")) == set()
