"""`harmonize indicators`: the indicators, and what each can be measured as with a mapping."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from harmonize.indicators.status import IndicatorStatus

DOUBT = (
    "Which 24 indicators have priority is reconstructed from sources: 'named' by one, 'likely' and "
    "'candidate' by inference; 'extra' are measured beside them."
)


@click.command(
    name="indicators",
    short_help="List the indicators, and what a mapping can measure.",
    epilog="""\b
Examples:
  harmonize indicators
  harmonize indicators --mapping ipums/international
  harmonize indicators --mapping usa/acs-pums --mapping mappings/ken/2019.yaml""",
)
@click.option(
    "--mapping",
    multiple=True,
    metavar="MAPPING",
    help="Say of each series: exact, proxy (why), or what it needs; may be repeated.",
)
def command(mapping: tuple[str, ...]) -> None:
    """List the indicators by SDG number, or what each of them can be measured as with a MAPPING."""
    from rich.console import Console

    table, foot = _matrix(mapping) if mapping else _list()
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.print(table)
    console.print()
    for line in foot:
        console.print(line)


def _list() -> tuple[Table, list[str]]:
    from harmonize.indicators import INDICATORS

    table = _empty("", "series", "of the 24", "title")
    for indicator in INDICATORS.values():
        measured = [series.name for series in indicator.series if series.measured]
        names = "\n".join(measured) if measured else "not yet measured"
        table.add_row(indicator.number, names, indicator.membership, indicator.title)
    count = sum(indicator.measured for indicator in INDICATORS.values())
    return table, [f"{count} of {len(INDICATORS)} are measured by this version.", DOUBT]


def _matrix(names: tuple[str, ...]) -> tuple[Table, list[str]]:
    from harmonize.indicators.status import availability
    from harmonize.mapping import load_mapping

    columns = [availability(load_mapping(name)) for name in names]
    table = _empty("", "series", *names)
    for row in zip(*columns, strict=True):
        table.add_row(row[0].number, row[0].series, *(_cell(status) for status in row))
    foot = [f"{name}: {_totals(column)}" for name, column in zip(names, columns, strict=True)]
    return table, [*foot, DOUBT]


def _cell(status: IndicatorStatus) -> str:
    """`exact`, `proxy  not asked under 16`, `-  needs water_source`."""
    if status.status == "exact":
        return "exact"
    words = "; ".join(reason.words for reason in status.reasons)
    if status.status == "proxy":
        return f"proxy  {words}"
    if [reason.code for reason in status.reasons] == ["missing_variable"]:
        return f"-  needs {', '.join(status.missing)}"
    lacking = f" (needs {', '.join(status.missing)})" if status.missing else ""
    return f"-  {words}{lacking}"


def _totals(column: list[IndicatorStatus]) -> str:
    best: dict[str, int] = {}
    order = ("unavailable", "proxy", "exact")
    for status in column:
        best[status.number] = max(best.get(status.number, 0), order.index(status.status))
    counts = [sum(value == rank for value in best.values()) for rank in (2, 1, 0)]
    return f"{counts[0]} indicators exact, {counts[1]} proxy, {counts[2]} not available"


def _empty(*titles: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    return table
