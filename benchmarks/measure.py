"""A command as a process of its own: its wall time, the CPU of all cores, its peak resident memory."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "benchmarks" / "data"
MAPPING = "ipums/international"


@dataclass(frozen=True)
class Measured:
    """One process and what it started: seconds by the clock and of all cores together, peak resident bytes."""

    seconds: float
    cpu: float
    peak_bytes: int


class Stopped(Exception):
    """A process that took more than its limit of seconds, or of memory: which."""


# A process starts with the peak memory of the one that made it, so a small one in between makes it.
LAUNCH = """
import json, resource, subprocess, sys
_, told, longest, largest, *command = sys.argv
if int(largest):
    resource.setrlimit(resource.RLIMIT_DATA, (int(largest), int(largest)))
try:
    code = subprocess.call(command, timeout=float(longest) or None)
except subprocess.TimeoutExpired:
    code = 124
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(told, "w") as file:
    json.dump([used.ru_utime + used.ru_stime, used.ru_maxrss], file)
sys.exit(code)
"""


def measure(command: list[str], *, longest: float = 0, largest: int = 0) -> Measured:
    """Run a command to its end; its output is kept and shown only if it fails.

    longest: seconds, largest: bytes of memory; 0 is no limit. Raises Stopped for a command that takes more.
    """
    # as installed: pip has compiled all modules, those of a checkout are compiled once and kept
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile("r") as used:
        started = time.perf_counter()
        launched = [sys.executable, "-c", LAUNCH, used.name, str(longest), str(largest), *command]
        code = subprocess.call(launched, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env=environment)
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
        cpu, peak = json.load(used)
        unit = 1 if platform.system() == "Darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
        return Measured(seconds, cpu, peak * unit)
