"""The work of a batch: what is done already, each run in a process of its own, what became of it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from harmonize import __version__
from harmonize.batch.manifest import Job
from harmonize.errors import HarmonizeError
from harmonize.mapping import load_mapping
from harmonize.readers.formats import codebook_path
from harmonize.run_record import inputs
from harmonize.writers.delivery import LAST, STAGE

MARK = "batch.json"  # beside run.json: what the run was made of
SUMMARY = "summary.csv"
KILLED = -1


@dataclass(frozen=True)
class Outcome:
    """What became of a run. code: its exit code. before: done by an earlier batch. message: of a failure, its lines."""

    job: Job
    code: int
    before: bool = False
    message: str = ""

    @property
    def done(self) -> bool:
        """Whether its tables are there."""
        return self.code == 0


class Batch:
    """Runs of a manifest, in processes of their own, `jobs` at a time."""

    def __init__(self, jobs: Sequence[Job], out: Path, at_once: int = 1) -> None:
        self.jobs, self.out, self.at_once = list(jobs), out, at_once
        self._running: set[subprocess.Popen[str]] = set()
        self._lock, self._stopped = threading.Lock(), False

    def run(self, tell: Callable[[Outcome], None]) -> list[Outcome]:
        """All outcomes in the order of the manifest; told one by one as they come. Interrupted, it ends its runs."""
        found: dict[str, Outcome] = {}
        pool = ThreadPoolExecutor(self.at_once)
        try:
            for future in as_completed([pool.submit(self._one, job) for job in self.jobs]):
                outcome = future.result()
                found[outcome.job.name] = outcome
                tell(outcome)
        except BaseException:
            self._stop()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        outcomes = [found[job.name] for job in self.jobs]
        self._write(outcomes)
        return outcomes

    def _one(self, job: Job) -> Outcome:
        folder = self.out / job.name
        mark = folder / MARK
        if (folder / LAST).is_file() and mark.is_file() and _text(mark) == fingerprint(job):
            return Outcome(job, 0, before=True)
        mark.unlink(missing_ok=True)
        for left in folder.glob(f"{STAGE}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        code, said = self._process(job.command(folder))
        made_of = fingerprint(job) if code == 0 else None
        if made_of is not None:
            staged = mark.with_name(f".{MARK}")
            staged.write_text(made_of, encoding="utf-8")
            os.replace(staged, mark)
        return Outcome(job, code, message="" if code == 0 else said.strip())

    def _process(self, words: Sequence[str]) -> tuple[int, str]:
        """Exit code and stderr of one run."""
        threads = max(1, (os.cpu_count() or 1) // self.at_once)
        environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
        with self._lock:
            if self._stopped:
                return KILLED, ""
            process = subprocess.Popen(
                [sys.executable, "-m", "harmonize", *words, "--quiet"],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment,
            )  # fmt: skip
            self._running.add(process)
        _, said = process.communicate()
        with self._lock:
            self._running.discard(process)
        if process.returncode < 0:
            return KILLED, f"ended by signal {-process.returncode}: was there memory for it?"
        return process.returncode, said

    def _stop(self) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.terminate()

    def _write(self, outcomes: Sequence[Outcome]) -> None:
        """summary.csv: the same whether runs were done now or before."""
        self.out.mkdir(parents=True, exist_ok=True)
        staged = self.out / f".{SUMMARY}"
        with staged.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["name", "mapping", "status", "exit_code", "message"])
            writer.writerows(_rows(outcomes))
        os.replace(staged, self.out / SUMMARY)


def fingerprint(job: Job) -> str | None:
    """What a run is made of, as JSON: version, mapping with all it takes in, options, and the bytes of its files.

    None where the mapping can't be used or a file can't be read: the run itself says why.
    """
    try:
        mapping = hashlib.sha256(repr(load_mapping(job.mapping)).encode()).hexdigest()
        own = [] if job.codebook else [codebook_path(path) for path in job.data]
        books = [path for path in (*own, *map(codebook_path, job.households)) if path.is_file()]
        files = inputs([*job.data, *job.households, *([job.codebook] if job.codebook else []), *books])
    except (HarmonizeError, OSError):
        return None
    told = {"harmonize": __version__, "mapping": mapping, "arguments": list(job.arguments), "inputs": files}
    return json.dumps(told, indent=1)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0, or that of the first run that failed."""
    failed = next((outcome.code for outcome in outcomes if not outcome.done), 0)
    return 1 if failed == KILLED else failed


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, str, str, str]]:
    for each in outcomes:
        code = "" if each.code == KILLED else str(each.code)
        first = each.message.splitlines()[0] if each.message else ""
        yield each.job.name, each.job.mapping, "done" if each.done else "failed", code, first


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None
