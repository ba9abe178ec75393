"""`harmonize explain`: what a code of `check` means, and what to do about it."""

from __future__ import annotations

import sys
from difflib import get_close_matches

import click

from harmonize.errors import UsageError


@click.command(
    name="explain",
    short_help="Say what a code of check means, and what to do.",
    epilog="""\b
Examples:
  harmonize explain M012
  harmonize explain unknown-category""",
)
@click.argument("code_or_variable")
def command(code_or_variable: str) -> None:
    """Print the page of a finding's code: what it finds, why that is bad, an example, and what to do instead.

    CODE_OR_VARIABLE is a code such as M012, or the name of its rule. All pages are in docs/rules.md.
    """
    from harmonize.lint.registry import PAGES

    by_name = {page.name: page for page in PAGES.values()}
    page = PAGES.get(code_or_variable.upper()) or by_name.get(code_or_variable.lower())
    if page is None:
        known = {word.lower(): word for word in (*PAGES, *by_name)}
        near = get_close_matches(code_or_variable.lower(), known, n=3)
        hint = f"did you mean {' or '.join(known[word] for word in near)}?" if near else f"codes: {', '.join(PAGES)}"
        raise UsageError(f"{code_or_variable}: check has no such code", hint)
    text = page.markdown()
    if sys.stdout.isatty():
        _in_colour(text)
    else:
        click.echo(text)


def _in_colour(markdown: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown, code_theme="ansi_dark"))
