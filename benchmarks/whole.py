"""Whole jobs side by side: the tables of `harmonize run` by harmonize and by the tools a user has, of the same file.

    python benchmarks/whole.py                                      1 million persons in every format
    python benchmarks/whole.py 1000000 10000000:csv,parquet         sizes, and of a size which formats
    python benchmarks/whole.py --peers /path/to/python              a Python that has ipumspy, pandas, pyreadstat

Everybody reads the made extract once, derives migratory status and all that the tables go by, and makes every table of
every level that harmonize shows: weighted percentages, and the unweighted persons they are of. All must come to the
numbers of harmonize, cell by cell, or the benchmark ends. Each is a process of its own, from its start to its files.
A slow peer takes a tenth of the persons above ALL_ROWS: its seconds and CPU are then multiplied by ten, and its row
says so. The table goes into benchmarks/README.md; --dry only prints it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
from format_files import made
from make_data import FORMATS
from measure import Measured, Stopped, measure
from whole_compare import TOLERANCE, Differs, compare
from whole_peers import HERE, PEERS, Peer, points_command, run_command, versions
from whole_report import HEAD, Ours, page, row, stopped, write_into

ROWS = "1000000"
ALL_ROWS = 2_000_000
README = HERE / "README.md"


def take_ours(path: Path, folder: Path) -> Ours:
    """Run harmonize on the file; its estimates stay in the folder."""
    run = measure(run_command(path, folder))
    told = folder / "points.json"
    points = measure(points_command(path, told))
    refuse_other_points(folder / "estimates.parquet", json.loads(told.read_text()))
    return Ours(run, points)


def refuse_other_points(estimates: Path, told: dict[str, float]) -> None:
    """End the benchmark where the sums alone come to another number than the run: the cell that they tell."""
    levels = pl.scan_parquet(estimates).filter(pl.col("statistic") == "level")
    cell = levels.filter(
        pl.col("indicator") == "7.1.1", pl.col("disaggregation") == "migratory_status",
        pl.col("migratory_status") == "migrant",
    )  # fmt: skip
    ours = cell.sort("sample").collect()["estimate"][0]
    if not math.isclose(ours, 100 * told["estimate"], rel_tol=TOLERANCE):
        sys.exit(f"the points come to {100 * told['estimate']}, the run to {ours}")


def take(peer: Peer, path: Path, estimates: Path, python: str, longest: float) -> Measured:
    """Run a peer on the file and compare its numbers. Raises Stopped past `longest` seconds."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "tables.csv"
        found = measure(peer.command(path, out, python), longest=longest)
        if not peer.floor:
            try:
                compare(estimates, out)
            except Differs as differs:
                sys.exit(f"{peer.name}, {path.name}: {differs}")
    return found


def rows_of(rows: int, form: str, peers: list[Peer], python: str, longest: float) -> Iterator[str]:
    """The rows of the table of one size and format: harmonize, then each peer."""
    path = made(form, rows)
    with tempfile.TemporaryDirectory() as folder:
        measure(run_command(made(form, 2_000), Path(folder) / "first"))  # the first time, the loops are compiled
        measure(points_command(made(form, 2_000), Path(folder) / "first.json"))
        read_through(path)
        ours = take_ours(path, Path(folder))
        estimates = Path(folder) / "estimates.parquet"
        persons = json.loads((Path(folder) / "run.json").read_text())["persons"]
        yield row(persons, form, "**harmonize run**, with standard errors", ours.run, None)
        yield row(persons, form, "**harmonize**, points alone", ours.points, None)
        for peer in peers:
            if form not in peer.formats:
                continue
            try:
                if peer.slow and rows > ALL_ROWS:
                    found, name = of_a_tenth(peer, rows, form, python, longest), f"{peer.name} (a tenth, × 10)"
                else:
                    found, name = take(peer, path, estimates, python, longest), peer.name
            except Stopped as past:
                yield stopped(persons, form, peer.name, str(past))
                continue
            yield row(persons, form, name, found, ours)


def of_a_tenth(peer: Peer, rows: int, form: str, python: str, longest: float) -> Measured:
    """What a tenth of the persons took, its seconds and CPU times ten; its memory is as it was."""
    path = made(form, rows // 10)
    with tempfile.TemporaryDirectory() as folder:
        measure(run_command(path, Path(folder)))
        found = take(peer, path, Path(folder) / "estimates.parquet", python, longest / 10)
    return replace(found, seconds=10 * found.seconds, cpu=10 * found.cpu)


def read_through(path: Path) -> None:
    """So that the first of them does not pay for the disk."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def sizes(given: list[str], parser: argparse.ArgumentParser) -> list[tuple[int, str]]:
    """ROWS or ROWS:FORMAT,FORMAT as pairs."""
    found = []
    for text in given:
        rows, _, forms = text.partition(":")
        for form in (forms or FORMATS).split(","):
            if form not in FORMATS.split(",") or not rows.isdigit():
                parser.error(f"{text}: give persons, or persons:formats, of {FORMATS}")
            found.append((int(rows), form))
    return found


def main() -> None:
    """Measure every size and format, print the table and put it into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=[ROWS], help=f"persons, or persons:formats ({ROWS})")
    parser.add_argument("--peers", default=sys.executable, help="a Python that has ipumspy, pandas, pyreadstat")
    parser.add_argument("--longest", type=float, default=1800, help="seconds a peer may take (1800)")
    parser.add_argument("--dry", action="store_true", help="only print the table")
    options = parser.parse_args()
    wanted = sizes(options.sizes, parser)
    found = shutil.which(options.peers)
    if found is None:
        parser.error(f"--peers {options.peers}: there is no such program")
    python = os.path.abspath(found)  # not resolved: a link is what makes an environment

    have = versions(python)
    left_out = [peer.name for peer in PEERS if not set(peer.packages) <= set(have)]
    peers = [peer for peer in PEERS if peer.name not in left_out]
    rows = []
    print(HEAD, flush=True)
    for size, form in wanted:
        for line in rows_of(size, form, peers, python, options.longest):
            print(line, flush=True)
            rows.append(line)
    text = page(rows, have, left_out)
    if options.dry:
        print(f"\n{text}")
    else:
        write_into(README, text, "whole")


if __name__ == "__main__":
    main()
