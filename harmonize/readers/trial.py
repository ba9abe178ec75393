"""Opening a typed file where it can do no harm: damage in one may end the process in the libraries that read it.

pyreadstat and polars-readstat believe what a header says; a segmentation fault is no exception. So a process of
its own opens each file first. If that one dies, the file is damaged; if it lives, or raises, so will we.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# one line in, a path with pyreadstat's function and options; one line out, once both libraries have opened it
_WORKER = """
import json, os, sys
import polars_readstat, pyreadstat
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
os.dup2(1, 2)
for line in sys.stdin:
    path, read, options = json.loads(line)
    for open_it in (
        lambda: getattr(pyreadstat, read)(path, row_limit=1, output_format="dict", **options),
        lambda: polars_readstat.ScanReadstat(path).schema,
    ):
        try:
            open_it()
        except BaseException:
            pass
    print("opened", file=answers, flush=True)
"""

_worker: subprocess.Popen[str] | None = None


def survives(path: Path, read: str, options: dict[str, Any]) -> bool:
    """Whether a process that opens the file, with pyreadstat's function `read` and by polars-readstat, lives on."""
    global _worker
    if _worker is None or _worker.poll() is not None:
        _worker = _started()
    assert _worker.stdin is not None
    assert _worker.stdout is not None
    try:
        _worker.stdin.write(json.dumps([str(path), read, options]) + "\n")
        _worker.stdin.flush()
        return _worker.stdout.readline() == "opened\n"
    except BrokenPipeError:
        return False


def _started() -> subprocess.Popen[str]:
    """The process, for all the files that one run opens."""
    command = [sys.executable, "-c", _WORKER]
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    atexit.register(worker.kill)
    return worker
