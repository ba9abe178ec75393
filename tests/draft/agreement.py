"""How far a draft agrees with a reviewed mapping of the same source, code by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmonize.lint.codebook import Codebook
from harmonize.lint.leaves import given, leaves, reach
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.rules.number import NumberRule
from harmonize.rules.source_codes import number_of
from harmonize.schema import VARIABLES

Key = tuple[str, str]


@dataclass(frozen=True)
class Agreement:
    """Of one variable. codes: labelled ones that the reviewed mapping gives a value. proposed: codes that the draft
    gives one, those that the reviewed mapping leaves out too. right: the same value from the same column."""

    source: str
    variable: str
    codes: int
    proposed: int
    right: int
    wrong: tuple[str, ...]

    @property
    def covered(self) -> int:
        """Codes of the reviewed mapping that the draft gives some value."""
        return self.proposed - self.beyond

    beyond: int = 0


def agreements(source: str, drafted: Mapping, reviewed: Mapping, book: Codebook) -> Iterator[Agreement]:
    """Of each variable that the reviewed mapping reads from labelled codes.

    Where it decides on several columns together, and the draft takes another of them, nothing can be compared. A
    column that the reviewed mapping does not read makes all of the draft's codes wrong.
    """
    for name, rule in reviewed.variables.items():
        told, decided = meaning(rule, book)
        if not told:
            continue
        mine = meaning(drafted.variables[name], book)[0] if name in drafted.variables else {}
        mine = {key: value for key, value in mine.items() if key not in decided}
        columns, theirs = {column for column, _ in mine}, {column for column, _ in told}
        if mine and not columns & theirs:
            if columns <= {*rule.columns}:
                continue
            mine = dict.fromkeys(told, "another column")
        same = [key for key in told if mine.get(key) == told[key]]
        wrong = [f"{column} {code}: {mine[column, code]}, not {told.get((column, code), 'mapped')}"
                 for column, code in mine if mine[column, code] != told.get((column, code))]  # fmt: skip
        beyond = len(mine.keys() - told.keys())
        yield Agreement(source, name, len(told), len(mine), len(same), tuple(wrong), beyond)


def meaning(rule: VariableRule, book: Codebook) -> tuple[dict[Key, str], set[Key]]:
    """(column, labelled code) -> value, as far as it hangs on that code alone, and the codes where it doesn't.

    A number that is read as it is, is `number`.
    """
    found: dict[Key, str] = {}
    decided: set[Key] = set()
    if rule.rule.body is None:
        return found, decided
    for leaf in leaves(rule.rule.body):
        for source in leaf.body.sources:
            column = book.column(source)
            if column is None:
                continue
            before = column.matched([code for name in source.names for code in leaf.taken.get(name, ())])
            decided |= {(column.name, code) for code in before}
            for each in given(leaf, rule):
                for code in column.matched([each.code]):
                    if code not in before:
                        found.setdefault((column.name, code), f"{each.value}")
            if isinstance(leaf.body, NumberRule):
                least, most = reach(leaf.body, VARIABLES[rule.name])
                for code in column.labels:
                    number = number_of(code)
                    if number is not None and least <= number <= most:
                        found.setdefault((column.name, code), "number")
    return found, decided - found.keys()


def table(rows: list[Agreement]) -> str:
    """Shares per source and variable, to be read."""
    lines = [f"{'source':22} {'variable':24} {'codes':>5} {'proposed':>9} {'right':>7}"]
    for row in rows:
        right = f"{100 * row.right / row.proposed:6.1f}%" if row.proposed else "      -"
        lines.append(f"{row.source:22} {row.variable:24} {row.codes:5} {100 * row.covered / row.codes:8.1f}% {right}")
    return "\n".join(lines)
