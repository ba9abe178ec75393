"""`harmonize merge`: the states of all parts of an extract in, the estimates out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from harmonize.cli.measuring import measure, showing_options
from harmonize.cli.options import FILE, OUT_DIR


@click.command(
    name="merge",
    short_help="Join the parts of an extract that were tabulated apart.",
    epilog="""\b
Examples:
  harmonize apply ipums/international examples/census/persons.csv.gz \\
      -o harmonised.parquet
  harmonize tabulate harmonised.parquet -o part/ --partial
  harmonize merge part/state.zip -o out/

\b
Exit code: 0 done, 2 usage, 3 a state can't be read, 4 the states don't fit
together, 5 an output can't be written, 130 interrupted.""",
)
@click.argument("states", nargs=-1, required=True, type=FILE, metavar="STATE...")
@OUT_DIR
@showing_options
def command(states: tuple[Path, ...], **options: Any) -> None:
    """Join the STATEs that `harmonize tabulate --partial` wrote of all parts of an extract, and estimate.

    The tables are those of `harmonize run` on the whole extract, to the last byte, wherever it was cut. The
    parts must have been tabulated with the same options. Without a household key it can't be seen whether
    a row is in two parts.
    """
    from harmonize.partial.merging import merge
    from harmonize.partial.state_file import StateFile

    with StateFile(states[0]) as first:
        head = first.head
    measure(partial(merge, list(states)), head.description["mapping"]["id"], head.indicators, **options)
