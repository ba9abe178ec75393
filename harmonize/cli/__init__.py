"""The command line: one command per file, flags only; what they do is in `harmonize.pipeline` and below.

No module of this folder imports polars or the machinery at its top, so that `harmonize --help` and
every command's `--help` answer at once; a command imports what it runs when it runs.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from typing import Any

import click

from harmonize import __version__
from harmonize.cli import (
    apply,
    batch,
    check,
    crosswalk,
    diff,
    draft,
    explain,
    indicators,
    inspect,
    mappings,
    merge,
    report,
    request,
    run,
    schema,
    tabulate,
)
from harmonize.cli.failures import INTERRUPTED, READER_LEFT, STOPPED, fail, forget
from harmonize.cli.streams import settle_streams, silence, unwritable
from harmonize.errors import HarmonizeError
from harmonize.own_process import keep_freed_memory, seldom_collecting
from harmonize.remote import COPIES

# In the order of a first day with the tool, not of the alphabet.
COMMANDS: tuple[click.Command, ...] = (
    run.command,
    apply.command,
    tabulate.command,
    merge.command,
    batch.command,
    report.command,
    inspect.command,
    draft.command,
    check.command,
    explain.command,
    diff.command,
    crosswalk.command,
    request.command,
    mappings.command,
    indicators.command,
    schema.command,
)


class Harmonize(click.Group):
    """The group of commands. What the user can mend becomes a message and an exit code.

    Anything else is a bug and keeps its traceback.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of COMMANDS."""
        return [command.name or "" for command in COMMANDS]

    def main(self, *args: Any, **extra: Any) -> Any:
        """As click has it, with streams that take what is written; exit code 5 where stdout can't."""
        settle_streams()
        keep_freed_memory()
        if threading.current_thread() is threading.main_thread():  # a scheduler's stop: nothing half-written stays
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(STOPPED))
        try:
            with seldom_collecting():
                return super().main(*args, **extra)
        except OSError as error:
            full = unwritable(error)
            if full is None:
                raise
            with contextlib.suppress(OSError):  # stderr may be as full
                fail(full)
            sys.exit(full.exit_code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit codes are those of `harmonize.errors`, 130 when interrupted."""
        try:
            result = super().invoke(ctx)
            COPIES.put()
            return result
        except HarmonizeError as error:
            fail(error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            silence(sys.__stdout__)
            ctx.exit(READER_LEFT)
        except KeyboardInterrupt as interrupt:
            forget(interrupt)
            click.echo("interrupted, nothing was written", err=True)
            ctx.exit(INTERRUPTED)
        finally:
            COPIES.clear()


@click.group(
    cls=Harmonize,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Example, in a checkout of the repository:
  harmonize run ipums/international examples/census/persons.csv.gz -o out/

\b
Exit codes: 0 done, 1 a mapping has errors, 2 usage, 3 a data file can't be
read, 4 data and mapping don't fit, 5 an output can't be written,
130 interrupted.""",
)
@click.version_option(__version__, "-V", "--version", message="harmonize %(version)s")
def main() -> None:
    """Measure SDG indicators by migratory status from a census extract.

    A mapping says what the codes of the extract mean; `harmonize mappings` lists those that come with
    the tool, `harmonize check` says whether one of yours is right.
    """


for _command in COMMANDS:
    main.add_command(_command)
