"""A run by ranges as the workers of a cluster do it, and what a run wrote."""

from __future__ import annotations

import json
from pathlib import Path

from harmonize.estimate.reliability import USUAL
from harmonize.options import Options
from harmonize.partial import by_ranges
from harmonize.partial.by_ranges import Asked
from harmonize.readers.ranges import Range

OPTIONS = {
    "by": ("sex*age_broad",), "indicators": ("7.1.1", "10.2.1"), "options": Options(definitions=True),
    "formats": ("csv", "parquet"), "protect": "suppress", "singleton": "centered", "level": 95.0, "reliability": USUAL,
    "totals": True, "dsd": None, "lang": "en", "allow_unmapped": False,
}  # fmt: skip


def by_ranges_of(asked: Asked, size: float, out: Path) -> list[Range]:
    """What the workers of a cluster do, one after another: neighbours are joined by two."""
    ranges = by_ranges.ranges_of(asked, size)
    states = [by_ranges.state_of(asked, each, {}) for each in ranges]
    again, told = by_ranges.to_do_again(asked, [by_ranges.seen_in(state) for state in states])
    for number in again:
        states[number] = by_ranges.state_of(asked, ranges[number], told)
    while len(states) > 1:
        pairs = [states[at : at + 2] for at in range(0, len(states), 2)]
        states = [by_ranges.joined_states(asked, pair) if len(pair) > 1 else pair[0] for pair in pairs]
    by_ranges.write_run(asked, states[0], out)
    return ranges


def outputs(folder: Path) -> dict[str, bytes]:
    """All files of a run; of run.json without the times and what the state took."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
            if path.name == "run.json":
                told = json.loads(path.read_bytes()) | {"timings": None}
                told["state"] |= {"rows": None, "bytes": None, "spilled": None}
                found[str(path.relative_to(folder))] = json.dumps(told).encode()
    return found
