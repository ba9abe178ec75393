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
    from harmonize.errors import MappingError
    from harmonize.mapping import load_mapping, shipped_mappings

    names = list(shipped_mappings())
    if ids:
        click.echo("\n".join(names))
        return
    rows: list[tuple[str, str, str]] = []
    for name in names:
        try:
            mapping = load_mapping(name)
            rows.append((name, str(mapping.version), str(mapping.title)))
        except MappingError:
            rows.append((name, "-", f"has errors: harmonize check {name}"))
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    for name, version, title in rows:
        click.echo(f"{name:<{widths[0]}}  {version:<{widths[1]}}  {title}")
