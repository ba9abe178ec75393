"""`harmonize report`: the outputs of a run, or of a batch, as one HTML file to read and to print."""

from __future__ import annotations

from pathlib import Path

import click

from harmonize.cli.options import LANG, LOCAL


@click.command(
    name="report",
    short_help="Make one HTML file of a run's tables: charts, tables, quality.",
    epilog="""\b
Examples:
  harmonize run ipums/international examples/census/persons.csv.gz -o out/
  harmonize report out/
  harmonize report out/ -o census.html

\b
Exit code: 0 done, 2 usage, 3 DIR is not the folder of a finished run, 4 the
runs of a batch don't fit together, 5 FILE can't be written.""",
)
@click.argument("folder", metavar="DIR", type=LOCAL)
@click.option("-o", "--out", type=LOCAL, metavar="FILE", help="The file to write, DIR/report.html by default.")
@LANG
def command(folder: Path, out: Path | None, lang: str) -> None:
    """Make a report of DIR, the folder that `harmonize run`, `tabulate`, `merge` or `batch` wrote.

    One self-contained HTML file, for a screen, a telephone or paper: who is a migrant, what was measured and what
    not, and of each indicator charts of migrants and non-migrants with their intervals, sentences and tables; the
    quality of the data, methods, how to cite. Of a batch it shows all samples side by side. It shows what the tables
    show: what is suppressed in them is not in it. `--format html` of run, tabulate and merge writes the same.
    """
    from harmonize.listing import first_of
    from harmonize.report.folder import SUMMARY, read_release
    from harmonize.report.page import report
    from harmonize.report.written import write_report
    from harmonize.words import words_in

    release = read_release(folder)
    out = folder / "report.html" if out is None else out
    write_report(report(release, words_in(lang)), out, folder)
    samples = len(release.samples)
    click.echo(f"{out}: {samples} sample{'' if samples == 1 else 's'}", err=True)
    if release.failed:
        lacking = f"not in it, as they failed: {first_of(release.failed, 4)}"
        click.echo(f"note: {lacking}; {folder / SUMMARY} tells why", err=True)
