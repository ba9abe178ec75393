"""`harmonize run`: an extract and a mapping in, the estimates out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harmonize.cli.advising import advising
from harmonize.cli.measuring import measure, measuring_options, with_options
from harmonize.cli.options import CODEBOOK, FILE, HOUSEHOLDS, OUT_DIR

if TYPE_CHECKING:
    from harmonize.publishing import RunResult


@click.command(
    name="run",
    short_help="Measure the indicators of an extract.",
    epilog="""\b
Examples:
  harmonize run ipums/international examples/census/persons.csv.gz -o out/
  harmonize run mappings/ipums/international.yaml \\
      examples/census/persons.csv.gz -o out/ --indicator 8.6.1 \\
      --by "sex*age_broad" --format csv

\b
Exit code: 0 done, 1 the mapping has errors, 2 usage, 3 a data file can't be
read, 4 data and mapping don't fit, 5 an output can't be written,
130 interrupted.""",
)
@click.argument("mapping")
@click.argument("data", nargs=-1, required=True, type=FILE)
@OUT_DIR
@HOUSEHOLDS
@CODEBOOK
@measuring_options
def command(mapping: str, data: tuple[Path, ...], indicator: tuple[str, ...], **options: Any) -> None:
    """Measure the indicators of DATA, read with MAPPING, by migratory status.

    MAPPING is the id of a mapping that comes with the tool (harmonize mappings) or a path to yours.
    DATA is one extract in one file or several. The summary goes to the terminal, or to stderr if stdout
    is piped; stdout stays clean.
    """
    measure(partial(_run, mapping, data, indicators=indicator), mapping, indicator, **with_options(options))


def _run(mapping: str, data: tuple[Path, ...], households: tuple[Path, ...], **options: Any) -> RunResult:
    from harmonize import pipeline

    with advising(mapping, data):
        return pipeline.run(mapping, list(data), households=list(households) or None, **options)
