"""`harmonize apply`: flags only."""

from __future__ import annotations

from pathlib import Path

import click

from harmonize.cli.advising import advising
from harmonize.cli.options import ALLOW_UNMAPPED, CODEBOOK, FILE, HOUSEHOLDS, LANG, LOCAL, QUIET
from harmonize.cli.progress import ProgressLine


@click.command(
    name="apply",
    short_help="Write harmonised microdata of an extract.",
    epilog="""\b
Examples:
  harmonize apply ipums/international examples/census/persons.csv.gz \\
      -o harmonised.parquet
  harmonize tabulate harmonised.parquet -o out/

\b
Exit code: 0 done, 1 the mapping has errors, 2 usage, 3 a data file can't be
read, 4 data and mapping don't fit, 5 the output can't be written,
130 interrupted.""",
)
@click.argument("mapping")
@click.argument("data", nargs=-1, required=True, type=FILE)
@click.option(
    "-o",
    "--out",
    required=True,
    type=LOCAL,
    metavar="FILE",
    help="The file to write: .parquet, .csv, .sav or .dta. Beside it FILE.meta.json, FILE.ddi.xml say what it is.",
)
@HOUSEHOLDS
@CODEBOOK
@ALLOW_UNMAPPED
@LANG
@QUIET
def command(
    mapping: str,
    data: tuple[Path, ...],
    out: Path,
    households: tuple[Path, ...],
    codebook: Path | None,
    allow_unmapped: bool,
    lang: str,
    quiet: bool,
) -> None:
    """Write the persons of DATA as MAPPING harmonises them, in the common schema.

    The file has the schema's variables, and _sample _household _person _stratum _cluster _weight. Persons whom
    the mapping doesn't include are in it, marked in _include: their clusters belong to the design. It holds
    person records: guard it as you guard DATA.

    \b
    In .sav and .dta categories are codes with labels, and unknown and not
    applicable are missing values: -1 and -2 in SPSS (of amounts that may be
    negative, 15 digits), .a and .b in Stata. SPSS has no name that begins
    with _: there it is harmonize_sample, harmonize_weight and so on; Stata
    none of over 32 letters: those are shortened, and labels too where they
    are longer than the format allows. These two formats are made in memory,
    with all rows in it; .parquet and .csv piece by piece.

    \b
    Beside FILE stand
      FILE.meta.json        what tabulate needs: move the two together
      FILE.ddi.xml          the codebook, DDI-Codebook 2.5: each variable with
                            its labels, universe, source columns and rule
      FILE.dictionary.csv   of a .csv: a row for each code
    The codebooks count nothing but rows. A .parquet has title, source and
    labels in its own metadata too.
    """
    from harmonize.apply import apply

    with ProgressLine(enabled=not quiet) as progress, advising(mapping, data):
        done = apply(
            mapping,
            list(data),
            out,
            households=list(households) or None,
            codebook=codebook,
            allow_unmapped=allow_unmapped,
            lang=lang,
            progress=progress,
            tell=progress.note,
        )
    if not quiet:
        variables = len(done.description.content["variables"])
        what = f"{variables} variable{'' if variables == 1 else 's'} of the common schema"
        click.echo(f"{done.data}: {done.rows:,} row{'' if done.rows == 1 else 's'}, {what}", err=True)
        click.echo(f"  beside it: {', '.join(path.name for path in done.beside)}", err=True)
        if not variables:
            click.echo(f"warning: nothing of {mapping} is in this extract; harmonize inspect shows what is", err=True)
