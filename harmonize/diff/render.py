"""Changes and their effect as text: for a terminal, for a pull request, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harmonize.diff.sections import Change

Rows = Sequence[Mapping[str, Any]]
COLUMNS = ("indicator", "series", "group", "before", "after", "persons")
MOST = 50  # numbers that a person is shown; programs get all


def text(found: Sequence[Change], effect: Rows | None) -> str:
    """A block for each variable, `!` before what is breaking; then the numbers that differ."""
    rows: list[str] = []
    about = ""
    for change in found:
        if change.about != about:
            about = change.about
            rows += ["", about] if rows else [about]
        rows.append(f"  {'!' if change.breaking else ' '} {change.words}")
    if effect is None:
        return "\n".join(rows)
    if not effect:
        return "\n".join([*rows, "", "No number differs."])
    cells = [COLUMNS, *(tuple(str(row[name]) for name in COLUMNS) for row in effect[:MOST])]
    widths = [max(len(row[i]) for row in cells) for i in range(len(COLUMNS))]
    lines = [
        "  ".join(
            f"{cell:>{width}}" if i > 2 else f"{cell:<{width}}"
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    return "\n".join([*rows, "", *(line.rstrip() for line in lines), *_more(effect)])


def markdown(found: Sequence[Change], effect: Rows | None) -> str:
    """Tables for a pull request."""
    rows = ["| | variable | change |", "|---|---|---|"]
    rows += [f"| {'breaking' if each.breaking else ''} | `{each.about}` | {_escaped(each.words)} |" for each in found]
    if not found:
        rows = ["No rule changed."]
    if effect is not None:
        rows += (
            ["", f"| {' | '.join(COLUMNS)} |", "|---|---|---|--:|--:|--:|"] if effect else ["", "No number differs."]
        )
        rows += [f"| {' | '.join(_escaped(str(row[name])) for name in COLUMNS)} |" for row in effect[:MOST]]
        rows += [f"\n{line}" for line in _more(effect)]
    return "\n".join(rows)


def as_json(found: Sequence[Change], effect: Rows | None) -> str:
    """{changes: [{about, words, breaking}], numbers: [...] or null}."""
    listed = [{"about": each.about, "change": each.words, "breaking": each.breaking} for each in found]
    return json.dumps(
        {"changes": listed, "numbers": None if effect is None else [dict(row) for row in effect]}, indent=2
    )


def _more(effect: Rows) -> list[str]:
    further = len(effect) - MOST
    return [f"... and {further} more numbers (--output-format json has all)"] if further > 0 else []


def _escaped(words: str) -> str:
    return words.replace("|", "\\|").replace("->", "→")


RENDER: dict[str, Callable[[Sequence[Change], Rows | None], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
