"""`harmonize explain`: what a code of `check` means, or where the values of a variable come from."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

import click

from harmonize.cli.options import CODEBOOK, FILE, HOUSEHOLDS
from harmonize.errors import UsageError


@click.command(
    name="explain",
    short_help="Say what a code of check means, or where a variable's values come from.",
    epilog="""\b
Examples:
  harmonize explain M012
  harmonize explain unknown-category
  harmonize explain labour_force_status --mapping ipums/international
  harmonize explain labour_force_status --mapping ipums/international \\
      --data examples/census/persons.csv.gz""",
)
@click.argument("code_or_variable")
@click.option("--mapping", metavar="MAPPING", help="Explain a variable of this mapping, an id or a path.")
@click.option(
    "--data",
    multiple=True,
    type=FILE,
    metavar="FILE",
    help="Also count the persons of this extract by code; may be repeated.",
)
@HOUSEHOLDS
@CODEBOOK
def command(
    code_or_variable: str, mapping: str | None, data: tuple[Path, ...], households: tuple[Path, ...],
    codebook: Path | None,
) -> None:  # fmt: skip
    """Print the page of a finding's code: what it finds, why that is bad, an example, and what to do instead.

    With --mapping, where the values of a variable come from: code by code, with the labels of the codebook and, with
    --data, how many persons have each (not exactly where they are few). CODE_OR_VARIABLE is a code such as M012, the
    name of its rule, or a variable of the schema. The pages of all codes are in docs/rules.md.
    """
    if mapping is not None:
        from harmonize.lint.registry import PAGES

        if code_or_variable.upper() in PAGES:
            raise UsageError(
                f"{code_or_variable} is a code of check, and the same of every mapping", "Leave --mapping out."
            )
        from harmonize.cli.explain_variable import explain_variable

        explain_variable(code_or_variable, mapping, data, households, codebook)
        return
    for name, given in (("--data", data), ("--households", households), ("--codebook", codebook)):
        if given:
            raise UsageError(f"{name} needs --mapping", "It counts the codes behind a variable of a mapping.")
    _explain_code(code_or_variable)


def _explain_code(name: str) -> None:
    from harmonize.lint.registry import PAGES

    by_name = {page.name: page for page in PAGES.values()}
    page = PAGES.get(name.upper()) or by_name.get(name.lower())
    if page is None:
        from harmonize.schema import VARIABLES

        if name in VARIABLES:
            raise UsageError(f"{name}: of which mapping?", f"harmonize explain {name} --mapping ipums/international")
        known = {word.lower(): word for word in (*PAGES, *by_name, *VARIABLES)}
        near = get_close_matches(name.lower(), known, n=3)
        hint = f"did you mean {' or '.join(known[word] for word in near)}?" if near else f"codes: {', '.join(PAGES)}"
        raise UsageError(f"{name}: check has no such code", hint)
    text = page.markdown()
    if sys.stdout.isatty():
        _in_colour(text)
    else:
        click.echo(text)


def _in_colour(markdown: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown, code_theme="ansi_dark"))
