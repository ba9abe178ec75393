"""How soon commands that read no data end, beside `python -c pass`.

    python benchmarks/startup.py

Each is run so many times that the shortest is not of a busy moment; CPU is of all cores together.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time

TIMES = 15
HEAD = "| command | seconds | CPU s | CPU, ÷ that of `python -c pass` |\n|---|---:|---:|---:|"
COMMANDS = (
    "--help",
    "mappings",
    "explain M012",
    "schema sex",
    "check ipums/cps",
    "check mappings",
)


def fastest(command: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of all cores, each the least of all times."""
    taken = []
    for _ in range(TIMES):
        clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        seconds, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append((seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return min(seconds for seconds, _ in taken), min(cpu for _, cpu in taken)


def main() -> None:
    """Print the table."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n\n{HEAD}")
    seconds, nothing = fastest([sys.executable, "-c", "pass"])
    print(f"| `python -c pass` | {seconds:.3f} | {nothing:.3f} | 1 |")
    for command in COMMANDS:
        seconds, cpu = fastest([sys.executable, "-m", "harmonize", *command.split()])
        print(f"| `harmonize {command}` | {seconds:.3f} | {cpu:.3f} | {cpu / nothing:.0f} |", flush=True)


if __name__ == "__main__":
    main()
