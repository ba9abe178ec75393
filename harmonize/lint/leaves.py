"""The parts of a rule that give codes of one column to values: the rule itself, or the branches of a `when`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harmonize.mapping.model import VariableRule
from harmonize.rules.codes import CodesRule
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.source_codes import Code
from harmonize.rules.when import WhenRule


@dataclass(frozen=True)
class Leaf:
    """body: a rule of codes, bands or a number. taken: codes, by column, that conditions decide before it."""

    body: Any
    taken: dict[str, list[Code]]


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
        for name, codes in mentioned(branch.condition).items() if branch.condition else ():
            taken.setdefault(name, []).extend(codes)
        for leaf in leaves(branch.body):
            yield Leaf(leaf.body, {name: [*taken.get(name, ()), *leaf.taken.get(name, ())] for name in _names(leaf)})


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


def _names(leaf: Leaf) -> list[str]:
    return [name for source in leaf.body.sources for name in source.names]
