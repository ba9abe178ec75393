"""Where the values of a variable come from, as `harmonize explain VARIABLE --mapping M` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from harmonize.mapping.model import Mapping
    from harmonize.rules.translation import Line

Rows = list[tuple[str, ...]]


def explain_variable(
    name: str, mapping_id: str, data: Sequence[Path], households: Sequence[Path], codebook: Path | None
) -> None:
    """Print the rule in words, then a row a code."""
    from harmonize.mapping import load_mapping
    from harmonize.variable_named import variable_of

    mapping = load_mapping(mapping_id, cases=False)
    variable = variable_of(name, mapping)
    rule = mapping.variables[name]
    click.echo(f"{name}: {variable.title}")
    for words in _about(mapping, name):
        click.echo(f"  {words}")
    if rule.unavailable is not None:
        return
    click.echo()
    seen = None
    if data:
        from harmonize.explained import seen_in

        seen = seen_in(name, mapping, list(data), households=list(households) or None, codebook=codebook)
        if seen is None:
            why = (
                f"it is the {rule.through[0]}'s" if rule.through else f"the extract has no {' or '.join(rule.columns)}"
            )
            click.echo(f"{name} is not counted by code: {why}.", err=True)
    if seen is None:
        _table(("column", "code", "label", "value", "if"), _of_rule(mapping, name, codebook))
        return
    head = (*seen.columns, "label", "value", "persons")
    _table(head, [(*codes, label, value, _few(persons)) for codes, label, value, persons in seen.rows], numbers=1)
    unseen = [row for row in _of_rule(mapping, name) if len(seen.columns) == 1 and not _occurs(row, seen.rows)]
    if unseen:
        click.echo("\nIn the mapping, and not in this extract:")
        _table(("column", "code", "label", "value", "if"), unseen)


def _about(mapping: Mapping, name: str) -> list[str]:
    """Where the rule stands and what it says of itself."""
    from harmonize.rules.translation import universe_words

    rule = mapping.variables[name]
    said = [f"{mapping.id} {mapping.version}, {rule.path}:{rule.line}"]
    if rule.unavailable is not None:
        return [*said, f"unavailable: {rule.unavailable}"]
    asked = universe_words(rule.universe)
    said += [f"asked of {asked}"] if asked else []
    said += [f"{key}: {value}" for key, value in (*rule.options.items(), *rule.reference.items())]
    return said


def _of_rule(mapping: Mapping, name: str, codebook: Path | None = None) -> Rows:
    """A row a line of the rule. A range has no label of its own: its codes have, where a codebook is given."""
    from harmonize.rules.translation import translation

    rows: Rows = []
    for line in translation(mapping.variables[name].rule):
        within = _labelled(line, codebook) if codebook and line.source else [(line.code, line.label)]
        rows += [(line.column, code, label, line.value, line.condition) for code, label in within]
    return rows


def _labelled(line: Line, codebook: Path) -> list[tuple[str, str]]:
    """The codes of the codebook that a line holds, with their labels; the line's own where there are none."""
    from harmonize.lint.codebook import Codebook
    from harmonize.rules.rule import Source

    column = Codebook([codebook]).column(Source(tuple(line.column.split(" or "))))
    held = column.matched([line.source]) if column and line.source else {}
    return [(code, column.labels[code]) for code in held] if column and held else [(line.code, line.label)]


def _occurs(row: tuple[str, ...], seen: Sequence[tuple[tuple[str, ...], str, str, int]]) -> bool:
    """Whether an extract has a code of the line; of ranges and conditions nothing is said."""
    _, code, _, _, condition = row
    if condition or not code or ".." in code or code.startswith("any"):
        return True
    return any(_same(code, codes[0]) for codes, _, _, _ in seen)


def _same(code: str, other: str) -> bool:
    from harmonize.rules.source_codes import number_of

    number = number_of(code)
    return code == other or (number is not None and number == number_of(other))


def _few(persons: int) -> str:
    from harmonize.unmapped import FEW

    return f"<{FEW}" if persons < FEW else f"{persons:,}"


def _table(head: tuple[str, ...], rows: Rows, numbers: int = 0) -> None:
    """Columns as wide as what they hold, the last `numbers` of them to the right; none that are empty."""
    kept = [i for i in range(len(head)) if any(row[i] for row in rows)]
    cells = [[row[i] for i in kept] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        shown = [
            f"{cell:>{width}}" if i >= len(row) - numbers else f"{cell:<{width}}"
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  " + "  ".join(shown).rstrip())
