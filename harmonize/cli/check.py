"""`harmonize check`: what is wrong with a mapping, all of it at once."""

from __future__ import annotations

import click

from harmonize.cli.findings import FORMATS


@click.command(
    name="check",
    short_help="Say what is wrong with a mapping, with line numbers.",
    epilog="""\b
Examples:
  harmonize check mappings/ipums/international.yaml
  harmonize check ipums/international ipums/cps
  harmonize check ipums/cps --output-format json > findings.json

Exit code: 0 nothing wrong or warnings alone, 1 errors, 2 no such mapping.""",
)
@click.argument("mapping", nargs=-1, required=True)
@click.option(
    "--output-format",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="full shows each line and marks the place, concise is a line a finding, json is for programs.",
)
@click.pass_context
def command(ctx: click.Context, mapping: tuple[str, ...], output_format: str) -> None:
    """Check each MAPPING, an id or a path, and run its cases (MAPPING.cases.yaml beside it).

    Findings go to stdout, errors first, then by file and line, and the count of them to stderr.
    """
    from harmonize.mapping import check_mapping

    # Several mappings may share a lookup, and a finding in it is one finding.
    found = sorted({finding for name in mapping for finding in check_mapping(name)})
    findings = sorted(found, key=lambda finding: finding.severity != "error")
    if findings or output_format == "json":
        click.echo(FORMATS[output_format](findings))
    errors = sum(finding.severity == "error" for finding in findings)
    others = len(findings) - errors
    click.echo(
        f"{'' if not findings or output_format != 'full' else chr(10)}"
        f"{_count(len(mapping), 'mapping')}: {_count(errors, 'error')}, {_count(others, 'warning')}",
        err=True,
    )
    ctx.exit(1 if errors else 0)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
