"""`harmonize check`: what is wrong with a mapping, all of it at once."""

from __future__ import annotations

from pathlib import Path

import click

from harmonize.cli.failures import fail
from harmonize.cli.findings import FORMATS
from harmonize.cli.options import FILE, HOUSEHOLDS
from harmonize.errors import DataFileError, FitError, HarmonizeError, UsageError


@click.command(
    name="check",
    short_help="Say what is wrong with a mapping, with line numbers.",
    epilog="""\b
Examples:
  harmonize check mappings/ipums/international.yaml
  harmonize check ipums/international ipums/cps
  harmonize check mappings/
  harmonize check ipums/cps --output-format sarif > findings.sarif
  harmonize check ipums/international --data examples/census/persons.csv.gz
  harmonize check ipums/cps --select C --ignore C005
  harmonize check mappings/ipums/cps.yaml --fix

Exit code: 0 nothing wrong or warnings alone, 1 errors, 2 no such mapping,
3 a codebook, data file or folder can't be read, 4 data and mapping don't fit.""",
)
@click.argument("mapping", nargs=-1, required=True)
@click.option(
    "--codebook",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Compare with the labels of a codebook: DDI .xml, a dictionary .csv, .sav, .dta, ...; again for each file.",
)
@click.option(
    "--data",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Hold it against this extract: unmapped and unused codes, contradictions, impossible shares, and the totals "
    "under expect: in the mapping; may be repeated.",
)
@HOUSEHOLDS
@click.option(
    "--output-format",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="full shows each line and marks the place, concise is a line a finding, the others are for programs.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Tell only findings whose code begins so, e.g. L,C005; errors are always told.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Leave out findings whose code begins so; the longer beginning wins over --select.",
)
@click.option("--fix", is_flag=True, help="Mend what is safe: order of codes, ranges, quotes. Comments stay.")
@click.pass_context
def command(
    ctx: click.Context,
    mapping: tuple[str, ...],
    codebook: tuple[Path, ...],
    data: tuple[Path, ...],
    households: tuple[Path, ...],
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
) -> None:
    """Check each MAPPING, an id, a path or a folder of them, its lookups, and run its cases (MAPPING.cases.yaml beside
    it).

    Findings go to stdout, errors first, then by file and line. What was checked goes to stderr, with the count of
    findings: mappings, the cases that ran, lookups. `harmonize explain CODE` says what a code means. A comment at the
    end of its line, or of the line of its variable's name, silences a warning: # harmonize: ignore[CODE] and the
    reason.
    """
    from harmonize.lint.check import Data, Looked, look, mend_files
    from harmonize.lint.report import Report, counted, looked_at
    from harmonize.lint.selection import selection
    from harmonize.mapping.find import locked_folders, mappings_meant

    chosen = selection(select, ignore)
    book = None
    if codebook:
        from harmonize.lint.codebook import Codebook

        book = Codebook(codebook)
    if households and not data:
        raise UsageError("--households needs --data", "They are the households of an extract.")
    extract = Data(data, households, next((path for path in codebook if path.suffix == ".xml"), None)) if data else None
    names = tuple(dict.fromkeys(name for given in mapping for name in mappings_meant(given)))
    mended = [mend for name in names for mend in mend_files(name, chosen.tells)] if fix else []
    for mend in mended:
        click.echo(str(mend), err=True)
    locked = dict.fromkeys(folder for given in mapping for folder in locked_folders(given))
    refused: list[HarmonizeError] = [
        DataFileError(f"{folder}: this folder can't be read", "Check its permissions; its mappings were not checked.")
        for folder in locked
    ]

    def looked(name: str) -> Looked:
        try:
            return look(name, book, extract)
        except (DataFileError, FitError) as error:  # what is wrong with the file is told all the same
            refused.append(error)
            return look(name, book)

    each = {name: looked(name) for name in names}
    report = Report(tuple((name, tuple(filter(chosen.tells, one.findings))) for name, one in each.items()))
    findings = report.findings
    text = FORMATS[output_format](report)
    if text:
        click.echo(text)
    gap = "\n" if findings and output_format == "full" else ""
    done = f", {len(mended)} mended" if fix else ""
    more = f"; `harmonize explain {findings[0].code}` says more" if gap else ""
    lookups = {lookup for one in each.values() for lookup in one.lookups}
    checked = looked_at(len(names), sum(one.cases for one in each.values()), len(lookups))
    click.echo(f"{gap}{checked}: {counted(findings)}{done}{more}", err=True)
    for error in refused:
        fail(error)
    if refused:
        ctx.exit(refused[0].exit_code)
    ctx.exit(1 if any(finding.severity == "error" for finding in findings) else 0)
