"""`harmonize tabulate`: harmonised microdata in, the estimates out, or the state of a part."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from harmonize.cli.measuring import NOT_OF_A_PART, measure, measuring_options, with_options
from harmonize.cli.options import FILE, OUT_DIR
from harmonize.cli.progress import ProgressLine
from harmonize.cli.protecting import secret_of
from harmonize.errors import UsageError


@click.command(
    name="tabulate",
    short_help="Measure the indicators of harmonised microdata.",
    epilog="""\b
Examples:
  harmonize apply ipums/international examples/census/persons.csv.gz \\
      -o harmonised.parquet
  harmonize tabulate harmonised.parquet -o out/
  harmonize tabulate harmonised.parquet -o part/ --partial

\b
Exit code: 0 done, 2 usage, 3 a file can't be read or has no FILE.meta.json,
4 the files don't fit, 5 an output can't be written, 130 interrupted.""",
)
@click.argument("harmonised", nargs=-1, required=True, type=FILE)
@OUT_DIR
@click.option(
    "--partial",
    "is_part",
    is_flag=True,
    help="HARMONISED is a part of an extract: write DIR/state.zip for `harmonize merge`, and no estimates. It holds "
    "sums of single households: guard it as you guard HARMONISED.",
)
@click.option(
    "--facts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="STATE",
    help="With --partial: the state of another part, to know from it what was asked; merge says if one is needed.",
)
@measuring_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    harmonised: tuple[Path, ...],
    is_part: bool,
    facts: tuple[Path, ...],
    indicator: tuple[str, ...],
    **options: Any,
) -> None:
    """Measure the indicators of HARMONISED, files that `harmonize apply` wrote, by migratory status.

    The tables are those of `harmonize run` on the extract, to the last byte. Each file has FILE.meta.json
    beside it; several files are one extract. An extract may also be tabulated part by part, with
    --partial, wherever it was cut; `harmonize merge` joins the parts.
    """
    if is_part:
        for name in NOT_OF_A_PART:
            if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                option = "--format" if name == "formats" else f"--{name.replace('_', '-')}"
                help = (
                    "give it to merge; of cell-key, give --key FILE here" if name == "protect" else "give it to merge"
                )
                raise UsageError(f"{option} goes with estimates, which --partial does not make", help)
        _tabulate_part(harmonised, facts, indicator, **{k: v for k, v in options.items() if k not in NOT_OF_A_PART})
        return
    if facts:
        raise UsageError("--facts goes with --partial", "leave it out, or add --partial")
    from harmonize import pipeline
    from harmonize.harmonised.reading import described

    typed = described(harmonised).content["mapping"]["id"]
    measure(
        partial(pipeline.tabulate, list(harmonised), indicators=indicator), typed, indicator, **with_options(options)
    )


def _tabulate_part(
    harmonised: tuple[Path, ...], facts: tuple[Path, ...], indicator: tuple[str, ...], quiet: bool, key: Path | None,
    **options: Any,
) -> None:  # fmt: skip
    from harmonize.partial.tabulating import tabulate_part

    with ProgressLine(enabled=not quiet) as progress:
        done = tabulate_part(
            harmonised,
            facts=facts,
            secret=secret_of(key),
            indicators=indicator,
            progress=progress,
            tell=progress.note,
            **with_options(options),
        )
    if not quiet:
        click.echo(f"{done.state}: {done.run['rows']:,} rows; harmonize merge joins it with the other parts", err=True)
