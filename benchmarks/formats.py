"""Rows a second and peak memory of reading, format by format, beside the readers a user has today.

    python benchmarks/formats.py                                        5 million persons, every format
    python benchmarks/formats.py --rows 5000000,20000000 --formats dat,csv
    python benchmarks/formats.py --peers /path/to/python                a Python that has the peers

Each reader is a process of its own. Its seconds are from opening the file to its last row, without the start
of Python, by the clock and of all cores together (which a busy machine changes least); its memory is the peak
of the process. Every reader must come to the same rows and the same sum of
ages, or the benchmark ends. A peer that is not installed is named and left out; one that takes more than
--longest seconds or --largest GB is stopped, and its row says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from format_files import MAKERS, POR_NAME, made
from format_ours import OURS
from format_peers import PEERS
from measure import Stopped, measure

HERE = Path(__file__).resolve().parent
ROWS = "5000000"

# What ipums/international reads for 8.6.1 and 7.1.1 by migratory status, sex and age: sample, design, keys, variables.
COLUMNS = ["SAMPLE", "COUNTRY", "YEAR", "SERIAL", "PERNUM", "PERWT", "STRATA", "GQ"]
COLUMNS += ["ELECTRIC", "AGE", "SEX", "NATIVITY", "BPLCOUNTRY", "SCHOOL", "EMPSTAT"]

MISSING = "import importlib.util as u, sys; print(*(n for n in sys.argv[1:] if u.find_spec(n) is None))"


HEAD = """\
| persons | format | file | reader | seconds | CPU s | rows/s | peak | rows/s, ours ÷ | CPU, ours ÷ | peak, ours ÷ |
|---:|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"""


@dataclass(frozen=True)
class Read:
    """One reading to the end: persons, the sum of their ages, seconds by the clock and of all cores, peak bytes."""

    rows: int
    ages: int
    seconds: float
    cpu: float
    peak_bytes: int

    @property
    def speed(self) -> float:
        """Persons a second."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Limits:
    """What a peer may take: seconds, and bytes of memory."""

    longest: float = 0
    largest: int = 0


def read(
    python: str, script: str, form: str, number: int, path: Path, columns: list[str], limits: Limits = Limits()
) -> Read:
    """Run a reader of `form` to its end; ends the benchmark if it fails. Raises Stopped past the limits."""
    with tempfile.NamedTemporaryFile("r") as told:
        command = [python, str(HERE / script), form, str(number), str(path), told.name, *columns]
        measured = measure(command, longest=limits.longest, largest=limits.largest)
        return Read(**json.load(told), peak_bytes=measured.peak_bytes)


def missing_in(python: str) -> set[str]:
    """The modules that the peers need and that Python lacks."""
    needs = sorted({module for readers in PEERS.values() for reader in readers for module in reader.needs})
    asked = subprocess.run([python, "-c", MISSING, *needs], capture_output=True, text=True, check=True)
    return set(asked.stdout.split())


def compare(form: str, rows: int, python: str, missing: set[str], limits: Limits) -> None:
    """Print the rows of one format and size: ours, then each peer with the ratios."""
    path = made(form, rows)
    columns = [name[:POR_NAME] for name in COLUMNS] if form == "por" else COLUMNS
    with path.open("rb") as file:  # so that the first reader does not pay for the disk
        while file.read(1 << 24):
            pass
    ours = read(sys.executable, "format_ours.py", form, 0, path, columns)
    report(form, path, OURS.name, ours)
    for number, peer in enumerate(PEERS[form]):
        if missing & set(peer.needs):
            continue
        try:
            theirs = read(python, "format_peers.py", form, number, path, columns, limits)
        except Stopped as stopped:
            print(f"| {ours.rows:,} | {form} | | {peer.name} | {stopped}: stopped | | | | | | |", flush=True)
            continue
        if (theirs.rows, theirs.ages) != (ours.rows, ours.ages):
            sys.exit(f"{path}: {peer.name} and harmonize do not read the same rows or ages")
        report(form, path, peer.name, theirs, ours)


def report(form: str, path: Path, name: str, found: Read, ours: Read | None = None) -> None:
    """Print one row of the table."""
    ratios = "| | |"
    if ours is not None:
        speed, cpu = ours.speed / found.speed, ours.cpu / found.cpu
        ratios = f"{speed:.2f} | {cpu:.2f} | {ours.peak_bytes / found.peak_bytes:.2f} |"
    size, peak = path.stat().st_size / 1e6, found.peak_bytes / 1e6
    print(
        f"| {found.rows:,} | {form} | {size:,.0f} MB | {name} | {found.seconds:.1f} | {found.cpu:.1f} "
        f"| {found.speed:,.0f} | {peak:,.0f} MB | {ratios}",
        flush=True,
    )


def main() -> None:
    """Measure every size and format and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", default=ROWS, help=f"persons, joined by commas ({ROWS})")
    parser.add_argument("--formats", default=",".join(MAKERS), help=f"of {', '.join(MAKERS)}, joined by commas")
    parser.add_argument(
        "--peers", default=sys.executable, help="a Python that has ipumspy, pandas, pyarrow, pyreadstat"
    )
    parser.add_argument("--longest", type=float, default=1800, help="seconds a peer may take (1800)")
    parser.add_argument("--largest", type=float, default=20, help="GB of memory a peer may take (20)")
    options = parser.parse_args()
    limits = Limits(options.longest, int(options.largest * 1e9))
    forms = options.formats.split(",")
    if unknown := [form for form in forms if form not in MAKERS]:
        parser.error(f"no format {unknown[0]}: {', '.join(MAKERS)}")

    found = shutil.which(options.peers)
    if found is None:
        parser.error(f"--peers {options.peers}: there is no such program")
    python = os.path.abspath(found)  # not resolved: a link is what makes an environment
    missing = missing_in(python)
    for module in sorted(missing):
        print(f"{options.peers} has no {module}: the readers that need it are left out", file=sys.stderr)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    if "sas7bdat" in forms and shutil.which("readstat") is None:
        print("there is no program readstat, which makes the sas7bdat: it is left out")
        forms.remove("sas7bdat")
    print()
    print(HEAD)
    for rows in map(int, options.rows.split(",")):
        for form in forms:
            compare(form, rows, python, missing, limits)


if __name__ == "__main__":
    main()
