"""How a failure is shown: one message on stderr that says what to do next, never a traceback."""

from __future__ import annotations

import click

from harmonize.cli.findings import render_full
from harmonize.errors import HarmonizeError, MappingError

INTERRUPTED = 130


def fail(error: HarmonizeError) -> None:
    """Print `error` on stderr; a mapping's findings are each shown at their line."""
    if isinstance(error, MappingError) and error.findings:
        click.echo(render_full(error.findings), err=True)
        click.echo(err=True)
    click.echo(str(error), err=True)
