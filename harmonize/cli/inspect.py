"""`harmonize inspect`: what is in an extract, before there is a mapping for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from harmonize.cli.options import CODEBOOK, FILE, AtLeastOne
from harmonize.cli.progress import ProgressLine
from harmonize.errors import HarmonizeError


def _one_character(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    value = {"tab": "\t", "\\t": "\t"}.get(value, value)
    if len(value) != 1 or not value.isascii():
        raise click.BadParameter("a separator is one character, such as ; or tab")
    return value


@click.command(
    name="inspect",
    short_help="Show what an extract holds: variables, codes, keys, weights.",
    epilog="""\b
Examples:
  harmonize inspect examples/census/persons.csv.gz
  harmonize inspect examples/census/persons.csv.gz --variable AGE
  harmonize inspect examples/census/persons.csv.gz --output-format json

\b
Exit code: 0 done, 2 usage, 3 a file can't be read, 4 rows that don't fit or
no such variable, 130 interrupted.""",
)
@click.argument("data", nargs=-1, required=True, type=FILE)
@click.option(
    "--households",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Household records in a file of their own; shown after the persons. May be repeated.",
)
@CODEBOOK
@click.option("--encoding", default="utf-8", show_default=True, metavar="NAME", help="Of a text file.")
@click.option(
    "--separator",
    default=",",
    show_default=True,
    callback=_one_character,
    metavar="CHARACTER",
    help="Between the cells of a .csv; 'tab' is one.",
)
@click.option(
    "--variable",
    "variables",
    multiple=True,
    metavar="NAME",
    help="Only this variable, with all its codes; may be repeated.",
)
@click.option(
    "--min-count",
    type=AtLeastOne(10),
    default=10,
    show_default=True,
    metavar="N",
    help="Counts under it are shown as '<N'.",
)
@click.option(
    "--output-format",
    type=click.Choice(["full", "json"]),
    default="full",
    show_default=True,
    help="full is to read, json is for programs.",
)
def command(
    data: tuple[Path, ...],
    households: tuple[Path, ...],
    codebook: Path | None,
    encoding: str,
    separator: str,
    variables: tuple[str, ...],
    min_count: int,
    output_format: str,
) -> None:
    """Show what DATA holds, one extract in one file or several, without a mapping.

    Of each variable: its label, what its cells are, how many differ, how many are blank, and its codes
    with their counts where it has codes. Before that, what looks like keys and weights, and the mappings
    that fit. A value that is no code (an income, a name) is shown only if --variable asks for it and ten
    persons or more share it. The counts are for you, who have the data: they are not protected for
    publication.
    """
    from harmonize.cli.inspection import full_text
    from harmonize.inspect import inspect_files
    from harmonize.readers.options import Reading

    reading = Reading(encoding=encoding, separator=separator)
    try:
        with ProgressLine() as progress:
            record = inspect_files(data, reading, codebook, households, variables, min_count, progress)
    except HarmonizeError as error:
        error.help = _in_options(error.help)
        raise
    click.echo(json.dumps(record, indent=2) if output_format == "json" else full_text(record))


def _in_options(help: str) -> str:
    """Advice that names the `read` section of a mapping, which is not there, in options instead."""
    help = re.sub(r"write in the mapping: read: \{separator: (.*?)\}.*", r"add --separator \1", help)
    help = help.replace("write read: {encoding: utf-8} or iso-8859-1", "write --encoding utf-8 or iso-8859-1")
    named = "name the file's encoding in the mapping, e.g. read: {encoding: iso-8859-1}"
    return help.replace(named, "name the file's encoding, e.g. --encoding iso-8859-1")
