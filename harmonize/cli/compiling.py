"""Whether the compiled loop is there already: the first run on a machine compiles it, and takes long."""

from __future__ import annotations

from pathlib import Path

FIRST_RUN = "first run on this machine: compiling, about 20 s"


def compiled() -> bool:
    """Whether numba's cache holds the loop as it is written now; it is made anew when its file changes."""
    from harmonize.tabulate import kernel

    written = Path(kernel.__file__).stat().st_mtime
    cache = kernel.tabulate.stats.cache_path
    if cache is None:  # numba finds no folder that it may write: each run compiles, none is the first
        return True
    return any(index.stat().st_mtime >= written for index in Path(cache).glob("kernel.tabulate-*.nbi"))
