"""What two mappings say differently, one change a line, as a reviewer would put it.

Breaking is what may change a number that was published before, or stops a run that went through: a code that means
something else or nothing, another column, weight, universe or concept. What is only added, and words, are not.
Nor is another way to write a number, `01` for `1`, where the rule says that its codes are numbers: elsewhere the
codebook of an extract may say that they are text. `..99` and `0..99` are never the same: they differ by the negative
codes, and no mapping says that a column has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from itertools import groupby

from harmonize.derivations import DERIVATIONS
from harmonize.diff.sections import Change, of_sections, text
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.rules.source_codes import Code
from harmonize.rules.translation import ELSE, Line, translation, universe_words

EXPANDED = 5_000  # a range of at most so many whole numbers is compared code by code
DERIVED = frozenset(derivation.NAME for derivation in DERIVATIONS)  # without a rule they come from other variables


@dataclass(frozen=True)
class Key:
    """One line of a rule: its branch, the first of its columns, the code as it compares, and how to show it."""

    branch: str
    column: str
    code: tuple[str, bool]

    @property
    def shown(self) -> str:
        """`blank` for a missing cell, `"blank"` for that text."""
        words, blank = self.code
        return f'"{words}"' if words == "blank" and not blank else words


Row = tuple[Key, str, str]  # and the value before and after; empty for none


def changes(old: Mapping, new: Mapping) -> list[Change]:
    """All changes, of the sections first, then of the variables in the order of the new mapping."""
    found = list(of_sections(old, new))
    for name, rule in new.variables.items():
        found += _of_variable(old.variables.get(name), rule)
    for name, rule in old.variables.items():
        if name not in new.variables:
            found.append(Change(name, "no longer mapped", rule.unavailable is None))
    return found


def _of_variable(old: VariableRule | None, new: VariableRule) -> Iterator[Change]:
    name = new.name
    if old is None:
        if new.unavailable is not None:
            yield Change(name, f"unavailable: {new.unavailable}", False)
        else:
            derived = " (it was derived before)" if name in DERIVED else ""
            yield Change(name, f"new, from {', '.join(new.columns) or new.kind}{derived}", bool(derived))
        return
    if new.unavailable is not None or old.unavailable is not None:
        if new.unavailable is None:
            yield Change(name, "unavailable before, now it is available", name in DERIVED)
        elif old.unavailable is None:
            yield Change(name, "available before, now it is not", True)
        return
    for key in sorted({*old.options, *new.options}):
        if old.options.get(key) != new.options.get(key):
            yield Change(name, f"{key}: {text(old.options.get(key))} -> {text(new.options.get(key))}", True)
    if old.universe != new.universe:
        before, after = (universe_words(each.universe) or "everybody" for each in (old, new))
        if before != after:
            yield Change(name, f"asked of {before} -> {after}", True)
    if old.optional != new.optional:
        told = "may now be absent from an extract" if new.optional else "must now be in every extract"
        yield Change(name, told, not new.optional)
    kinds = [getattr(each.rule.body, "kind", None) for each in (old, new)]
    if kinds[0] != kinds[1]:
        told = " -> ".join("by the codebook" if kind is None else f"as {kind}" for kind in kinds)
        yield Change(name, f"codes are compared {told}", True)
    yield from _columns(name, old, new)
    yield from _of_lines(name, translation(old.rule), translation(new.rule))


def _columns(name: str, old: VariableRule, new: VariableRule) -> Iterator[Change]:
    """Candidates of a column: those that are added at the end are read only where an extract had none."""
    before, after = ({source.names[0]: source.names for source in each.rule.sources} for each in (old, new))
    for first in (each for each in before if each in after):
        was, now = before[first], after[first]
        if was != now:
            yield Change(name, f"read from {' or '.join(was)} -> {' or '.join(now)}", now[: len(was)] != was)


def _of_lines(name: str, old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    before, after = _table(old), _table(new)
    columns = [dict.fromkeys(key.column for key in table if key.column) for table in (before, after)]
    if len(columns[0]) == len(columns[1]) == 1 and columns[0] != columns[1]:
        [was_read], [is_read] = columns
        yield Change(name, f"read from {was_read} -> {is_read}", was_read.lower() != is_read.lower())
        before = {replace(key, column=is_read): value for key, value in before.items()}
    moved = [(key, value, after[key]) for key, value in before.items() if key in after and after[key] != value]
    gone = [(key, value, "") for key, value in before.items() if key not in after]
    fresh = [(key, "", value) for key, value in after.items() if key not in before]
    shared = [list(dict.fromkeys(line.test for line in lines)) for lines in (old, new)]
    both = [[each for each in own if each in other] for own, other in (shared, shared[::-1])]
    if both[0] != both[1]:
        yield Change(name, "the branches stand in another order; the first that holds counts", True)
    written = {line.test: line.condition for line in (*old, *new)}
    was_number, is_number = ({line.column for line in lines if line.number} for lines in (old, new))
    for rows, kind in ((moved, "moved"), (gone, "gone"), (fresh, "fresh")):
        for key, codes, was, now in _together(rows, written):
            if kind == "moved":
                yield Change(name, f"{codes}: {was} -> {now}", True)
            elif kind == "gone":
                rest = "read as a number" if key.column in is_number else "not mapped"
                yield Change(name, f"{codes}: {was} -> {'the branch is gone' if key.branch else rest}", True)
            else:
                # a branch takes rows from those after it, a code of a number was read as a number
                took = bool(key.branch) or (key.column in was_number and key.code[0] != "any number")
                yield Change(name, f"{codes}: {now}, new", took)


def _table(lines: Sequence[Line]) -> dict[Key, str]:
    """The value of each code; of a code in two lines of a branch, the first."""
    found: dict[Key, str] = {}
    for line in lines:
        for code in _each(line):
            key = Key(line.test, line.column.partition(" or ")[0], code)
            found.setdefault(key, line.value)
    return found


def _each(line: Line) -> list[tuple[str, bool]]:
    """The codes of a range, or the one, and whether it is a missing cell."""
    code = line.source
    if code is None:
        return [(line.code, False)]
    if not code.is_range or code.low is None or code.high is None or code.high - code.low > EXPANDED:
        return [(_as_number(code) if line.numeric and not code.is_blank else line.code, code.is_blank)]
    width = 0 if line.numeric else code.padded_width
    return [(str(number).zfill(width), False) for number in range(int(code.low), int(code.high) + 1)]


def _as_number(code: Code) -> str:
    """A code of a column of numbers without zeros before it; what is no number, as it is written."""
    ends = [None if end is None else f"{end:.15g}" for end in (code.low, code.high)]
    if code.is_range:
        return "..".join(end or "" for end in ends)
    return ends[0] or code.text


def _together(rows: Sequence[Row], written: MappingOf[str, str]) -> Iterator[tuple[Key, str, str, str]]:
    """Codes of one branch and column that change alike, as one: `if X = 1, SEX 1..3, 5`. Also the first of them.

    written: branches, by what they test.
    """

    def alike(row: Row) -> tuple[str, str, str, str]:
        key, old, new = row
        return key.branch, key.column, old, new

    order = {each: number for number, each in enumerate(dict.fromkeys(map(alike, rows)))}
    for (branch, column, old, new), group in groupby(sorted(rows, key=lambda row: order[alike(row)]), key=alike):
        keys = [key for key, _, _ in group]
        own = f"{column} {_runs([key.shown for key in keys])}".strip()
        condition = written[branch]
        before = "" if not branch else ELSE if condition == ELSE else f"if {condition}"
        yield keys[0], f"{before}, {own}" if before and own else before or own or "always", old, new


def _runs(codes: list[str]) -> str:
    """`1..3, 5`: whole numbers that follow each other as ranges."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and code.isdigit() and runs[-1][-1].isdigit() and int(code) == int(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}" for run in runs)
