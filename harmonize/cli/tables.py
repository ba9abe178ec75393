"""Tables of plain text: columns under each other, no lines, no blanks at the ends."""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table


def plain_table(*titles: str) -> Table:
    """A table without rules; its columns fold where there is no room."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def names_table(*titles: str) -> Table:
    """The same, after two columns that don't fold: the numbers of indicators and the names of series."""
    table = plain_table("", "series", *titles)
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    return table


def lines_of(table: Table, width: int) -> list[str]:
    """The table as lines of at most `width` characters."""
    # never colour: FORCE_COLOR would otherwise have rich put it in
    console = Console(file=io.StringIO(), color_system=None, highlight=False, markup=False, emoji=False, width=width)
    with console.capture() as captured:
        console.print(table)
    return [line.rstrip() for line in captured.get().splitlines()]
