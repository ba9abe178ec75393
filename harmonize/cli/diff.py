"""`harmonize diff`: what changed between two versions of a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from harmonize.cli.options import ALLOW_UNMAPPED, CODEBOOK, FILE, HOUSEHOLDS

DECIMALS = 1


@click.command(
    name="diff",
    short_help="Say what changed between two versions of a mapping.",
    epilog="""\b
Examples:
  harmonize diff ipums/international mappings/ipums/international.yaml
  harmonize diff ipums/international mappings/ipums/international.yaml \\
      --data examples/census/persons.csv.gz --indicator 8.6.1

\b
In a pull request:
  git worktree add ../base main; \\
      harmonize diff ../base/mappings/mex.yaml mappings/mex.yaml \\
      --output-format markdown

\b
Exit code: 0 nothing breaking, 1 a change of meaning, numbers that differ, or
an error in a mapping, 2 usage, 3 or 4 the data, as for run.""",
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--data",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Also measure this extract with both, and say which numbers differ; may be repeated.",
)
@HOUSEHOLDS
@CODEBOOK
@click.option("--indicator", multiple=True, metavar="NUMBER", help="With --data: these alone, e.g. 8.6.1.")
@ALLOW_UNMAPPED
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="markdown is for a pull request, json for programs.",
)
@click.pass_context
def command(
    ctx: click.Context, old: str, new: str, data: tuple[Path, ...], indicator: tuple[str, ...], output_format: str,
    households: tuple[Path, ...], codebook: Path | None, allow_unmapped: bool,
) -> None:  # fmt: skip
    """Say how the rules of NEW differ from those of OLD: two mappings, each an id or a path.

    A change is breaking (!) if it may change a number that was published, or stops a run that went through: a code
    that means something else or nothing, another column, weight, universe or concept. A code or a variable that is
    added is not, unless something else was read or derived in its place. With
    --data the levels of everybody and by each variable are measured with both, protected as in a release, and those
    that differ are shown, with how many persons more or fewer are counted.
    """
    from harmonize.diff.changes import changes
    from harmonize.diff.render import RENDER
    from harmonize.mapping import load_mapping

    found = changes(*(load_mapping(each, cases=False) for each in (old, new)))
    effect, hidden = None, 0
    if data:
        options = {"indicators": indicator, "codebook": codebook, "allow_unmapped": allow_unmapped}
        effect, hidden = _effect(old, new, data, households=list(households) or None, **options)
    printed = RENDER[output_format](found, effect)
    if printed:
        click.echo(printed)
    breaking = sum(change.breaking for change in found)
    told = f"{len(found)} {'change' if len(found) == 1 else 'changes'}, {breaking} breaking"
    if effect is not None:
        told += f"; {len(effect)} numbers differ" + (f", {hidden} are suppressed with both" if hidden else "")
    click.echo(told, err=True)
    ctx.exit(1 if breaking or effect else 0)


def _effect(old: str, new: str, data: tuple[Path, ...], **options: Any) -> tuple[list[dict[str, str]], int]:
    """The numbers that differ, as text, and how many are not shown with either mapping."""
    from harmonize.diff.measured import measured, persons

    differ, hidden = measured(old, new, list(data), **options)
    rows = differ.to_dicts()
    several = len({row["sample"] for row in rows}) > 1
    return [
        {
            "indicator": row["indicator"],
            "series": row["series"] + (f" {row['sample']}" if several else ""),
            "group": row["group"],
            "before": _number(row["old"], row["there"]),
            "after": _number(row["new"], row["there_new"]),
            "persons": persons(row["old_n"], row["new_n"]),
        }
        for row in rows
    ], hidden


def _number(value: float | None, there: bool | None) -> str:
    if not there:
        return "not measured"
    return "not shown" if value is None else f"{value:,.{DECIMALS}f}"
