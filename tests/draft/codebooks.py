"""Codebooks that tests draft from: small made ones, and the real ones where they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

READ = Path(__file__).parents[1] / "mappings_shipped" / "codes_as_read"
LABELS = Path(__file__).with_name("labels_of_columns.csv")
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


def codes_as_read(id: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Of the dictionary that a mapping was made from, column -> (label, {code: label}), as far as it was read."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        found = {row["column"]: (row["label"], {}) for row in csv.DictReader(file) if row["mapping"] == id}
    with (READ / f"{id.replace('/', '-')}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["column"], ("", {}))[1][row["code"]] = row["label"]
    return found
