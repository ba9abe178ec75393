"""`harmonize run`: an extract and a mapping in, the estimates out."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmonize.cli.compiling import FIRST_RUN, compiled
from harmonize.cli.progress import ProgressLine
from harmonize.errors import FitError, MissingColumnsError, UsageError

if TYPE_CHECKING:
    from harmonize.estimate.taylor import Singleton

NOT_PROTECTED = "disclosure control is not in this version (protect: none): cells of few persons are in the files"


def _protection(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Only `none` exists: to be asked for protection and give none would be worse than to refuse."""
    if value not in (None, "none"):
        raise UsageError(
            f"--protect {value}: disclosure control is not in this version, nothing was run",
            "Type --protect none for unprotected tables, and don't publish them as they are.",
        )
    return value


def _formats(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if not names:
        raise click.BadParameter("name at least one format: csv, parquet, xlsx")
    return names


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
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for estimates, methods.csv and run.json; made if it is not there.",
)
@click.option(
    "--households",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Household records, joined to the persons by the mapping's household key.",
)
@click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What describes the extract, a DDI .xml; else the one beside it of the same name.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="A*B",
    help="A further table, by one dimension or several joined by * (quote it); may be repeated.",
)
@click.option(
    "--indicator",
    multiple=True,
    metavar="N",
    help="Only this indicator, by its UN number (8.6.1); may be repeated. All, if none is named.",
)
@click.option(
    "--format",
    "formats",
    default="csv,parquet",
    show_default=True,
    callback=_formats,
    metavar="LIST",
    help="Formats of the estimates, joined by commas: csv, parquet, xlsx (a workbook to read and print).",
)
@click.option(
    "--protect",
    callback=_protection,
    metavar="METHOD",
    help="Disclosure control. Only 'none' in this version, which is also what happens without it.",
)
@click.option(
    "--min-count",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Counts under it are written as '<N' in run.json.",
)
@click.option(
    "--singleton",
    type=click.Choice(["centered", "certainty", "error"]),
    default="centered",
    show_default=True,
    help="What a stratum with a single cluster adds to the variance.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 100, min_open=True, max_open=True),
    default=95,
    show_default=True,
    metavar="PERCENT",
    help="Level of the confidence intervals.",
)
@click.option(
    "--allow-unmapped",
    is_flag=True,
    help="Count codes that the mapping doesn't list as unknown, instead of ending with exit code 4.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    mapping: str,
    data: tuple[Path, ...],
    out: Path,
    households: Path | None,
    codebook: Path | None,
    by: tuple[str, ...],
    indicator: tuple[str, ...],
    formats: tuple[str, ...],
    protect: str | None,
    min_count: int,
    singleton: Singleton,
    level: float,
    allow_unmapped: bool,
    quiet: bool,
) -> None:
    """Measure the indicators of DATA, read with MAPPING, by migratory status.

    MAPPING is the id of a mapping that comes with the tool (harmonize mappings) or a path to yours.
    DATA is one extract in one file or several. The summary goes to the terminal, or to stderr if stdout
    is piped; stdout stays clean.
    """
    from harmonize import pipeline
    from harmonize.cli.summary import print_summary

    shown: list[str] = []

    def tell(text: str) -> None:
        if not quiet:
            progress.clear()
            click.echo(_note(text), err=True)
            shown.append(text)

    with ProgressLine(enabled=not quiet, first="" if compiled() else FIRST_RUN) as progress:
        try:
            result = pipeline.run(
                mapping,
                list(data),
                out,
                households=households,
                codebook=codebook,
                by=by,
                indicators=indicator,
                formats=formats,
                protect=protect,
                min_count=min_count,
                singleton=singleton,
                level=level,
                allow_unmapped=allow_unmapped,
                progress=progress,
                tell=tell,
            )
        except MissingColumnsError as error:
            from harmonize.mapping.closest import closest_advice

            names = ", ".join(path.name for path in data)
            raise FitError(f"{names}: {error.message}", closest_advice(mapping, error.columns, error.help)) from error
    if not quiet:
        print_summary(result, mapping, indicator)
        for notice in (*result.run.get("notices", []), NOT_PROTECTED):
            if notice not in shown:
                click.echo(_note(notice), err=True)


def _note(text: str) -> str:
    width = min(shutil.get_terminal_size().columns, 80)
    return textwrap.fill(f"note: {text}", width, break_long_words=False, break_on_hyphens=False)
