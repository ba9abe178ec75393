"""`harmonize batch`: many runs, from a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from harmonize.cli import run
from harmonize.cli.batch_lines import BatchLines
from harmonize.cli.measuring import with_options
from harmonize.cli.protecting import protection_of
from harmonize.errors import HarmonizeError, OutputError, UsageError
from harmonize.remote import is_url

if TYPE_CHECKING:
    from harmonize.batch.manifest import Job
    from harmonize.batch.on_dask import OnDask
    from harmonize.batch.processes import Processes


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
@click.option("-o", "--out", metavar="DIR", help="Folder of folders, or its URL; else `out` of MANIFEST.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Runs at a time.")
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Run on a Dask cluster: tcp://HOST:8786 of its scheduler, or a .yaml file that tells how to start one.",
)
@click.option(
    "--part-size",
    type=click.FloatRange(min=0),
    default=128,
    show_default=True,
    metavar="MB",
    help="With --dask: a file of twice this size or more is read in parts of it, by several workers; 0 for none.",
)
@click.option("--list", "only_list", is_flag=True, help="Print what would be run, a line each, and run nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but failures.")
@click.pass_context
def command(
    ctx: click.Context,
    manifest: Path,
    out: str | None,
    jobs: int,
    dask: str | None,
    part_size: float,
    only_list: bool,
    quiet: bool,
) -> None:
    """Run all that MANIFEST lists, each in a folder of its own under DIR, and go on after a failure.

    {year} in `data` stands for any text: each file that fits is a run, and the text is put into the other keys. Begun
    again, it runs what is not done: a run is done if its folder is complete and was made by this version, with the same
    mapping, options and bytes. DIR/summary.csv says what became of each.
    """
    from harmonize.batch.manifest import read_manifest
    from harmonize.batch.results import results_at
    from harmonize.batch.work import Batch, exit_code

    if dask is not None and ctx.get_parameter_source("jobs") is ParameterSource.COMMANDLINE:
        raise UsageError("--jobs is of this machine, --dask of others", "leave one of them out")
    read = read_manifest(manifest, _options())
    folder = read.out if out is None else out if is_url(out) else Path(out)
    if folder is None:
        raise UsageError(f"{manifest}: no folder for the results", "Give -o DIR, or out: in the manifest.")
    results = results_at(folder)
    if only_list:
        for job in read.jobs:
            click.echo(f"{job.name}: harmonize {' '.join(job.command(results.folder(job)))}")
        return
    lines = BatchLines(len(read.jobs), quiet=quiet)
    try:
        with _workers(folder, min(jobs, len(read.jobs)), dask, part_size) as workers, lines:
            outcomes = Batch(read.jobs, results, workers).run(lines.tell, lines.begin)
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror or error}", "Is there room?") from error
    lines.end(outcomes, results.summary)
    ctx.exit(exit_code(outcomes))


def _workers(folder: Path | str, jobs: int, dask: str | None, part_size: float) -> Processes | OnDask:
    if dask is None:
        from harmonize.batch.processes import Processes

        return Processes(folder, jobs)
    from harmonize.batch.on_dask import OnDask

    return OnDask(dask, part_size * 1e6, _meant)


def _meant(job: Job) -> dict[str, Any]:
    """What the options of a job mean: the further keyword arguments of pipeline.run.

    Raises NotInRanges where they are wrong, which the run itself says.
    """
    from harmonize.partial.by_ranges import NotInRanges

    try:
        with run.command.make_context("run", job.command(Path("out"))[1:]) as ctx:
            given = protection_of(with_options(ctx.params))
    except (click.ClickException, HarmonizeError) as error:
        raise NotInRanges from error
    named = {"mapping", "data", "out", "households", "codebook", "indicator", "quiet"}
    return {name: each for name, each in given.items() if name not in named} | {"indicators": given["indicator"]}


def _options() -> list[str]:
    """The names of the options of `run`."""
    return [name[2:] for option in run.command.params for name in option.opts if name.startswith("--")]
