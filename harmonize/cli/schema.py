"""`harmonize schema`: the common schema, whole or one variable."""

from __future__ import annotations

import shutil
import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from harmonize.cli.options import LANG
from harmonize.errors import UsageError

if TYPE_CHECKING:
    from harmonize.schema import Variable
    from harmonize.words import Words

WIDTH = 78  # of the lines, at most
NARROWEST = 30  # of a text beside its name: with less room it stands under it


@click.command(
    name="schema",
    short_help="Print the variables a mapping can fill, with their categories.",
    epilog="""\b
Examples:
  harmonize schema
  harmonize schema labour_force_status
  harmonize schema --lang fr""",
)
@click.argument("variable", required=False)
@LANG
def command(variable: str | None, lang: str) -> None:
    """Print the common schema by topic, or all that is known about one VARIABLE.

    Names are the same in every language; with --lang titles stand beside them.
    """
    from harmonize.schema import VARIABLES
    from harmonize.words import words_in

    words = words_in(lang)

    if variable is None:
        click.echo(_overview(list(VARIABLES.values()), words))
    elif variable in VARIABLES:
        click.echo(_one(VARIABLES[variable], words))
    elif _is_derived(variable):
        raise UsageError(
            f"{variable} is not filled by a mapping: it is derived from what mappings fill",
            "harmonize run has tables by it; docs/methods.md says how it is derived",
        )
    else:
        near = get_close_matches(variable, VARIABLES, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "harmonize schema lists them all"
        raise UsageError(f"no variable {variable!r} in the common schema", hint)


def _is_derived(name: str) -> bool:
    from harmonize.derivations import DERIVATIONS

    return name in {"migratory_status", *(each.NAME for each in DERIVATIONS)}


def _contents(variable: Variable) -> str:
    """The categories, the unit, or what kind of text it holds."""
    if variable.kind == "place":
        extra = f", {', '.join(variable.categories[-1:])}" if variable.categories[-1:] == ("stateless",) else ""
        return f"a country or area: ISO 3166-1, historic codes, M49, domestic, foreign_unspecified{extra}"
    if variable.kind == "category":
        return ", ".join(variable.categories)
    return variable.unit or {"text": "text", "records": "records of their own"}.get(variable.kind, "number")


def _overview(variables: list[Variable], words: Words) -> str:
    indent = max(len(variable.name) for variable in variables) + 3
    rows: list[str] = []
    topic = ""
    for variable in variables:
        if variable.topic != topic:
            topic = variable.topic
            rows += ["", topic] if rows else [topic]
        titled = words.lang != "en"
        rows += _entry(variable.name, words(variable.title) if titled else _contents(variable), indent)
    rows += ["", "All with categories also have unknown and not_applicable."]
    return "\n".join(rows)


def _one(variable: Variable, words: Words) -> str:
    rows = [*_wrapped(f"{variable.name}: {words(variable.title)}", _width()), ""]
    facts = {
        "topic": variable.topic,
        "kind": variable.kind,
        "values": _contents(variable) if variable.kind in ("category", "place") else "",
        "also": "unknown, not_applicable" if variable.values else "",
        "unit": variable.unit,
        "range": _range(variable),
        "universe": variable.universe,
        "standard": variable.standard,
    }
    for name, options in variable.options.items():
        facts[f"{name}:"] = ", ".join(options) or "any text"
    width = max(len(name) for name in facts) + 3
    for name, text in facts.items():
        if text:
            rows += _entry(name, text, width)
    return "\n".join(rows)


def _range(variable: Variable) -> str:
    low, high = variable.minimum, variable.maximum
    if low is None and high is None:
        return ""
    return f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip()


def _width() -> int:
    return min(shutil.get_terminal_size().columns - 2, WIDTH)


def _entry(name: str, text: str, indent: int) -> list[str]:
    """The name, and the text beside it from column `indent` on, or under it."""
    room = _width() - indent
    if room < NARROWEST:
        return [f"  {name}", *(f"    {line}" for line in _wrapped(text, _width() - 4))]
    first, *more = _wrapped(text, room)
    return [f"  {name:<{indent - 2}}{first}", *(" " * indent + line for line in more)]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, NARROWEST), break_on_hyphens=False, break_long_words=False) or [""]
