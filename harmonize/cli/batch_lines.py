"""What `harmonize batch` says on stderr: a line for each run as it ends and, on a terminal, a bar below them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from harmonize.cli.streams import outlasting

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from harmonize.batch.manifest import Job
    from harmonize.batch.work import Outcome

_NAMES = 3  # of runs that are shown as running


class BatchLines:
    """Use it in `with`, so that the bar is gone before anything else is printed. No bar where stderr is no terminal."""

    def __init__(self, count: int, *, quiet: bool) -> None:
        """count: how many runs there are. quiet: failures alone are told."""
        self.count, self.quiet, self.ended, self.failed = count, quiet, 0, 0
        self._running: list[str] = []
        self._lock = threading.Lock()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, job: Job) -> None:
        """A run was begun; told from any thread."""
        with self._lock:
            self._running.append(job.name)
            self._show()

    def tell(self, outcome: Outcome) -> None:
        """A run has ended."""
        with self._lock:
            if outcome.job.name in self._running:
                self._running.remove(outcome.job.name)
            self.ended += 1
            self.failed += not outcome.done
            place = f"[{self.ended}/{self.count}] {outcome.job.name}"
            if not outcome.done:
                lines = outcome.message.splitlines() or ["it said nothing"]
                self._say("\n    ".join([f"{place}: failed, {lines[0]}", *lines[1:]]))
            elif not self.quiet:
                self._say(f"{place}: {'done before' if outcome.before else 'done'}")
            self._show()

    def end(self, outcomes: list[Outcome], summary: Path | str) -> None:
        """All runs have ended. summary: the file that tells of them."""
        before = sum(each.before for each in outcomes)
        if not self.quiet or self.failed:
            done = len(outcomes) - self.failed - before
            words = f"{len(outcomes)} {'run' if len(outcomes) == 1 else 'runs'}: {done} done"
            words += f", {before} done before" if before else ""
            words += f", {self.failed} failed" if self.failed else ""
            self._say(f"{words}; {summary}")

    def _say(self, text: str) -> None:
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
            return
        with outlasting():
            click.echo(text, err=True)
            sys.stderr.flush()

    def _show(self) -> None:
        if self._bar is None or self._task is None:
            return
        names = ", ".join(self._running[:_NAMES])
        more = f" and {len(self._running) - _NAMES} more" if len(self._running) > _NAMES else ""
        failed = f", {self.failed} failed" if self.failed else ""
        self._bar.update(self._task, completed=self.ended, failed=failed, running=f"{names}{more}", refresh=True)

    def __enter__(self) -> BatchLines:
        if sys.stderr.isatty() and not self.quiet:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                BarColumn(20),
                TextColumn("{task.completed}/{task.total}{task.fields[failed]}", markup=False),
                TimeRemainingColumn(),
                TextColumn("{task.fields[running]}", markup=False),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._task = self._bar.add_task("", total=self.count, failed="", running="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
