"""`harmonize batch`: many runs, from a manifest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmonize.errors import OutputError, UsageError

if TYPE_CHECKING:
    from harmonize.batch.work import Outcome


@click.command(
    name="batch",
    short_help="Run many extracts from a manifest; resumes where it stopped.",
    epilog="""\b
A manifest:
  out: results
  options: {by: ["sex*age_group"], format: csv}
  runs:
    - {name: mex-2020, mapping: mex/2020-census, data: mex/personas.csv}
    - name: "acs-{year}"
      mapping: usa/acs-pums
      data: "acs/{year}/pus.csv.gz"
      households: "acs/{year}/hus.csv.gz"

\b
Examples:
  harmonize batch examples/census/batch.yaml -o out/ --jobs 2
  harmonize batch examples/census/batch.yaml -o out/ --list

\b
Exit code: 0 all runs done; else that of the first run that failed, 1 where it
was ended by a signal; 2 a mistake in the manifest; 130 interrupted.""",
)
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder of folders; else `out` of MANIFEST."
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Runs at a time.")
@click.option("--list", "only_list", is_flag=True, help="Print what would be run, a line each, and run nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but failures.")
@click.pass_context
def command(ctx: click.Context, manifest: Path, out: Path | None, jobs: int, only_list: bool, quiet: bool) -> None:
    """Run all that MANIFEST lists, each in a folder of its own under DIR, and go on after a failure.

    {year} in `data` stands for any text: each file that fits is a run, and the text is put into the other keys. Begun
    again, it runs what is not done: a run is done if its folder is complete and was made by this version, with the same
    mapping, options and bytes. DIR/summary.csv says what became of each.
    """
    from harmonize.batch.manifest import read_manifest
    from harmonize.batch.processes import Processes
    from harmonize.batch.work import Batch, exit_code

    read = read_manifest(manifest)
    folder = out or read.out
    if folder is None:
        raise UsageError(f"{manifest}: no folder for the results", "Give -o DIR, or out: in the manifest.")
    if only_list:
        for job in read.jobs:
            click.echo(f"{job.name}: harmonize {' '.join(job.command(folder / job.name))}")
        return
    shown = _Lines(len(read.jobs), quiet=quiet)
    try:
        with Processes(folder, min(jobs, len(read.jobs))) as workers:
            outcomes = Batch(read.jobs, folder, workers).run(shown.tell)
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror or error}", "Is there room?") from error
    shown.end(outcomes, folder)
    ctx.exit(exit_code(outcomes))


class _Lines:
    """A line on stderr for each run as it ends."""

    def __init__(self, count: int, *, quiet: bool) -> None:
        self.count, self.quiet, self.ended = count, quiet, 0

    def tell(self, outcome: Outcome) -> None:
        self.ended += 1
        place = f"[{self.ended}/{self.count}] {outcome.job.name}"
        if not outcome.done:
            lines = outcome.message.splitlines() or ["it said nothing"]
            click.echo(f"{place}: failed, {lines[0]}", err=True)
            for line in lines[1:]:
                click.echo(f"    {line}", err=True)
        elif not self.quiet:
            click.echo(f"{place}: {'done before' if outcome.before else 'done'}", err=True)
        sys.stderr.flush()

    def end(self, outcomes: list[Outcome], folder: Path) -> None:
        failed = sum(not each.done for each in outcomes)
        before = sum(each.before for each in outcomes)
        if not self.quiet or failed:
            words = f"{len(outcomes)} {'run' if len(outcomes) == 1 else 'runs'}: {len(outcomes) - failed - before} done"
            words += f", {before} done before" if before else ""
            words += f", {failed} failed" if failed else ""
            click.echo(f"{words}; {folder / 'summary.csv'}", err=True)
