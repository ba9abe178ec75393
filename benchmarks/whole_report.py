"""The tables of whole.py and growth.py, and their places in a page: between two marks."""

from __future__ import annotations

import datetime
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from measure import Measured

HEAD = """\
| persons | format | who | seconds | CPU s | cores | rows/s | peak \
| seconds, ÷ run | CPU, ÷ run | seconds, ÷ points | CPU, ÷ points |
|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


@dataclass(frozen=True)
class Ours:
    """What harmonize took of the same file: with standard errors and all files, and for point estimates alone."""

    run: Measured
    points: Measured


def row(persons: int, form: str, who: str, found: Measured, ours: Ours | None) -> str:
    """A row of the table; ours: what `found` is divided by, None for harmonize itself."""
    ratios = "| | | |"
    if ours is not None:
        each = (
            (getattr(found, what) / getattr(by, what)) for by in (ours.run, ours.points) for what in ("seconds", "cpu")
        )
        ratios = " | ".join(f"{ratio:.2f}" for ratio in each) + " |"
    return (
        f"| {persons:,} | {form} | {who} | {found.seconds:.1f} | {found.cpu:.1f} | {found.cpu / found.seconds:.1f} "
        f"| {persons / found.seconds:,.0f} | {found.peak_bytes / 1e6:,.0f} MB | {ratios}"
    )


def stopped(persons: int, form: str, who: str, why: str) -> str:
    """The row of a peer that took too much."""
    return f"| {persons:,} | {form} | {who} | {why}: stopped | | | | | | | | |"


def page(rows: list[str], versions: dict[str, str], left_out: list[str], head: str = HEAD, of: str = "one run") -> str:
    """When and on what it was measured, and the table."""
    with_versions = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    day = datetime.date.today()
    told = [
        f"Measured on {day.day} {day:%B %Y}, each row {of}: {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, {with_versions}."
    ]
    if left_out:
        told.append("Left out, as it is not installed: " + ", ".join(left_out) + ".")
    return "\n".join([*told, "", head, *rows])


def write_into(file: Path, text: str, name: str) -> None:
    """Put `text` between the marks of this name. Raises ValueError for a file that has not both, in that order."""
    start, stop = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    whole = file.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(start)
    _, end, after = rest.partition(stop)
    if not (begin and end):
        raise ValueError(f"{file} has no {start} followed by {stop}: the table has no place in it")
    file.write_text(f"{before}{start}\n{text}\n{stop}{after}", encoding="utf-8")
