"""Reading, preparing and adding up at once: batches are read while others are prepared and one before them added.

Order stays as it is: one thread reads, one adds, and each takes the batches one after another. As many as there are
cores are prepared side by side, but for what is done in their order (see Turns). Polars and the compiled loops let go
of Python's lock, so all of them share the cores; three batches more than are being prepared are in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

import polars as pl

MOST = 4
"""Threads that do the same at once, however many cores there are: with two already, few wait for what they make."""
Item = TypeVar("Item")
_END = object()


def ahead(items: Iterator[Item]) -> Generator[Item]:
    """The same items, the next being made while one is used. What making one raises is raised when it is asked for."""
    with ThreadPoolExecutor(1) as thread:
        coming: Future[Any] = thread.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = thread.submit(next, items, _END)
            yield item


def at_once() -> int:
    """How many threads do the same: as many as cores, which POLARS_MAX_THREADS may say, and at most MOST."""
    return min(MOST, pl.thread_pool_size())


class Turns:
    """What threads that do the same, numbered from 0 as they began, go through one after another, in their order."""

    def __init__(self) -> None:
        self._next = 0
        self._gone: set[int] = set()
        self._moved = threading.Condition()

    @contextmanager
    def of(self, number: int) -> Iterator[None]:
        """Once all before this one have gone through, or have ended."""
        with self._moved:
            self._moved.wait_for(lambda: self._next >= number)
        try:
            yield
        finally:
            self.gone(number)

    def gone(self, number: int) -> None:
        """This one has gone through, or never will."""
        with self._moved:
            if number >= self._next:
                self._gone.add(number)
            while self._next in self._gone:
                self._gone.remove(self._next)
                self._next += 1
            self._moved.notify_all()


class Behind:
    """Calls, one after another, in a thread of their own. What one raises is raised by the next `do` or by `wait`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._running: Future[Any] | None = None

    def do(self, call: Callable[..., object], *arguments: object) -> None:
        """Begin a call once that before it has ended."""
        self.wait()
        self._running = self._thread.submit(call, *arguments)

    def wait(self) -> None:
        """Until the last call has ended."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def __enter__(self) -> Behind:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._thread.shutdown()
