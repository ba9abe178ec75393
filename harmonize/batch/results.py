"""The folders of a batch, on a disk or in an object store: what is done already, and what it was made of."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from harmonize import remote
from harmonize.batch.manifest import Job
from harmonize.writers.delivery import LAST, STAGE

MARK = "batch.json"  # beside run.json: what the run was made of
SUMMARY = "summary.csv"


class OnDisk:
    """Folders on a disk."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.summary = out / SUMMARY

    def folder(self, job: Job) -> Path:
        """Where a run writes."""
        return self.out / job.name

    def made_of(self, job: Job) -> str | None:
        """What a complete run was made of; None where there is none."""
        mark = self.folder(job) / MARK
        try:
            return mark.read_text(encoding="utf-8") if (self.folder(job) / LAST).is_file() else None
        except OSError:
            return None

    def clear(self, job: Job) -> None:
        """Forget what a run was made of, and take away what one that was killed left."""
        (self.folder(job) / MARK).unlink(missing_ok=True)
        for left in self.folder(job).glob(f"{STAGE}*"):
            shutil.rmtree(left, ignore_errors=True)

    def mark(self, job: Job, made_of: str) -> None:
        """Note what a run was made of, now that it is complete."""
        _replace(self.folder(job) / MARK, made_of)

    def write_summary(self, text: str) -> None:
        """Write summary.csv."""
        self.out.mkdir(parents=True, exist_ok=True)
        _replace(self.summary, text)


class InStore:
    """Folders of an object store, by URL: a run puts its files there itself, see remote."""

    def __init__(self, out: str) -> None:
        self.out = out.rstrip("/")
        self.summary = f"{self.out}/{SUMMARY}"

    def folder(self, job: Job) -> str:
        """Where a run writes."""
        return f"{self.out}/{job.name}"

    def made_of(self, job: Job) -> str | None:
        """As OnDisk."""
        if remote.read_text(f"{self.folder(job)}/{LAST}") is None:
            return None
        return remote.read_text(f"{self.folder(job)}/{MARK}")

    def clear(self, job: Job) -> None:
        """As OnDisk; a run that was killed left nothing but whole files."""
        remote.write_text(f"{self.folder(job)}/{MARK}", None)

    def mark(self, job: Job, made_of: str) -> None:
        """As OnDisk."""
        remote.write_text(f"{self.folder(job)}/{MARK}", made_of)

    def write_summary(self, text: str) -> None:
        """As OnDisk."""
        remote.write_text(self.summary, text)


Results = OnDisk | InStore


def results_at(out: Path | str) -> Results:
    """The results at a path or URL."""
    return InStore(out) if isinstance(out, str) else OnDisk(out)


def _replace(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}")
    staged.write_text(text, encoding="utf-8", newline="")
    os.replace(staged, path)
