"""`harmonize mappings`: the mappings that come with the tool."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import click

LEGEND = (
    "Exact, proxy: how many of the 24 indicators of priority a run can have, each by the best of its series; "
    "harmonize indicators --mapping MAPPING says which, and why not the others."
)


@click.command(
    name="mappings",
    short_help="List the mappings that come with the tool.",
    epilog="""\b
Examples:
  harmonize mappings
  harmonize check $(harmonize mappings --ids)""",
)
@click.option("--ids", is_flag=True, help="Only the ids, one a line.")
def command(ids: bool) -> None:
    """List the mappings that come with the tool: id, version, how many of the 24 indicators, title.

    An id is what `run` and `check` take as MAPPING. The number of indicators is what a run can have at
    most, with the optional columns too.
    """
    from harmonize.mapping.find import shipped_mappings
    from harmonize.mapping.head import Head, read_head

    shipped = shipped_mappings()
    if ids:
        click.echo("\n".join(shipped))
        return
    heads = {
        name: read_head(path) or Head("-", f"can't be read: harmonize check {name}") for name, path in shipped.items()
    }
    counts = {name: _of_the_24(path) for name, path in shipped.items()}
    widths = max(len(name) for name in shipped), max(len(head.version) for head in heads.values())
    for name, (version, title) in heads.items():
        exact, proxy = counts[name]
        click.echo(f"{name:<{widths[0]}}  {version:<{widths[1]}}  {exact:>2} exact {proxy:>2} proxy  {title}")
    click.echo()
    click.echo(
        textwrap.fill(LEGEND, shutil.get_terminal_size().columns, break_long_words=False, break_on_hyphens=False)
    )


def _of_the_24(path: Path) -> tuple[str, str]:
    """How many are exact, and how many a proxy; `-` of a mapping with errors. Its cases are not run."""
    from harmonize.indicators.matrix import of_mapping, of_the_24
    from harmonize.mapping.load import read_mapping

    mapping, findings = read_mapping(path)
    if mapping is None or any(finding.severity == "error" for finding in findings):
        return "-", "-"
    exact, proxy = of_the_24(of_mapping("", mapping))
    return str(exact), str(proxy)
