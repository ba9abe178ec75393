"""Batches that are prepared side by side, each as if those before it were done."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

import polars as pl

from harmonize.ahead import Turns, at_once
from harmonize.distinct.memory import Memory
from harmonize.facts import Facts
from harmonize.ledger import Ledger
from harmonize.plan import Plan
from harmonize.prepared import Prepared


class Preparing:
    """As many batches at a time as threads may do the same, in the order in which they began. Use it in `with`."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self._plan, self._facts = plan, facts
        self._most, self._memory = at_once(), Memory()
        self._threads = ThreadPoolExecutor(self._most)
        self._noting, self._counting = Turns(), Turns()
        self._running: deque[tuple[Future[Prepared | None], pl.DataFrame]] = deque()
        self._begun = 0

    def __bool__(self) -> bool:
        """Whether any is to be had."""
        return bool(self._running)

    @property
    def full(self) -> bool:
        """Whether the first must be had before another begins."""
        return len(self._running) == self._most

    def begin(self, batch: pl.DataFrame, ledger: Ledger) -> None:
        """Begin with a batch. See Plan.prepare."""
        coming = self._threads.submit(self._prepare, self._begun, batch, ledger)
        self._running.append((coming, batch))
        self._begun += 1

    def first(self) -> tuple[Prepared | None, pl.DataFrame]:
        """The first that began, once it has ended, and the batch; what it raised is raised."""
        coming, batch = self._running.popleft()
        return coming.result(), batch

    def _prepare(self, number: int, batch: pl.DataFrame, ledger: Ledger) -> Prepared | None:
        turns = self._noting.of(number), self._counting.of(number)
        try:
            return self._plan.prepare(batch, ledger, self._facts, self._memory, *turns)
        finally:  # whether or not it came to its turns
            self._noting.gone(number)
            self._counting.gone(number)

    def __enter__(self) -> Preparing:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(cancel_futures=True)
