"""`harmonize indicators`: the indicators, and what mappings and runs have of each."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmonize.cli.options import numbers_of
from harmonize.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from harmonize.indicators.matrix import Column

MAPPING_WIDTH = 24  # of what is said of a mapping, at least: a narrower column can't be read

DOUBT = (
    "Which 24 indicators have priority is reconstructed from sources: 'named' by one, 'likely' and "
    "'candidate' by inference; 'extra' are measured beside them."
)


@click.command(
    name="indicators",
    short_help="List the indicators, and what mappings and runs have of them.",
    epilog="""\b
Examples:
  harmonize indicators
  harmonize indicators --mapping ipums/international
  harmonize indicators --mapping ipums/cps --mapping usa/acs-pums
  harmonize run ipums/international examples/census/persons.csv.gz -o out/
  harmonize indicators --mapping ipums/international --run out/ \\
      -o availability.csv

Exit code: 0 done, 1 a mapping has errors, 2 usage, 3 FILE of --run is no
run.json, 5 FILE of -o can't be written.""",
)
@click.option(
    "--mapping",
    multiple=True,
    metavar="MAPPING",
    help="Say of each series: exact, proxy (why), or what it needs; may be repeated.",
)
@click.option(
    "--run",
    "runs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The same of each sample of a run: its run.json, its folder, or a folder of such folders; may be repeated.",
)
@click.option(
    "--indicator-list",
    "listed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=numbers_of,
    help="Only those that a text file lists: a UN number a line, # begins a comment.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the matrix as csv, a row for each series and sample.",
)
def command(mapping: tuple[str, ...], runs: tuple[Path, ...], listed: tuple[str, ...], out: Path | None) -> None:
    """List the indicators by SDG number, or what mappings and runs have of each.

    One MAPPING is told in words. Several, or runs, stand side by side as a matrix with its reasons under
    it; in a pipe, where -o is not given, as csv. A mapping says what its samples can have at most, a run
    what each of them had.
    """
    from harmonize.cli.tables import lines_of

    width = shutil.get_terminal_size().columns
    if not mapping and not runs:
        if out is not None:
            raise UsageError("-o goes with --mapping or --run", "name a mapping or a run, or leave -o out")
        table, foot = _list(listed)
        _print(lines_of(table, max(width, _names_width())), foot, width)
        return
    from harmonize.indicators import matrix
    from harmonize.mapping import load_mapping

    of_mappings: dict[Path, Column] = {}
    for name in mapping:
        loaded = load_mapping(name, cases=False)
        of_mappings.setdefault(loaded.path.resolve(), matrix.of_mapping(name, loaded))
    columns = [*of_mappings.values()]
    columns += matrix.of_runs(runs, lambda text: click.echo(text, err=True))
    if out is not None:
        matrix.write_csv(matrix.as_csv(columns, listed), out)
    if mapping and len(columns) == 1:
        table, foot = _one_mapping(columns[0], listed)
        _print(lines_of(table, max(width, _names_width() + MAPPING_WIDTH)), foot, width)
    elif out is None and not sys.stdout.isatty():
        click.echo(matrix.as_csv(columns, listed), nl=False)
    else:
        from harmonize.cli.matrix import matrix_lines

        table_lines, foot = matrix_lines(columns, listed, width)
        _print(table_lines, [*foot, DOUBT], width)
    if out is not None:
        click.echo(f"{out}: {len(columns)} column{'' if len(columns) == 1 else 's'} of the matrix", err=True)


def _print(lines: list[str], foot: list[str], width: int) -> None:
    click.echo("\n".join(lines))
    click.echo()
    for line in foot:
        indent = " " * 5 if line.startswith(" ") else ""  # under the words of a note
        click.echo(textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))


def _names_width() -> int:
    """What the numbers and the names of the series take, with the blanks beside them."""
    from harmonize.indicators import INDICATORS

    return max(len(f"{each.indicator}  {each.name}  ") for one in INDICATORS.values() for each in one.shown) + 2


def _list(numbers: tuple[str, ...]) -> tuple[Table, list[str]]:
    from harmonize.cli.tables import names_table
    from harmonize.indicators import INDICATORS
    from harmonize.indicators.listed import as_listed

    table = names_table("of the 24", "title")
    chosen = [each for number, each in INDICATORS.items() if not numbers or number in numbers]
    for indicator in chosen:
        names = "\n".join(series.name for series in indicator.shown)
        table.add_row(indicator.number, names, indicator.membership, as_listed(indicator.number, indicator.title))
    return table, [f"{len(chosen)} indicator{'' if len(chosen) == 1 else 's'}.", DOUBT]


def _one_mapping(column: Column, numbers: tuple[str, ...]) -> tuple[Table, list[str]]:
    """Each series in words: `exact`, `proxy  not asked under 16`, `-  needs water_source`."""
    from harmonize.cli.tables import names_table
    from harmonize.indicators.matrix import keys, totals, why

    table = names_table(column.source)
    for key in keys([column], numbers):
        status = column.found[key]
        sign = "-" if status.status == "unavailable" else status.status
        table.add_row(*key, f"{sign}  {why(status)}".rstrip())
    return table, [f"{column.source}: {totals(column, numbers)}", DOUBT]
