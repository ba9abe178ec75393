"""harmonize, polars and DuckDB in turns, several times: how far one run of whole.py may be trusted.

    python benchmarks/in_turns.py                     10 million persons, three times, of each of FORMATS
    python benchmarks/in_turns.py --rows 100000 --times 2 --formats dta --dry

The jobs are those of whole.py, which also compares what they come to. The table goes into benchmarks/README.md; --dry
only prints it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from format_files import made
from measure import Measured, measure
from whole import README, read_through
from whole_peers import PEERS, points_command, run_command, versions
from whole_report import page, write_into

FORMATS = "parquet,csv,csv.gz,dat,dat.gz,sav,dta"
RUN, POINTS = "**harmonize run**, with standard errors", "**harmonize**, points alone"
BESIDE = ("polars", "DuckDB")
HEAD = """\
| format | who | seconds | CPU s | seconds, ÷ points | CPU, ÷ points |
|---|---|---:|---:|---:|---:|"""


def commands(path: Path, folder: Path) -> dict[str, list[str]]:
    """Of each its command."""
    ours = {RUN: run_command(path, folder / "run"), POINTS: points_command(path, folder / "told.json")}
    peers = {peer.name: peer for peer in PEERS}
    form = path.name.partition(".")[2]
    beside = [peers[name] for name in BESIDE if form in peers[name].formats]
    return ours | {peer.name: peer.command(path, folder / "out.csv", sys.executable) for peer in beside}


def row(form: str, who: str, found: Sequence[Measured], points: Sequence[Measured]) -> str:
    """The least and the most of all times; divided by the points of the same turn."""

    def span(values: Sequence[float], places: int) -> str:
        return f"{min(values):.{places}f} to {max(values):.{places}f}"

    cells = [span([each.seconds for each in found], 1), span([each.cpu for each in found], 1), "", ""]
    if who in BESIDE:
        pairs = list(zip(found, points, strict=True))
        cells[2:] = [
            span([each.seconds / by.seconds for each, by in pairs], 2),
            span([each.cpu / by.cpu for each, by in pairs], 2),
        ]
    return f"| {form} | {who} | {' | '.join(cells)} |"


def main() -> None:
    """Measure, print the table and put it into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000, help="persons (10000000)")
    parser.add_argument("--times", type=int, default=3, help="turns (3)")
    parser.add_argument("--formats", default=FORMATS, help=f"joined by commas ({FORMATS})")
    parser.add_argument("--dry", action="store_true", help="only print the table")
    options = parser.parse_args()
    rows = []
    print(HEAD, flush=True)
    for form in options.formats.split(","):
        path = made(form, options.rows)
        read_through(path)
        with tempfile.TemporaryDirectory() as folder:
            asked = commands(path, Path(folder))
            turns = [{who: measure(command) for who, command in asked.items()} for _ in range(options.times)]
        for who in asked:
            rows.append(row(form, who, [turn[who] for turn in turns], [turn[POINTS] for turn in turns]))
            print(rows[-1], flush=True)
    if not options.dry:
        have = versions(sys.executable)
        told = {name: have[name] for name in ("polars", "duckdb")}
        write_into(README, page(rows, told, [], HEAD, f"the least and the most of {options.times} runs"), "turns")


if __name__ == "__main__":
    main()
