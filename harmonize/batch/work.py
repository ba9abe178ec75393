"""The work of a batch: what is done already, what is run, what became of it."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harmonize.batch.hand import KILLED
from harmonize.batch.manifest import Job
from harmonize.writers.delivery import LAST, STAGE

MARK = "batch.json"  # beside run.json: what the run was made of
SUMMARY = "summary.csv"


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


class Workers(Protocol):
    """What does the runs: processes of this machine, or the workers of a cluster."""

    at_once: int

    def run(self, job: Job, folder: Path) -> tuple[int, str]:
        """Run a job into its folder: its exit code and what it said of a failure. Called from several threads."""

    def fingerprint(self, job: Job) -> str | None:
        """See made_of."""

    def stop(self) -> None:
        """End what is running; what is not begun then is not."""


class Batch:
    """Runs of a manifest, by workers, each in a folder of its own under `out`."""

    def __init__(self, jobs: Sequence[Job], out: Path, workers: Workers) -> None:
        self.jobs, self.out, self.workers = list(jobs), out, workers

    def run(self, tell: Callable[[Outcome], None], begin: Callable[[Job], None] = lambda _: None) -> list[Outcome]:
        """All outcomes in the order of the manifest; told one by one as they come. Interrupted, it ends its runs.

        begin: called with each run that is begun, from other threads.
        """
        found: dict[str, Outcome] = {}
        pool = ThreadPoolExecutor(self.workers.at_once)
        try:
            for future in as_completed([pool.submit(self._one, job, begin) for job in self.jobs]):
                outcome = future.result()
                found[outcome.job.name] = outcome
                tell(outcome)
        except BaseException:
            self.workers.stop()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        outcomes = [found[job.name] for job in self.jobs]
        self._write(outcomes)
        return outcomes

    def _one(self, job: Job, begin: Callable[[Job], None]) -> Outcome:
        folder = self.out / job.name
        mark = folder / MARK
        if (folder / LAST).is_file() and mark.is_file() and _text(mark) == self.workers.fingerprint(job):
            return Outcome(job, 0, before=True)
        begin(job)
        mark.unlink(missing_ok=True)
        for left in folder.glob(f"{STAGE}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        code, said = self.workers.run(job, folder)
        made_of = self.workers.fingerprint(job) if code == 0 else None
        if made_of is not None:
            staged = mark.with_name(f".{MARK}")
            staged.write_text(made_of, encoding="utf-8")
            os.replace(staged, mark)
        return Outcome(job, code, message="" if code == 0 else said.strip())

    def _write(self, outcomes: Sequence[Outcome]) -> None:
        """summary.csv: the same whether runs were done now or before."""
        self.out.mkdir(parents=True, exist_ok=True)
        staged = self.out / f".{SUMMARY}"
        with staged.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["name", "mapping", "status", "exit_code", "message"])
            writer.writerows(_rows(outcomes))
        os.replace(staged, self.out / SUMMARY)


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
