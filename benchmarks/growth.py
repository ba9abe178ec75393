"""Ten times the persons: rows a second and peak memory of `harmonize run`, of every format that streams.

    python benchmarks/growth.py                                10 and 100 million persons (the files take 36 GB)
    python benchmarks/growth.py --rows 100000,1000000 --formats csv,parquet --dry

With standard errors and all files, as in whole.py. Of each format the sizes follow each other, so that both meet the
same machine. All formats must give the same estimates of the same persons, byte for byte, or the benchmark ends. The
table goes into benchmarks/README.md; --dry only prints it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import polars as pl
from format_files import made
from measure import Measured, measure
from whole import README, read_through
from whole_peers import run_command
from whole_report import page, write_into

ROWS = "10000000,100000000"
FORMATS = "parquet,csv,csv.gz,dat,hierarchical"
HEAD = """\
| format | persons | file | seconds | CPU s | cores | rows/s | ÷ that of the fewest | peak |
|---|---:|---:|---:|---:|---:|---:|---:|---:|"""


def run_once(path: Path) -> tuple[Measured, int, str]:
    """What a run took, its persons, and the hash of its estimates."""
    read_through(path)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(run_command(path, Path(folder)))
        persons = json.loads((Path(folder) / "run.json").read_text())["persons"]
        return found, persons, hashlib.sha256((Path(folder) / "estimates.csv").read_bytes()).hexdigest()


def row(form: str, persons: int, path: Path, found: Measured, first: float) -> str:
    """A row of the table. first: rows/s of the fewest persons."""
    each = persons / found.seconds
    return (
        f"| {form} | {persons:,} | {path.stat().st_size / 1e6:,.0f} MB | {found.seconds:.1f} | {found.cpu:.1f} "
        f"| {found.cpu / found.seconds:.1f} | {each:,.0f} | {each / first:.2f} | {found.peak_bytes / 1e6:,.0f} MB |"
    )


def main() -> None:
    """Measure, print the table and put it into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", default=ROWS, help=f"persons, joined by commas ({ROWS})")
    parser.add_argument("--formats", default=FORMATS, help=f"joined by commas ({FORMATS})")
    parser.add_argument("--dry", action="store_true", help="only print the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(run_command(made("csv", 2_000), Path(folder)))  # the first time, the loops are compiled
    rows: list[str] = []
    estimates: dict[int, str] = {}
    print(HEAD, flush=True)
    for form in options.formats.split(","):
        first = 0.0
        for size in sorted(map(int, options.rows.split(","))):
            path = made(form, size)
            found, persons, told = run_once(path)
            if estimates.setdefault(size, told) != told:
                sys.exit(f"{path.name}: other estimates than of the first format")
            first = first or persons / found.seconds
            rows.append(row(form, persons, path, found, first))
            print(rows[-1], flush=True)
    if not options.dry:
        write_into(README, page(rows, {"polars": pl.__version__}, [], HEAD), "growth")


if __name__ == "__main__":
    main()
