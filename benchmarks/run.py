"""Rows a second and peak memory of `harmonize run`, beside a bare polars scan of the same columns.

    python benchmarks/run.py                      5 and 20 million persons, csv and parquet
    python benchmarks/run.py --rows 1000000       one size

The extracts are generated once, by examples/make_ipums_extract.py, into benchmarks/data. Each measurement
is a process of its own: its wall time and its peak resident memory as the system counts them.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonize.mapping import load_mapping
from harmonize.readers import open_extract
from harmonize.rules.harmoniser import compile_mapping

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "benchmarks" / "data"
MAPPING = "ipums/international"
SIZES = (5_000_000, 20_000_000)
FORMATS = ("csv", "parquet")

# The least that reading these columns costs: each is read whole, and nothing is computed but its nulls.
BARE_SCAN = """
import sys
import polars as pl
path, *columns = sys.argv[1:]
frame = pl.scan_parquet(path) if path.endswith("parquet") else pl.scan_csv(path, infer_schema=False)
frame.select(pl.col(columns).null_count()).collect(engine="streaming")
"""


@dataclass(frozen=True)
class Measured:
    """One process: wall seconds, peak resident bytes of it and what it started."""

    seconds: float
    peak_bytes: int


class Stopped(Exception):
    """A process that took more than its limit of seconds, or of memory: which."""


# A process starts with the peak memory of the one that made it, so a small one in between makes it.
LAUNCH = """
import resource, subprocess, sys
_, told, longest, largest, *command = sys.argv
if int(largest):
    resource.setrlimit(resource.RLIMIT_DATA, (int(largest), int(largest)))
try:
    code = subprocess.call(command, timeout=float(longest) or None)
except subprocess.TimeoutExpired:
    code = 124
with open(told, "w") as peak:
    peak.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def measure(command: list[str], *, longest: float = 0, largest: int = 0) -> Measured:
    """Run a command to its end; its output is kept and shown only if it fails.

    longest: seconds, largest: bytes of memory; 0 is no limit. Raises Stopped for a command that takes more.
    """
    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as peak:
        started = time.perf_counter()
        launched = [sys.executable, "-c", LAUNCH, peak.name, str(longest), str(largest), *command]
        code = subprocess.call(launched, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT)
        seconds = time.perf_counter() - started
        if code == 124 and longest:
            raise Stopped(f"more than {longest:,.0f} s")
        if code != 0 and largest:
            output.seek(0)
            if b"MemoryError" in (said := output.read()) or b"Unable to allocate" in said or b"bad_alloc" in said:
                raise Stopped(f"more than {largest / 1e9:,.0f} GB")
        if code != 0:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            sys.exit(f"{' '.join(command)} ended with {code}")
        unit = 1 if platform.system() == "Darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
        return Measured(seconds, int(peak.read()) * unit)


def extract(rows: int, suffix: str) -> Path:
    """The generated extract of that size and format, made if it is not there."""
    path = DATA / f"persons_{rows}.{suffix}"
    if not path.exists():
        print(f"making {path.relative_to(ROOT)} ...", file=sys.stderr)
        maker = [sys.executable, str(ROOT / "examples" / "make_ipums_extract.py"), "--persons", str(rows)]
        DATA.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=DATA) as part:  # so that a file cut short is never measured
            measure([*maker, "--formats", suffix, "--out", part, "--name", path.stem])
            (Path(part) / path.name).rename(path)
    return path


def needed_columns(path: Path) -> list[str]:
    """The columns of the extract that the mapping reads."""
    mapping = load_mapping(MAPPING)
    extract = open_extract([path], mapping.read, None, None, mapping.keys.household)
    return list(compile_mapping(mapping, extract.columns, numeric=extract.numeric).columns)


def persons_in(path: Path) -> int:
    """Rows of the extract; the generator keeps households whole, so they are about those asked for."""
    frame = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)
    return int(frame.select(pl.len()).collect(engine="streaming").item())


def main() -> None:
    """Measure every size and format and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, action="append", help="persons; may be repeated")
    parser.add_argument("--format", choices=FORMATS, action="append", help="may be repeated")
    options = parser.parse_args()

    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n")
    print("| persons | format | file | what | seconds | rows/s | peak memory |")
    print("|---:|---|---:|---|---:|---:|---:|")
    for rows in options.rows or SIZES:
        for suffix in options.format or FORMATS:
            path = extract(rows, suffix)
            persons = persons_in(path)
            with tempfile.TemporaryDirectory() as out:
                run = [sys.executable, "-m", "harmonize", "run", MAPPING, str(path), "-o", out, "--quiet"]
                report(path, persons, "harmonize run", measure(run))
            scan = [sys.executable, "-c", BARE_SCAN, str(path), *needed_columns(path)]
            report(path, persons, "bare polars scan", measure(scan))


def report(path: Path, rows: int, what: str, measured: Measured) -> None:
    """Print one row of the table."""
    print(
        f"| {rows:,} | {path.suffix[1:]} | {path.stat().st_size / 1e6:,.0f} MB | {what} "
        f"| {measured.seconds:.1f} | {rows / measured.seconds:,.0f} | {measured.peak_bytes / 1e6:,.0f} MB |",
        flush=True,
    )


if __name__ == "__main__":
    main()
