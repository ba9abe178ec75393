"""What each kind of rule makes of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from harmonize.by_hand.conditions import condition_holds
from harmonize.by_hand.outcome import UNMAPPED, Outcome, within
from harmonize.by_hand.row import Cell, Row
from harmonize.rules.bands import BandsRule
from harmonize.rules.codes import CodesRule
from harmonize.rules.number import NumberRule
from harmonize.rules.targets import MISSING, Entry
from harmonize.rules.value import ValueRule
from harmonize.rules.when import WhenRule
from harmonize.schema.variable import NOT_APPLICABLE, Variable


def outcome_of(body: Any, row: Row, variable: Variable) -> Outcome:
    """What a rule of any kind that reads cells makes of the row."""
    return KINDS[type(body)](body, row, variable)


def of_codes(body: CodesRule, row: Row, variable: Variable) -> Outcome:
    """The value whose codes hold the cell. Unmapped: a code not listed, blank included."""
    return _of_entries(row.cell(body.source, body.kind), body.entries, variable)


def of_number(body: NumberRule, row: Row, variable: Variable) -> Outcome:
    """The number in the cell. Unmapped: no number, or outside the bounds of the rule or the variable."""
    cell = row.cell(body.source, "number")
    missing, interval = cell.value(body.missing), cell.value(body.intervals)
    if missing is not None:
        return _of_value(missing, variable)
    number, bounds = cell.number, body.bounds
    if number is None or number < bounds.get("min", number) or number > bounds.get("max", number):
        return UNMAPPED
    scaled = number * bounds.get("scale", 1.0)
    low, high = interval or (scaled, scaled)
    if (variable.minimum is not None and low < variable.minimum) or (
        variable.maximum is not None and low > variable.maximum
    ):
        return UNMAPPED
    return within(low, high)


def of_bands(body: BandsRule, row: Row, variable: Variable) -> Outcome:
    """The band whose codes hold the cell. Unmapped: a code of no band."""
    cell = row.cell(body.source, body.kind)
    missing, band = cell.value(body.missing), cell.value(body.bands)
    if band is not None:
        return within(*band)
    return UNMAPPED if missing is None else _of_value(missing, variable)


def of_constant(body: ValueRule, row: Row, variable: Variable) -> Outcome:
    """The same for every row."""
    return _of_value(body.value, variable)


def of_when(body: WhenRule, row: Row, variable: Variable) -> Outcome:
    """The first branch that holds. Unmapped: none does, or a bare `else` of a code that nothing mentions.

    All branches are worked out, not that one alone: where codes collide, this is told whichever the row takes.
    """
    source_of = {name: source for source in body.columns for name in source.names}
    outcomes = [outcome_of(branch.body, row, variable) for branch in body.branches]
    if body.missing:
        cell = row.cell(body.columns[0], body.kind)
        if cell.value(body.missing) is not None:
            return _of_entries(cell, body.missing, variable)
    for branch, outcome in zip(body.branches, outcomes, strict=True):
        if branch.condition is None:
            return UNMAPPED if branch.bare and not _known(body, row) else outcome
        if condition_holds(branch.condition, lambda name: row.cell(source_of[name], body.kind)):
            return outcome
    return UNMAPPED


KINDS: dict[type, Callable[[Any, Row, Variable], Outcome]] = {
    CodesRule: of_codes,
    NumberRule: of_number,
    BandsRule: of_bands,
    ValueRule: of_constant,
    WhenRule: of_when,
}


def _of_entries(cell: Cell, entries: Sequence[Entry], variable: Variable) -> Outcome:
    value = cell.value(entries)
    return UNMAPPED if value is None else _of_value(value, variable)


def _of_value(value: str | float, variable: Variable) -> Outcome:
    """A category or text as it is; a number, or why there is none."""
    if variable.kind != "number":
        return Outcome(value)
    return Outcome(None, na=value == NOT_APPLICABLE) if value in MISSING else within(float(value), float(value))


def _known(body: WhenRule, row: Row) -> bool:
    """Whether every column that conditions or branches read holds a code that they mention."""
    codes = body.codes()
    mentioned = ((source, codes[source.names[0]]) for source in body.columns)
    return all(row.cell(source, body.kind).holds(listed) for source, listed in mentioned if listed)
