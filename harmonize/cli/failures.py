"""How a failure is shown: one message on stderr that says what to do next, never a traceback."""

from __future__ import annotations

import gc
import shutil
import sys
import textwrap
import traceback

import click

from harmonize.cli.findings import render_full
from harmonize.errors import HarmonizeError, MappingError
from harmonize.remote import COPIES

INTERRUPTED = 130
STOPPED = 143  # by SIGTERM, as a shell says it
READER_LEFT = 141  # what a shell says of a program that writes to `head` when it has gone


def fail(error: HarmonizeError) -> None:
    """Print `error` on stderr; a mapping's findings are each shown at their line."""
    if isinstance(error, MappingError) and error.findings:
        click.echo(render_full(error.findings), err=True)
        click.echo(err=True)
    text = COPIES.as_typed(str(error))
    if sys.stderr.isatty():  # in a log a line stays whole, for those who search it
        width = max(shutil.get_terminal_size().columns, 40)
        text = "\n".join(_folded(line, width) for line in text.splitlines())
    click.echo(text, err=True)


def forget(interrupt: KeyboardInterrupt) -> None:
    """Drop what was being worked on: a compiler stopped half-way leaves objects that complain when they go."""
    hook, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        error: BaseException | None = interrupt
        while error is not None:
            traceback.clear_frames(error.__traceback__)
            error = error.__context__
        gc.collect()
    finally:
        sys.unraisablehook = hook


def _folded(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.strip(), width, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
