"""`harmonize indicators`: the indicators, and what each can be measured as with a mapping."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from harmonize.indicators.status import IndicatorStatus

MAPPING_WIDTH = 24  # of what is said of a mapping, at least: a narrower column can't be read

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
  harmonize indicators --mapping ipums/cps --mapping usa/acs-pums""",
)
@click.option(
    "--mapping",
    multiple=True,
    metavar="MAPPING",
    help="Say of each series: exact, proxy (why), or what it needs; may be repeated.",
)
def command(mapping: tuple[str, ...]) -> None:
    """List the indicators by SDG number, or what each of them can be measured as with a MAPPING."""
    from harmonize.cli.tables import lines_of

    width = shutil.get_terminal_size().columns
    table, foot = _matrix(mapping) if mapping else _list()
    click.echo("\n".join(lines_of(table, max(width, _names_width() + MAPPING_WIDTH * len(mapping)))))
    click.echo()
    for line in foot:
        click.echo(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False))


def _names_width() -> int:
    """What the numbers and the names of the series take, with the blanks beside them."""
    from harmonize.indicators import INDICATORS

    return max(len(f"{each.indicator}  {each.name}  ") for one in INDICATORS.values() for each in one.series) + 2


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
    from harmonize.cli.tables import plain_table

    table = plain_table(*titles)
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    return table
