"""What the commands that measure have in common: their options, and what they print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from harmonize.cli.compiling import FIRST_RUN, compiled
from harmonize.cli.options import ALLOW_UNMAPPED, INDICATOR_LIST, LANG, QUIET, and_those_listed
from harmonize.cli.poverty_lines import poverty_lines
from harmonize.cli.progress import ProgressLine
from harmonize.cli.protecting import KEY, PROTECTION, protection_of
from harmonize.cli.reliability import EXAMPLE, reliability
from harmonize.cli.streams import outlasting

if TYPE_CHECKING:
    from harmonize.publishing import RunResult

Command = TypeVar("Command", bound=Callable[..., Any])

NOT_PROTECTED = "not protected (protect: none): cells of few persons are in the files, don't publish them as they are"

NOT_IN_SDMX = (
    "sdmx_notes.csv tells which estimates the DSD has no codes for: of the SDMX files they are in "
    "estimates_full.sdmx.csv alone"
)


def _level(ctx: click.Context, parameter: click.Parameter, value: float) -> float:
    """In percent: 0.95 is a slip of who is used to R, and would give intervals of next to no width."""
    if value < 1:
        raise click.BadParameter(f"{value:g} percent is no level of confidence. Did you mean {100 * value:g}?")
    return value


def _formats(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    typed = [name.strip().lower() for each in value for name in each.split(",")]
    names = tuple(dict.fromkeys(name for name in typed if name))
    if not names:
        raise click.BadParameter("name at least one format: csv, parquet, xlsx, html, sdmx, open-sdg")
    return names


def with_options(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with that of FURTHER as one `options`."""
    from harmonize.options import Options

    own = {field.name for field in fields(Options)}
    told = {name: value for name, value in given.items() if name in own}
    asked = Options(**told | {"standardise": tuple(dict.fromkeys(told["standardise"]))})
    return {name: value for name, value in given.items() if name not in own} | {"options": asked}


class _Standard(click.Choice[str]):
    """What to standardise for: its names in any order, with blanks or without."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As Choice; `sex * age` is `age*sex`."""
        ordered = "*".join(sorted(part.strip() for part in str(value).split("*")))
        return super().convert(ordered if ordered in self.choices else value, param, ctx)


MEASURED = (
    click.option(
        "--by",
        multiple=True,
        metavar="A*B",
        help="A further table, by one dimension or several joined by * (quote it); may be repeated.",
    ),
    click.option(
        "--indicator",
        multiple=True,
        callback=and_those_listed,
        metavar="N",
        help="Only this indicator, by its UN number (8.6.1); may be repeated. All, if none is named.",
    ),
    INDICATOR_LIST,
)
FURTHER = (
    click.option(
        "--definitions",
        is_flag=True,
        help="Also by other definitions of a migrant: by birth, citizenship, either, and arrived under 5 years ago.",
    ),
    click.option(
        "--standardise",
        multiple=True,
        type=_Standard(["age", "age*sex"]),
        help="Also rates standardised for age, or age and sex, by migratory status; may be repeated.",
    ),
    click.option(
        "--poverty-line",
        "lines",
        multiple=True,
        callback=poverty_lines,
        metavar="N=AMOUNT/PERIOD",
        help="The line of 1.1.1 or 1.2.1 for one person, in the currency of the extract: 1.1.1=3.00/day, "
        "1.2.1=950/month, 1.2.1=11400/year.",
    ),
    click.option(
        "--own-parities",
        is_flag=True,
        help="3.2.1 of a group by the mean parities of its own women, not by those of all women of the sample.",
    ),
)
SHOWN = (
    click.option(
        "--format",
        "formats",
        multiple=True,
        default=["csv,parquet"],
        show_default=True,
        callback=_formats,
        metavar="LIST",
        help="Formats of the estimates, joined by commas: csv, parquet, xlsx (a workbook to read and print), "
        "html (a report), sdmx (SDMX-CSV 2.0 and SDMX-ML 2.1 by the global SDG DSD, and all of them by our own), "
        "open-sdg (a folder for an Open SDG data repository); may be repeated.",
    ),
    click.option(
        "--dsd",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The DSD for sdmx: an SDMX-ML 2.1 file with its code lists. IAEG-SDGs:SDG(1.4), if none is named.",
    ),
    LANG,
    *PROTECTION,
    click.option(
        "--singleton",
        type=click.Choice(["centered", "certainty", "error"]),
        default="centered",
        show_default=True,
        help="What a stratum with a single cluster adds to the variance.",
    ),
    click.option(
        "--level",
        type=click.FloatRange(0, 100, min_open=True, max_open=True),
        callback=_level,
        default=95,
        show_default=True,
        metavar="PERCENT",
        help="Level of the confidence intervals.",
    ),
    click.option(
        "--reliability",
        multiple=True,
        callback=reliability,
        metavar="NAME=N,...",
        help="What flags a number as unreliable (U): fewer persons, fewer degrees of freedom, more percent of persons "
        "left out, a larger coefficient of variation in percent (30 is 0.3 in the column cv; of a percentage, only "
        "where its 95 % interval is wider than that many points, whatever --level is). "
        f"{EXAMPLE} where not given; may be repeated.",
    ),
    click.option(
        "--totals",
        is_flag=True,
        help="Also how many persons each share is of: a row of unit count beside it, with its standard error.",
    ),
)
NOT_OF_A_PART = (
    "formats",
    "dsd",
    "protect",
    "min_households",
    "group_disclosure",
    "singleton",
    "level",
    "reliability",
    "totals",
    "lang",
)  # parameters that only estimates have


def measuring_options(command: Command) -> Command:
    """Give a command the options of what is measured and how it is shown."""
    for option in reversed((*MEASURED, *FURTHER, *SHOWN, KEY, ALLOW_UNMAPPED, QUIET)):
        command = option(command)
    return command


def showing_options(command: Command) -> Command:
    """Give a command the options of how estimates are made and shown."""
    for option in reversed((*SHOWN, QUIET)):
        command = option(command)
    return command


def measure(work: Callable[..., RunResult], typed: str, asked: Sequence[str], quiet: bool, **options: Any) -> None:
    """Run `work` with the options, with progress and notes on stderr, then print the summary.

    typed: the mapping as the user named it, for commands to copy. asked: the numbers of --indicator.
    """
    from harmonize.cli.summary import print_summary

    options = protection_of(options)
    with ProgressLine(enabled=not quiet, first="" if compiled() else FIRST_RUN) as progress:
        result = work(progress=progress, tell=progress.note, **options)
    if not quiet:
        with outlasting():
            print_summary(result, typed, asked)
        unprotected = [NOT_PROTECTED] if result.run.get("protect") == "none" else []
        apart = [NOT_IN_SDMX] if any(path.name == "sdmx_notes.csv" for path in result.files) else []
        for text in (*result.run.get("notices", []), *unprotected, *apart, *result.about_files):
            if text not in progress.noted:
                progress.note(text)
