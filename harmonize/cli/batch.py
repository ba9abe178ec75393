"""`harmonize batch`: many runs, from a manifest."""

from __future__ import annotations

from pathlib import Path

import click

from harmonize.cli import run
from harmonize.cli.batch_lines import BatchLines
from harmonize.errors import OutputError, UsageError


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
    from harmonize.batch.work import SUMMARY, Batch, exit_code

    read = read_manifest(manifest, _options())
    folder = out or read.out
    if folder is None:
        raise UsageError(f"{manifest}: no folder for the results", "Give -o DIR, or out: in the manifest.")
    if only_list:
        for job in read.jobs:
            click.echo(f"{job.name}: harmonize {' '.join(job.command(folder / job.name))}")
        return
    lines = BatchLines(len(read.jobs), quiet=quiet)
    try:
        with Processes(folder, min(jobs, len(read.jobs))) as workers, lines:
            outcomes = Batch(read.jobs, folder, workers).run(lines.tell, lines.begin)
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror or error}", "Is there room?") from error
    lines.end(outcomes, folder / SUMMARY)
    ctx.exit(exit_code(outcomes))


def _options() -> list[str]:
    """The names of the options of `run`."""
    return [name[2:] for option in run.command.params for name in option.opts if name.startswith("--")]
