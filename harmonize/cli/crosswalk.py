"""`harmonize crosswalk`: one variable across mappings, side by side."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmonize.errors import OutputError, UsageError

if TYPE_CHECKING:
    from harmonize.crosswalk import Crosswalk

NARROWEST = 24  # of a column of the terminal, to be read
SOURCES = 40  # characters for the codes, before the names of the mappings


@click.command(
    name="crosswalk",
    short_help="Show one variable across mappings, side by side.",
    epilog="""\b
Examples:
  harmonize crosswalk labour_force_status
  harmonize crosswalk citizenship_status ipums/cps usa/acs-pums
  harmonize crosswalk country_of_birth -o birthplaces.xlsx""",
)
@click.argument("variable")
@click.argument("mapping", nargs=-1)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it instead: .csv has a row a source code, .xlsx both that and the table side by side.",
)
def command(variable: str, mapping: tuple[str, ...], out: Path | None) -> None:
    """Show which source codes each MAPPING gives to each value of VARIABLE; without MAPPING all shipped ones.

    As the translation tables of IPUMS: a row a value of ours, a column a mapping.
    """
    from harmonize.crosswalk import crosswalk, lacking
    from harmonize.mapping import load_mapping, shipped_mappings
    from harmonize.rules.near import did_you_mean
    from harmonize.schema import VARIABLES

    if variable not in VARIABLES:
        turned = variable in shipped_mappings() or variable.endswith(".yaml")
        help = (
            "The variable comes first, then the mappings." if turned else did_you_mean(variable, VARIABLES, "variables")
        )
        raise UsageError(f"no variable {variable!r} in the common schema", help)
    if out is not None and out.suffix not in (".csv", ".xlsx"):
        raise UsageError(f"{out}: a crosswalk is written as .csv or .xlsx", "Give the file one of these endings.")
    names = mapping or tuple(shipped_mappings())
    found = crosswalk(variable, [(name, load_mapping(name, cases=False)) for name in names])
    if out is not None:
        try:
            found.write(out)
        except OSError as error:
            raise OutputError.of(out, error) from error
        click.echo(f"{out}: {sum(map(len, found.lines.values()))} lines", err=True)
        return
    _show(found)
    for name, why in lacking(found):
        click.echo(f"{name}: {why}", err=True)


def _folded(line: str, width: int) -> str:
    """The line of codes and mappings on a terminal; in a pipe it stays whole, for those who search it."""
    indent = " " * (SOURCES + 6 if width > 2 * SOURCES else 6)
    return textwrap.fill(
        line, width, subsequent_indent=indent, drop_whitespace=True, break_long_words=False, break_on_hyphens=False
    )


def _show(found: Crosswalk) -> None:
    """Mappings with the same lines share a column; what is too wide for the terminal goes one under the other."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    names, rows = found.wide()
    values, *columns = zip(*rows, strict=True) if rows else [()]
    same: dict[tuple[str, ...], list[str]] = {}
    for name, cells in zip(names[1:], columns, strict=True):
        same.setdefault(cells, []).append(name)
    console = Console()
    if not console.is_terminal or (len(same) + 1) * NARROWEST > console.width:
        for i, value in enumerate(values):
            click.echo(value)
            alike: dict[str, list[str]] = {}
            for cells, names in same.items():
                alike.setdefault(cells[i], []).extend(names)
            for cell, names in alike.items():
                if cell:
                    line = f"    {cell:<{SOURCES}}  {', '.join(names)}"
                    click.echo(_folded(line, console.width) if console.is_terminal else line)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in (found.variable, *("\n".join(names) for names in same.values())):
        table.add_column(head, overflow="fold")
    for i, value in enumerate(values):
        table.add_row(value, *(cells[i] for cells in same))
    console.print(table, markup=False)
