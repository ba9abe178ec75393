"""A process that does one run after another: what a program loads and compiles, it loads once.

The process is told the words after `harmonize` as a line of JSON on stdin and answers with the exit code as a line on
stdout; what the run says on stderr goes to a file without a name. It ends where stdin does, in the middle of a run too:
a batch that is killed leaves nobody behind who would write into its folders.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from queue import SimpleQueue

KILLED = -1


class Hand:
    """Such a process, begun anew where it was killed. Used by one thread at a time, but `stop`, which any may call."""

    def __init__(self, threads: int, scratch: str | None = None) -> None:
        """threads: of polars. scratch: the folder of its temporary files, None for the usual."""
        self._environment = os.environ | {"POLARS_MAX_THREADS": str(threads)} | ({"TMPDIR": scratch} if scratch else {})
        self._process: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (closed by stop)
        self._stopped = False

    def run(self, words: Sequence[str]) -> tuple[int, str]:
        """Exit code and stderr of `harmonize` with these words; KILLED where a signal ended it."""
        process = self._begun()
        if process is None:
            return KILLED, ""
        assert process.stdin is not None
        assert process.stdout is not None
        self._said.seek(0)
        self._said.truncate()
        try:
            process.stdin.write(json.dumps(list(words)).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            code = process.wait()
            self._process = None
            if code < 0:
                return KILLED, f"ended by signal {-code}: was there memory for it?"
            return code or 1, self._heard()
        return int(answer), self._heard()

    def stop(self) -> None:
        """End the process, with what it is at."""
        self._stopped = True
        if self._process is not None:
            self._process.terminate()

    def close(self) -> None:
        """Let the process end by itself, and wait for it."""
        if self._process is not None:
            self._process.communicate()
            self._process = None
        self._said.close()

    def _begun(self) -> subprocess.Popen[bytes] | None:
        if self._process is None and not self._stopped:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "harmonize.batch.hand"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, env=self._environment,
            )  # fmt: skip
        return self._process

    def _heard(self) -> str:
        # the process writes where the file's one position is, which both have
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace")


def main() -> None:
    """The other side: run what stdin tells, until it ends."""
    from harmonize.cli import main as harmonize
    from harmonize.cli.failures import STOPPED

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    told: SimpleQueue[str] = SimpleQueue()
    busy = threading.Event()
    threading.Thread(target=_listen, args=(told, busy), daemon=True).start()
    while line := told.get():
        busy.set()
        try:
            harmonize(json.loads(line), prog_name="harmonize")
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
            if code == STOPPED:
                raise
        sys.stderr.flush()
        busy.clear()
        print(code, file=answers, flush=True)
        gc.collect()  # what refers to itself of a run may be tens of megabytes


def _listen(told: SimpleQueue[str], busy: threading.Event) -> None:
    """Hand on what stdin tells, its end as an empty line; stop the run that it comes in, which then cleans up."""
    for line in sys.stdin:
        told.put(line)
    told.put("")
    if busy.is_set():
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
