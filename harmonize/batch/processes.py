"""The runs of a batch on this machine, so many at a time, each in one of as many processes."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from queue import SimpleQueue

from harmonize.batch.hand import Hand
from harmonize.batch.made_of import fingerprint
from harmonize.batch.manifest import Job

SCRATCH = ".batch-scratch"  # in the folder of the results: where the temporary files of the batch are
_PREFIX = "harmonize-batch-"


class Processes:
    """Runs jobs in processes. Use it in `with`."""

    def __init__(self, out: Path | str, at_once: int) -> None:
        """out: where the results are, a folder or its URL. at_once: how many runs at a time."""
        self.at_once = at_once
        self._note = out / SCRATCH if isinstance(out, Path) else None
        self._made: Path | None = None
        self._hands: list[Hand] = []
        self._free: SimpleQueue[Hand] = SimpleQueue()

    def run(self, job: Job, folder: Path | str) -> tuple[int, str]:
        """Run a job into its folder: its exit code and what it said of a failure."""
        hand = self._free.get()
        try:
            return hand.run([*job.command(folder), "--quiet"])
        finally:
            self._free.put(hand)

    def fingerprint(self, job: Job) -> str | None:
        """See made_of."""
        return fingerprint(job)

    def stop(self) -> None:
        """End what is running; what is not begun then is not."""
        for hand in self._hands:
            hand.stop()

    def __enter__(self) -> Processes:
        scratch = self._scratch()
        threads = max(1, (os.cpu_count() or 1) // self.at_once)
        self._hands = [Hand(threads, scratch) for _ in range(self.at_once)]
        for hand in self._hands:
            self._free.put(hand)
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.close()
        self._forget_scratch()

    def _scratch(self) -> str:
        """A new folder of temporary files, noted for the next batch: a killed one can't take its own away."""
        self._forget_scratch()
        scratch = tempfile.mkdtemp(prefix=_PREFIX)
        self._made = Path(scratch)
        if self._note is not None:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(scratch, encoding="utf-8")
        return scratch

    def _forget_scratch(self) -> None:
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)
        if self._note is not None and self._note.is_file():
            noted = Path(self._note.read_text(encoding="utf-8"))
            if noted.name.startswith(_PREFIX):
                shutil.rmtree(noted, ignore_errors=True)
            self._note.unlink()
