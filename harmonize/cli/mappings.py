"""`harmonize mappings`: the mappings that come with the tool."""

from __future__ import annotations

import click


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
    """List the mappings that come with the tool: id, version and title.

    An id is what `run` and `check` take as MAPPING.
    """
    from harmonize.mapping.find import shipped_mappings
    from harmonize.mapping.head import Head, read_head

    shipped = shipped_mappings()
    if ids:
        click.echo("\n".join(shipped))
        return
    rows = [
        (name, *(read_head(path) or Head("-", f"can't be read: harmonize check {name}")))
        for name, path in shipped.items()
    ]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    for name, version, title in rows:
        click.echo(f"{name:<{widths[0]}}  {version:<{widths[1]}}  {title}")
