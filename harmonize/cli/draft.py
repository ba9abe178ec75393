"""`harmonize draft`: a first mapping from what an office has."""

from __future__ import annotations

import re
from pathlib import Path

import click

from harmonize.cli.options import FILE
from harmonize.errors import OutputError, UsageError


def _country(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from harmonize.schema.places import COUNTRIES

    if value is not None and value.upper() not in COUNTRIES:
        raise click.BadParameter(f"'{value}' is no ISO 3166-1 alpha-3 code, such as MEX")
    return value and value.upper()


def _id(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", value):
        raise click.BadParameter(f"'{value}' is no id, such as mex/2020-census")
    return value


@click.command(
    name="draft",
    short_help="Write a first mapping from a codebook or data, to review.",
    epilog="""\b
Examples:
  harmonize draft examples/census/persons.csv.gz --country KEN --year 2019 \\
    -o draft.yaml
  harmonize check draft.yaml

\b
Exit code: 0 done, 1 the mapping to update has errors, 2 usage, or no source
tells country or year, 3 a source can't be read or nothing in it fits,
5 FILE can't be written.""",
)
@click.argument("source", nargs=-1, required=True, type=FILE)
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there, not to stdout.")
@click.option(
    "--codebook",
    type=FILE,
    metavar="FILE",
    help="The codebook of the data: it comes before what they say of themselves.",
)
@click.option("--country", metavar="ISO3", callback=_country, help="The country of enumeration, e.g. MEX.")
@click.option("--year", type=click.IntRange(1700, 2200), metavar="YYYY", help="The census year.")
@click.option("--id", "mapping_id", metavar="ID", callback=_id, help="The mapping's id; else the name of FILE.")
@click.option(
    "--update",
    type=click.Path(path_type=Path),
    metavar="MAPPING",
    help="Write this mapping with what the sources add: variables and codes that it lacks. What it has stays.",
)
def command(
    source: tuple[Path, ...],
    out: Path | None,
    codebook: Path | None,
    country: str | None,
    year: int | None,
    mapping_id: str | None,
    update: Path | None,
) -> None:
    """Propose a mapping for SOURCE: codebooks (DDI .xml, .sav, .dta, ...), a dictionary (.csv, .dicx), or data alone.

    Variables and codes are proposed by name and label in English, Spanish, French and Portuguese, each with how sure
    that is (0 to 1) in a comment; what could not be proposed is listed at the end. It passes `harmonize check` as it
    stands, and is to be reviewed line by line.
    """
    from harmonize.draft import draft

    if out is not None and out.is_file() and not (update is not None and update.is_file() and out.samefile(update)):
        raise OutputError(
            f"{out}: there is such a file, and what was reviewed in it would be lost",
            f"name another with -o, or add to it: --update {out} -o {out}",
        )
    if update is not None:
        if mapping_id or country or year:
            raise UsageError(
                "--update takes id, country and year from the mapping", "leave --id, --country and --year out"
            )
        from harmonize.draft.update import updated

        text, said = updated(update, source, codebook)
    else:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", out.stem if out else "").strip("-") or "draft"
        text = draft(source, mapping_id or stem, codebook, country, year)
        said = f"{out}: to be reviewed line by line; then: harmonize check {out}" if out else ""
    if out is None:
        click.echo(text, nl=False)
    else:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OutputError.of(out, error) from error
    if said:
        click.echo(said, err=True)
