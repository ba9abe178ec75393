"""The progress line: rows read, rows a second, time left; on stderr, on a terminal, after a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO


class ProgressLine:
    """One line on a terminal that replaces itself, and nothing at all elsewhere.

    Call it with the rows read so far and, where it is known, the total; use it as a context manager,
    so that the line is gone before anything else is printed.
    """

    wait = 1.0  # seconds before the first line: a short run needs none
    every = 0.2  # seconds between two lines

    def __init__(self, stream: TextIO | None = None, enabled: bool = True) -> None:
        self.stream = stream or sys.stderr
        self.enabled = enabled and self.stream.isatty()
        self.started = time.monotonic()
        self.shown_at = self.started + self.wait - self.every
        self.width = 0

    def __call__(self, rows: int, total: int | None = None) -> None:
        """Say that `rows` of `total` rows are read."""
        now = time.monotonic()
        if not self.enabled or now - self.shown_at < self.every:
            return
        self.shown_at = now
        self._write(_line(rows, total, now - self.started))

    def _write(self, text: str) -> None:
        self.stream.write("\r" + text.ljust(self.width) + "\r" * (not text))
        self.stream.flush()
        self.width = len(text)

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.width:
            self._write("")


def _line(rows: int, total: int | None, seconds: float) -> str:
    """`1,200,000 of 5,000,000 rows   612,000 rows/s   7 s left`."""
    of = f" of {total:,}" if total else ""
    speed = rows / seconds if seconds > 0 else 0.0
    text = f"{rows:,}{of} rows   {speed:,.0f} rows/s"
    if total and speed and total >= rows:
        left = round((total - rows) / speed)
        text += f"   {left // 60} min {left % 60:02} s left" if left >= 60 else f"   {left} s left"
    return text
