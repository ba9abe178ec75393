"""Codebooks that tests draft from: small made ones, and the real ones where they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

REAL = Path(__file__).parents[3] / "shared" / "real"


def real(name: str) -> Path:
    """A real file, or the test is skipped and says so."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"no real files: {path} is absent")
    return path


def dictionary(path: Path, variables: dict[str, tuple[str, dict[str, str]]]) -> Path:
    """A dictionary of a row for each code: name -> (label, {code: label})."""
    rows: list[Iterable[str]] = [("variable", "code", "label", "variable_label")]
    for name, (about, codes) in variables.items():
        rows += [(name, code, label, about) for code, label in codes.items()] or [(name, "", "", about)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
