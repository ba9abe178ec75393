"""What standard errors cost: harmonize beside point estimates alone, the package svy, and R's survey.

    python benchmarks/standard_errors.py                    5 million persons
    python benchmarks/standard_errors.py --rows 200000      a small one; --without svy,R leaves peers out
    python benchmarks/standard_errors.py --peers PYTHON     the Python that has svy

The persons are in households, the clusters, and in strata (examples/make_ipums_extract.py, as parquet). Each way is
a process of its own, which tells its seconds by the clock and of all cores, without the start of Python or R and
with the reading of the file; its memory is the peak of the process. The ways of errors_ways.py take all indicators and
default tables, those of the peers one table of one series: electricity by migratory status, the smallest table but
the total, and in R, of a tenth of the persons, also by status and age group, the largest. All must come to the same
estimate and standard error of a cell of theirs, or the benchmark ends.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from format_files import made
from measure import DATA, MAPPING, measure

HERE = Path(__file__).resolve().parent
NEEDED = ("SAMPLE", "SERIAL", "STRATA", "PERWT", "GQ", "NATIVITY", "AGE", "ELECTRIC")
HEAD = """\
| persons | what | tables | series | seconds | CPU s | peak | CPU ns a person, table and series | ÷ that of harmonize |
|---:|---|---:|---:|---:|---:|---:|---:|---:|"""


@dataclass(frozen=True)
class Told:
    """What a way told: persons, tables and series it took, seconds, CPU seconds, and the estimate and se of a cell.

    aged: (estimate, se) of a cell by age too.
    """

    rows: int
    tables: int
    series: int
    seconds: float
    cpu: float
    peak_bytes: int
    estimate: float | None
    se: float | None
    aged: tuple[float, float] | None = None

    @property
    def each(self) -> float:
        """CPU nanoseconds a person, table and series; nan for a way that has none."""
        parts = self.rows * self.tables * self.series
        return 1e9 * self.cpu / parts if parts else math.nan


def take(command: list[str], path: Path) -> Told:
    """Run one way on a file to its end."""
    with tempfile.NamedTemporaryFile("r") as told:
        measured = measure([*command, str(path), told.name])
        return Told(**json.load(told), peak_bytes=measured.peak_bytes)


def tenth_of(path: Path) -> tuple[Path, Path]:
    """The first tenth of the persons, as parquet and as the csv that R reads; made if they are not there."""
    small, text = DATA / f"{path.stem}_tenth.parquet", DATA / f"{path.stem}_tenth.csv"
    if not text.exists() or tuple(pl.scan_csv(text).collect_schema().names()) != NEEDED:
        persons = pl.read_parquet(path)
        persons = persons.head(persons.height // 10)
        persons.write_parquet(small)
        persons.select(NEEDED).write_csv(text)
    return small, text


def report(what: str, found: Told, ours: Told | None) -> None:
    """Print one row of the table."""
    ratio = "" if ours is None or math.isnan(found.each) else f"{found.each / ours.each:,.2f}"
    each = "" if math.isnan(found.each) else f"{found.each:,.2f}"
    print(
        f"| {found.rows:,} | {what} | {found.tables or ''} | {found.series or ''} | {found.seconds:.1f} "
        f"| {found.cpu:.1f} | {found.peak_bytes / 1e6:,.0f} MB | {each} | {ratio} |",
        flush=True,
    )


def refuse_other(what: str, found: Told, ours: Told) -> None:
    """End the benchmark where two ways do not come to the same number."""
    for name in ("estimate", "se"):
        theirs, mine = getattr(found, name), getattr(ours, name)
        if theirs is not None and not math.isclose(theirs, mine, rel_tol=1e-6):
            sys.exit(f"{what}: {name} is {theirs}, that of harmonize {mine}")


def has(python: str, module: str) -> bool:
    """Whether that Python can import it."""
    asked = [python, "-c", f"import {module}"]
    return subprocess.call(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def main() -> None:
    """Measure every way and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000, help="persons (5000000)")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="that has svy (this one)")
    parser.add_argument("--without", default="", help="of svy, R, joined by commas")
    options = parser.parse_args()
    left_out = set(options.without.split(","))
    path = made("parquet", options.rows)
    path.read_bytes()  # so that the first way does not pay for the disk
    ours_of = [sys.executable, str(HERE / "errors_ways.py")]
    take([*ours_of, "errors", MAPPING], made("parquet", 2_000))  # the first time, the loops are compiled
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n\n{HEAD}")

    whole = take([*ours_of, "errors", MAPPING], path)
    report("harmonize, estimates with standard errors", whole, whole)
    report("the same, with what protection looks at", take([*ours_of, "protected", MAPPING], path), whole)
    points = take([*ours_of, "points", MAPPING], path)
    refuse_other("points", points, whole)
    report("the same persons, weighted sums alone: point estimates", points, whole)
    report("the same persons, read and harmonised alone", take([*ours_of, "nothing", MAPPING], path), None)
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "harmonize", "run", MAPPING, str(path), "-o", out, "--quiet"]
        run = measure([*command, "--protect", "none"])  # the peers protect nothing either
    print(f"|  | harmonize run, with all files | | | {run.seconds:.1f} | | {run.peak_bytes / 1e6:,.0f} MB | | |")

    if "svy" in left_out or not has(options.peers, "svy"):
        print("svy is left out", file=sys.stderr)
    else:
        found = take([options.peers, str(HERE / "errors_svy.py")], path)
        refuse_other("svy", found, whole)
        report("svy, one table of one series", found, whole)
    r = shutil.which("Rscript")
    if "R" in left_out or r is None:
        print("R is left out", file=sys.stderr)
        return
    small, text = tenth_of(path)
    tenth = take([*ours_of, "errors", MAPPING], small)
    report("harmonize, of a tenth of the persons", tenth, whole)
    script = [r, str(HERE / "errors_survey.R")]
    by_status, by_age = take(script, text), take([*script, "age"], text)
    refuse_other("survey", by_status, tenth)
    refuse_other("survey by age", by_age, replace(tenth, estimate=tenth.aged[0], se=tenth.aged[1]))
    report("R survey, one table of one series: by status", by_status, whole)
    report("R survey, one table of one series: by status and age group", by_age, whole)


if __name__ == "__main__":
    main()
