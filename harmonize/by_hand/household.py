"""The values that come `through` a pointer: those of the mother or father in the same household."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harmonize.by_hand.row import Cell, Row
from harmonize.rules.fit import Link
from harmonize.rules.source_codes import compare_as_numbers
from harmonize.rules.through import pointer_codes
from harmonize.schema import NOT_APPLICABLE, UNKNOWN, VARIABLES


def through(link: Link, row: Row, members: Sequence[tuple[Row, dict[str, Any]]]) -> Any:
    """The value of the person whom the row points to. members: of its household, with what came out of each.

    not_applicable where the pointer is a code of nobody, unknown where it finds nobody; of a number, both None.
    """
    has_categories = bool(VARIABLES[link.variable].values)
    codes = pointer_codes(link.none)
    if row.key(link.pointer, compare_as_numbers(codes, None)).holds(codes):
        return NOT_APPLICABLE if has_categories else None
    wanted = _number(row.key(link.pointer))
    for member, result in members:
        if wanted is not None and _number(member.key(link.person)) == wanted:
            return result[link.source]
    return UNKNOWN if has_categories else None


def _number(cell: Cell) -> float | str | None:
    """Of a person: a number, or the text that stands for one."""
    return cell.text if cell.number is None else cell.number
