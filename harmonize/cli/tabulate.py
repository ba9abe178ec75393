"""`harmonize tabulate`: harmonised microdata in, the estimates out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from harmonize.cli.measuring import measure, measuring_options


@click.command(
    name="tabulate",
    short_help="Measure the indicators of harmonised microdata.",
    epilog="""\b
Examples:
  harmonize apply ipums/international examples/census/persons.csv.gz \\
      -o harmonised.parquet
  harmonize tabulate harmonised.parquet -o out/

\b
Exit code: 0 done, 2 usage, 3 a file can't be read or has no FILE.meta.json,
4 the files don't fit, 5 an output can't be written, 130 interrupted.""",
)
@click.argument("harmonised", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for estimates, methods.csv and run.json; made if it is not there.",
)
@measuring_options
def command(harmonised: tuple[Path, ...], **options: Any) -> None:
    """Measure the indicators of HARMONISED, files that `harmonize apply` wrote, by migratory status.

    The tables are those of `harmonize run` on the extract, to the last byte. Each file has FILE.meta.json
    beside it; several files are one extract.
    """
    from harmonize import pipeline
    from harmonize.harmonised.reading import described

    measure(partial(pipeline.tabulate, list(harmonised)), described(harmonised).content["mapping"]["id"], **options)
