"""Reading, preparing and adding up at once: a batch is read while that before it is prepared and the one before added.

Order stays as it is: one thread reads, one adds, and each takes the batches one after another. Polars and the
compiled loops let go of Python's lock, so the steps share the cores; a third and fourth batch are in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, TypeVar

Item = TypeVar("Item")
_END = object()


def ahead(items: Iterator[Item]) -> Generator[Item]:
    """The same items, the next being made while one is used. What making one raises is raised when it is asked for."""
    with ThreadPoolExecutor(1) as thread:
        coming: Future[Any] = thread.submit(next, items, _END)
        while (item := coming.result()) is not _END:
            coming = thread.submit(next, items, _END)
            yield item


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
