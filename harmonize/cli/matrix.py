"""The matrix of availability for a terminal: a short sign in each place, each reason once under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harmonize.cli.tables import lines_of, names_table
from harmonize.indicators.matrix import Column, Key, keys, totals
from harmonize.indicators.status import IndicatorStatus

WIDEST = 1000  # more than any table has


def matrix_lines(columns: Sequence[Column], numbers: Sequence[str], width: int) -> tuple[list[str], list[str]]:
    """The table as lines, with as many columns beside each other as `width` has room for; and what is under it."""
    series = keys(columns, numbers)
    notes: dict[str, int] = {}
    cells = [[_sign(column.found.get(key), notes) for column in columns] for key in series]
    heads = _heads(columns)
    lines: list[str] = []
    for first, last in _blocks(series, heads, cells, width):
        table = names_table(*heads[first:last])
        for key, row in zip(series, cells, strict=True):
            table.add_row(*key, *row[first:last])
        lines += ["", *lines_of(table, WIDEST)] if lines else lines_of(table, WIDEST)
    blank = any(not cell for row in cells for cell in row)
    return lines, [
        *(f"{number:>3}  {words}" for words, number in notes.items()),
        *(["blank: that run was not asked for the indicator"] if blank else []),
        *(["A mapping says what its samples can have at most."] if any(not each.sample for each in columns) else []),
        *(f"{head}: {totals(column, numbers)}" for head, column in zip(heads, columns, strict=True)),
    ]


def _sign(status: IndicatorStatus | None, notes: dict[str, int]) -> str:
    """`exact`, `proxy 3 7`, `- 12`: the numbers are of `notes`, words to number, which grows."""
    if status is None:
        return ""
    if not status.reasons:
        return status.status
    words = []
    for each in status.reasons:
        # a note for each variable that is lacking; what else there is none of follows from those of other series
        words += [f"needs {name}" for name in status.missing] if each.code == "missing_variable" else [each.words]
    found = sorted(notes.setdefault(text, len(notes) + 1) for text in words)
    return " ".join(["-" if status.status == "unavailable" else status.status, *map(str, found)])


def _heads(columns: Sequence[Column]) -> list[str]:
    """`CRI 2011`, else the sample, else with the folder, whatever tells the columns apart; a mapping's name."""
    short = [f"{each.country} {each.year}" if each.country else each.sample or each.source for each in columns]
    named = [f"{each.source} {each.sample}".strip() for each in columns]
    seen = Counter(short)
    return [head if seen[head] == 1 else name for head, name in zip(short, named, strict=True)]


def _blocks(
    series: Sequence[Key], heads: Sequence[str], cells: Sequence[Sequence[str]], width: int
) -> list[tuple[int, int]]:
    """(first, last) of the columns that stand beside each other; at least one, however narrow."""
    names = sum(max(len(key[part]) for key in series) + 2 for part in (0, 1))
    blocks: list[tuple[int, int]] = []
    room = 0
    for at, head in enumerate(heads):
        wide = max(len(head), *(len(row[at]) for row in cells)) + 2
        if not blocks or wide > room:
            blocks.append((at, at + 1))
            room = width - names - wide
        else:
            blocks[-1] = (blocks[-1][0], at + 1)
            room -= wide
    return blocks
