"""What two mappings say differently, one change a line, as a reviewer would put it.

Breaking is what may change a number that was published before, or stops a run that went through: a code that means
something else or nothing, another column, weight, universe or concept. What is only added, and words, are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

from harmonize.mapping.model import Mapping, VariableRule
from harmonize.rules.translation import ELSE, Line, translation, universe_words

EXPANDED = 5_000  # a range of at most so many whole numbers is compared code by code
#: One line of a rule: branch, column, code, and its value.
Key = tuple[str, str, str]
#: parts of a mapping that are compared by field, and what has no field of its own there
SECTIONS = ("unit", "sample", "include", "design", "keys", "read")
_WORDS = ("version", "title", "source")


@dataclass(frozen=True)
class Change:
    """One change. about: the variable, or the section of the mapping."""

    about: str
    words: str
    breaking: bool


def changes(old: Mapping, new: Mapping) -> list[Change]:
    """All changes, of the sections first, then of the variables in the order of the new mapping."""
    found = [
        Change(name, f"{name}: {_text(before)} -> {_text(after)}", False)
        for name in _WORDS
        if (before := getattr(old, name)) != (after := getattr(new, name)) and name != "source"
    ]
    for name in SECTIONS:
        found += _of_section(name, getattr(old, name), getattr(new, name))
    for name, rule in new.variables.items():
        found += _of_variable(old.variables.get(name), rule)
    gone = [name for name in old.variables if name not in new.variables]
    return [*found, *(Change(name, "no longer mapped", True) for name in gone)]


def _of_section(name: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if old is None or new is None or isinstance(old, str):
        yield Change(name, f"{_text(old)} -> {_text(new)}", True)
        return
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name != "path":
            words = field.name.replace("_", " ")
            yield Change(name, f"{words}: {_text(before)} -> {_text(after)}", True)


def _of_variable(old: VariableRule | None, new: VariableRule) -> Iterator[Change]:
    name = new.name
    if old is None:
        how = (
            f"unavailable: {new.unavailable}" if new.unavailable else f"new, from {', '.join(new.columns) or new.kind}"
        )
        yield Change(name, how, False)
        return
    if new.unavailable != old.unavailable and (new.unavailable is None or old.unavailable is None):
        was = "unavailable" if old.unavailable is not None else "available"
        yield Change(
            name, f"{was} before, now it is {'not' if was == 'available' else 'available'}", was == "available"
        )
        if was == "available":
            return
    for key in sorted({*old.options, *new.options}):
        if old.options.get(key) != new.options.get(key):
            yield Change(name, f"{key}: {_text(old.options.get(key))} -> {_text(new.options.get(key))}", True)
    if old.universe != new.universe:
        before, after = (universe_words(each.universe) or "everybody" for each in (old, new))
        if before != after:
            yield Change(name, f"asked of {before} -> {after}", True)
    if old.optional != new.optional:
        told = "may now be absent from an extract" if new.optional else "must now be in every extract"
        yield Change(name, told, not new.optional)
    yield from _of_lines(name, translation(old.rule), translation(new.rule))


def _of_lines(name: str, old: list[Line], new: list[Line]) -> Iterator[Change]:
    read = [{_first(line.column): line.column for line in lines if line.column} for lines in (old, new)]
    for first in read[0].keys() & read[1].keys():
        was_, now_ = read[0][first], read[1][first]
        if was_ != now_:
            yield Change(name, f"read from {was_} -> {now_}", not now_.startswith(was_))
    before, after = _table(old), _table(new)
    moved = [(key, value, after[key]) for key, value in before.items() if key in after and after[key] != value]
    gone = [(key, value, "") for key, value in before.items() if key not in after]
    fresh = [(key, "", value) for key, value in after.items() if key not in before]
    shared = [list(dict.fromkeys(line.condition for line in lines)) for lines in (old, new)]
    both = [[each for each in own if each in other] for own, other in (shared, shared[::-1])]
    if both[0] != both[1]:
        yield Change(name, "the branches stand in another order; the first that holds counts", True)
    for rows, words, breaking in (
        (moved, "{codes}: {old} -> {new}", True),
        (gone, "{codes}: {old} -> not mapped", True),
        (fresh, "{codes}: {new}, new", False),
    ):
        for codes, was, now in _together(rows):
            # a branch that is new takes rows from those after it
            branch = codes.startswith("if ")
            yield Change(name, words.format(codes=codes, old=was, new=now), breaking or branch)


def _table(lines: list[Line]) -> dict[Key, str]:
    """The value of each code; of a code in two lines of a branch, the first."""
    found: dict[Key, str] = {}
    for line in lines:
        for code in _each(line):
            found.setdefault((line.condition, _first(line.column), code), line.value)
    return found


def _first(column: str) -> str:
    """Of candidates the first, by which the rule is known."""
    return column.partition(" or ")[0]


def _each(line: Line) -> list[str]:
    """The codes of a range, or the one."""
    code = line.source
    if code is None or not code.is_range or code.low is None or code.high is None or code.high - code.low > EXPANDED:
        return [line.code]
    width = code.padded_width
    return [str(number).zfill(width) for number in range(int(code.low), int(code.high) + 1)]


def _together(rows: list[tuple[Key, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Codes of one branch and column that change alike, as one: `if X = 1, SEX 1..3, 5`."""

    def alike(row: tuple[Key, str, str]) -> tuple[str, str, str, str]:
        (condition, column, _), old, new = row
        return condition, column, old, new

    order = {each: number for number, each in enumerate(dict.fromkeys(map(alike, rows)))}
    for (condition, column, old, new), group in groupby(sorted(rows, key=lambda row: order[alike(row)]), key=alike):
        codes = _runs([code for (_, _, code), _, _ in group])
        branch = "" if not condition else "else" if condition == ELSE else f"if {condition}"
        own = f"{column} {codes}".strip()
        yield f"{branch}, {own}" if branch and own else branch or own or "always", old, new


def _runs(codes: list[str]) -> str:
    """`1..3, 5`: whole numbers that follow each other as ranges."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and code.isdigit() and runs[-1][-1].isdigit() and int(code) == int(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)


def _text(value: Any) -> str:
    if value is None or value == () or value == "":
        return "none"
    if isinstance(value, tuple):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "columns") and hasattr(value, "lookup"):
        return f"from {' or '.join(value.columns)}" + (f" by {value.lookup}" if value.lookup else "")
    if hasattr(value, "column"):
        none = getattr(value, "none", ())
        return f"{value.column}{f' (nobody: {_text(none)})' if none else ''}"
    if hasattr(value, "method"):
        return f"{value.words}, {value.method}"
    if hasattr(value, "condition"):
        return f"{value.condition} ({value.reason})"
    return f"{value:g}" if isinstance(value, float) else str(value)
