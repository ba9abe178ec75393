"""Where the shipped mappings, the examples and the real files are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAPPINGS = ROOT / "mappings"
EXAMPLES = ROOT / "examples"
REAL = ROOT.parent / "shared" / "real"

IDS = sorted(
    str(path.relative_to(MAPPINGS).with_suffix(""))
    for path in MAPPINGS.rglob("*.yaml")
    if "lookups" not in path.parts and not path.name.endswith(".cases.yaml")
)
LOOKUPS = sorted(path.stem for path in (MAPPINGS / "lookups").glob("*.yaml"))


def real(name: str) -> Path:
    """A real file, or the test is skipped and says so."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"no real files: {path} is absent")
    return path


def code_list(name: str, variable: str, code: str = "code") -> dict[str, set[str]]:
    """Code -> labels of a variable in a real code list."""
    found: dict[str, set[str]] = {}
    with real(f"codes/{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["variable"] == variable:
                found.setdefault(row[code], set()).add(row["label"])
    return found
