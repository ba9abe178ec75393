"""The work of a batch: what is done already, what is run, what became of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harmonize.batch.hand import KILLED
from harmonize.batch.manifest import Job
from harmonize.batch.results import Results
from harmonize.errors import HarmonizeError


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

    def run(self, job: Job, folder: Path | str) -> tuple[int, str]:
        """Run a job into its folder: its exit code and what it said of a failure. Called from several threads."""

    def fingerprint(self, job: Job) -> str | None:
        """See made_of."""

    def stop(self) -> None:
        """End what is running; what is not begun then is not."""


class Batch:
    """Runs of a manifest, by workers, each in a folder of its own of the results."""

    def __init__(self, jobs: Sequence[Job], results: Results, workers: Workers) -> None:
        self.jobs, self.results, self.workers = list(jobs), results, workers

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
        try:
            before = self.results.made_of(job)
            if before is not None and before == self.workers.fingerprint(job):
                return Outcome(job, 0, before=True)
            begin(job)
            self.results.clear(job)
            code, said = self.workers.run(job, self.results.folder(job))
            made_of = self.workers.fingerprint(job) if code == 0 else None
            if made_of is not None:
                self.results.mark(job, made_of)
        except HarmonizeError as error:
            return Outcome(job, error.exit_code, message=str(error))
        return Outcome(job, code, message="" if code == 0 else said.strip())

    def _write(self, outcomes: Sequence[Outcome]) -> None:
        """summary.csv: the same whether runs were done now or before."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["name", "mapping", "status", "exit_code", "message"])
        writer.writerows(_rows(outcomes))
        self.results.write_summary(text.getvalue())


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0, or that of the first run that failed."""
    failed = next((outcome.code for outcome in outcomes if not outcome.done), 0)
    return 1 if failed == KILLED else failed


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, str, str, str]]:
    for each in outcomes:
        code = "" if each.code == KILLED else str(each.code)
        first = each.message.splitlines()[0] if each.message else ""
        yield each.job.name, each.job.mapping, "done" if each.done else "failed", code, first
