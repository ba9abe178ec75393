"""What every reader that is measured does: read to the end, then tell rows, time and a check sum in a file.

Nothing here needs more than Python: the peers have an environment of their own.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# rows of a piece, and the sum of their AGE: what was not read to the end, or not as numbers, shows
Pieces = Iterator[tuple[int, int]]


@dataclass(frozen=True)
class Reader:
    """One way to read a file. needs: modules, imported before the clock starts. read: (file, columns) -> pieces."""

    name: str
    needs: tuple[str, ...]
    read: Callable[[Path, list[str]], Pieces]


def _cpu() -> float:
    """CPU seconds of this process and of those that it made and that have ended."""
    return sum(os.times()[:4])


def tell(readers: dict[str, list[Reader]]) -> None:
    """Called with a format, the number of a reader of it, the file, the file to tell in, and the columns."""
    form, number, path, out, *columns = sys.argv[1:]
    reader = readers[form][int(number)]
    for module in reader.needs:
        importlib.import_module(module)
    rows = ages = 0
    started, worked = time.perf_counter(), _cpu()
    for more, age in reader.read(Path(path), columns):
        rows += more
        ages += age
    seconds, cpu = time.perf_counter() - started, _cpu() - worked
    Path(out).write_text(json.dumps({"rows": rows, "ages": ages, "seconds": seconds, "cpu": cpu}))
