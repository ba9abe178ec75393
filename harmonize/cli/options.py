"""Options that several commands have, in the same words."""

from __future__ import annotations

from pathlib import Path

import click

OUT_DIR = click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for estimates, methods.csv and run.json; made if it is not there.",
)
HOUSEHOLDS = click.option(
    "--households",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Household records in a file of their own, joined to the persons by the mapping's household key; may be "
    "repeated.",
)
CODEBOOK = click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What describes the extract, a DDI .xml; else the one beside it of the same name.",
)
ALLOW_UNMAPPED = click.option(
    "--allow-unmapped",
    is_flag=True,
    help="Count codes that the mapping doesn't list as unknown, instead of ending with exit code 4.",
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
