"""Many small made samples with a manifest, and what a batch of them leaves behind."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PERSONS = 300
_OVER = 8  # by which the last household of a sample may pass it
MANIFEST = """\
options: {format: csv, indicator: 7.1.1}
runs:
  - {name: "sample-{n}", mapping: ipums/international, data: "sample-{n}.csv"}
"""


def make_samples(folder: Path, count: int) -> Path:
    """The manifest of so many extracts of about 300 persons, in whole households."""
    persons = str((PERSONS + _OVER) * count)
    maker = [sys.executable, str(ROOT / "examples" / "make_ipums_extract.py"), "--persons", persons]
    subprocess.run([*maker, "--out", str(folder), "--name", "all"], check=True, stdout=subprocess.DEVNULL)
    header, *rows = (folder / "all.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "all.csv").unlink()
    at = header.split(",").index("SERIAL")
    pieces: list[list[str]] = [[]]
    for _, household in groupby(rows, key=lambda row: row.split(",")[at]):
        if len(pieces[-1]) >= PERSONS and len(pieces) < count:
            pieces.append([])
        pieces[-1] += household
    assert len(pieces) == count
    for n, piece in enumerate(pieces):
        (folder / f"sample-{n:03}.csv").write_text("".join([header, *piece]), encoding="utf-8")
    (folder / "batch.yaml").write_text(MANIFEST, encoding="utf-8")
    return folder / "batch.yaml"


def tree(folder: Path) -> dict[str, str]:
    """Every file with the hash of its bytes; of run.json without the times and how large the state grew."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "run.json":
                told = json.loads(data)
                told["state"] = {name: told["state"][name] for name in ("strata", "clusters", "cells")}
                data = json.dumps(told | {"timings": None}).encode()
            found[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return found
