"""The parts of a rule that give codes of one column to values: the rule itself, or the branches of a `when`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from harmonize.mapping.model import VariableRule
from harmonize.rules.codes import CodesRule
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.conditions import Column, Comparison, Literal_
from harmonize.rules.number import NumberRule
from harmonize.rules.rule import Source
from harmonize.rules.source_codes import Code
from harmonize.rules.targets import Entry
from harmonize.rules.value import ValueRule
from harmonize.rules.when import Branch, WhenRule
from harmonize.schema.variable import Variable


@dataclass(frozen=True)
class Leaf:
    """body: a rule of codes, bands or a number. taken: codes, by column, that conditions decide before it.

    chosen: the body is a condition on one column, `X IN (1, 2)`, and the category that it gives.
    """

    body: Any
    taken: dict[str, list[Code]]
    chosen: bool = False


@dataclass(frozen=True)
class Given:
    """A code, the value it is given to, and the file it stands in."""

    code: Code
    value: str | float
    path: str
    shared: bool


def leaves(body: Any) -> Iterator[Leaf]:
    """Those of a rule's body; none for a constant."""
    if not isinstance(body, WhenRule):
        if body.sources:
            yield Leaf(body, {})
        return
    taken: dict[str, list[Code]] = {}
    for source in body.columns[:1]:
        for name in source.names:
            taken.setdefault(name, []).extend(code for entry in body.missing for code in entry.codes)
    for branch in body.branches:
        yield from _chosen(branch, body, taken)
        for name, codes in mentioned(branch.condition).items() if branch.condition else ():
            taken.setdefault(name, []).extend(codes)
        for leaf in leaves(branch.body):
            yield Leaf(leaf.body, {name: [*taken.get(name, ()), *leaf.taken.get(name, ())] for name in _names(leaf)})


def _chosen(branch: Branch, body: WhenRule, taken: dict[str, list[Code]]) -> Iterator[Leaf]:
    """`{if: "X IN (1, 2)", then: category}` as a rule of codes; nothing of a condition that says more."""
    test = branch.condition.root if branch.condition else None
    if not isinstance(branch.body, ValueRule) or not isinstance(test, Comparison) or test.sign != "=":
        return
    column, literal = test.left, test.right
    if not isinstance(column, Column) or not isinstance(literal, Literal_) or branch.condition is None:
        return
    source = next((each for each in body.columns if column.name in each.names), Source((column.name,)))
    codes = tuple(replace(code, where=branch.condition.text) for code in literal.codes)
    before = {name: list(taken.get(name, ())) for name in source.names}
    yield Leaf(CodesRule(source, (Entry(branch.body.value, codes),), body.kind), before, chosen=True)


def given(leaf: Leaf, rule: VariableRule) -> list[Given]:
    """Each code that the leaf lists with its value, those of `missing` among them; bands by their lower end."""
    body = leaf.body
    lookup = body.lookup if isinstance(body, CodesRule) else None
    shared = {id(code) for code in lookup.codes} if lookup else set()
    entries = [*getattr(body, "entries", ()), *getattr(body, "missing", ())]
    listed = [(code, entry.value) for entry in entries for code in entry.codes]
    listed += [(code, band.low) for band in getattr(body, "bands", ()) for code in band.codes]
    return [
        Given(code, value, lookup.path if lookup and id(code) in shared else rule.path, id(code) in shared)
        for code, value in listed
    ]


def reach(body: NumberRule, variable: Variable) -> tuple[float, float]:
    """The least and the highest number of the source that the rule takes, by its bounds and the variable's."""
    scale = body.bounds.get("scale", 1.0)
    least = -inf if variable.minimum is None else variable.minimum / scale
    most = inf if variable.maximum is None else variable.maximum / scale
    return max(body.bounds.get("min", -inf), least), min(body.bounds.get("max", inf), most)


def _names(leaf: Leaf) -> list[str]:
    return [name for source in leaf.body.sources for name in source.names]
