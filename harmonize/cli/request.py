"""`harmonize request`: what to order from IPUMS for a mapping."""

from __future__ import annotations

import json
from pathlib import Path

import click

from harmonize.cli.options import INDICATOR_LIST, and_those_listed
from harmonize.errors import OutputError


@click.command(
    name="request",
    short_help="Write the IPUMS extract definition that a mapping needs.",
    epilog="""\b
Examples:
  harmonize request ipums/international mx2010a cr2011a -o extract.json
  harmonize request ipums/usa us2022a --indicator 8.6.1

\b
Submit it with ipumspy:
  from ipumspy import IpumsApiClient, define_extract_from_json
  IpumsApiClient(KEY).submit_extract(define_extract_from_json("extract.json"))""",
)
@click.argument("mapping")
@click.argument("sample", nargs=-1, required=True)
@click.option(
    "--indicator",
    multiple=True,
    metavar="NUMBER",
    callback=and_those_listed,
    help="Only what this one needs, e.g. 8.6.1; may be repeated. Without it: all that the mapping can measure.",
)
@INDICATOR_LIST
@click.option("--by", multiple=True, metavar="A*B", help="Also what these further tables of run need.")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there, not to stdout.")
def command(
    mapping: str, sample: tuple[str, ...], indicator: tuple[str, ...], by: tuple[str, ...], out: Path | None
) -> None:
    """Write the extract definition (JSON, version 2 of the IPUMS API) with exactly the variables that a run needs.

    MAPPING reads IPUMS-International, IPUMS USA or IPUMS CPS. SAMPLE are ids as IPUMS lists them. IPUMS refuses a
    variable that none of the samples has, by its name: take it out of the file.
    """
    from harmonize.mapping import load_mapping
    from harmonize.request import request

    text = json.dumps(request(load_mapping(mapping, cases=False), sample, indicator, by), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError.of(out, error) from error
