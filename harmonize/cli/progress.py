"""The progress line: rows read, rows a second, time left; on stderr, on a terminal, after a second."""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from types import TracebackType
from typing import TextIO

import click

from harmonize.cli.streams import outlasting


class ProgressLine:
    """One line on a terminal that replaces itself, and nothing at all elsewhere.

    Call it with the rows read so far and the share of the extract that they are, 0 to 1; use it as a context manager,
    so that the line is gone before anything else is printed. `first` stands there at once, until rows come.
    """

    wait = 1.0  # seconds before the first line: a short run needs none
    every = 0.2  # seconds between two lines

    def __init__(self, stream: TextIO | None = None, enabled: bool = True, first: str = "") -> None:
        self.stream = stream or sys.stderr
        self.quiet = not enabled
        self.enabled = enabled and self.stream.isatty()
        self.noted: list[str] = []
        self.started = time.monotonic()
        self.shown_at = self.started + self.wait - self.every
        self.width = 0
        self.first = first

    def __call__(self, rows: int, share: float) -> None:
        """Say that `rows` are read, a `share` of all."""
        now = time.monotonic()
        if not self.enabled or now - self.shown_at < self.every:
            return
        self.shown_at = now
        self._write(_line(rows, share, now - self.started))

    def _write(self, text: str) -> None:
        self.stream.write("\r" + text.ljust(self.width) + "\r" * (not text))
        self.stream.flush()
        self.width = len(text)

    def note(self, text: str) -> None:
        """Print `note: ...`, folded to the terminal and to at most 80 columns, in the place of the line."""
        self.noted.append(text)
        if not self.quiet:
            self.clear()
            width = min(shutil.get_terminal_size().columns, 80)
            folded = textwrap.fill(f"note: {text}", width, break_long_words=False, break_on_hyphens=False)
            with outlasting():
                click.echo(folded, file=self.stream)

    def clear(self) -> None:
        """Take the line away; the next call brings it back."""
        if self.width:
            self._write("")

    def __enter__(self) -> ProgressLine:
        if self.enabled and self.first:
            self._write(self.first)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


def _line(rows: int, share: float, seconds: float) -> str:
    """`1,200,000 rows   24 %   612,000 rows/s   7 s left`."""
    speed = rows / seconds if seconds > 0 else 0.0
    text = f"{rows:,} rows   {share:.0%}   {speed:,.0f} rows/s".replace("%", " %")
    if share > 0:
        left = round(seconds * (1 - share) / share)
        text += f"   {left // 60} min {left % 60:02} s left" if left >= 60 else f"   {left} s left"
    return text
