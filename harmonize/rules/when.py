"""Rule kind `when`: the first branch whose condition holds.

    when:
      - {if: "EMPSTAT = 1", then: employed}
      - {if: "EMPSTAT = 2", then: {from: LOOKING, codes: {unemployed: 1, outside_labour_force: 2}}}
      - {else: outside_labour_force}

A bare `else: category` takes only rows whose codes some condition or branch mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Block, Items, Located, Text
from harmonize.rules.cells import Cell, holds
from harmonize.rules.condition_expr import condition_expr
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.conditions import Condition, meaning
from harmonize.rules.parts import Parts
from harmonize.rules.reach import Reach, reach
from harmonize.rules.rule import Cells, CodesByColumn, Compiled, Source
from harmonize.rules.targets import Entry, target_of
from harmonize.rules.value import ValueRule
from harmonize.schema.variable import Variable


@dataclass(frozen=True)
class Branch:
    """One branch: its condition (None: else) and the rule of its value."""

    condition: Condition | None
    body: Any
    bare: bool


@dataclass(frozen=True)
class WhenRule:
    """Branches in order; `columns` are those of `from`; `missing` goes before all branches."""

    columns: tuple[Source, ...]
    branches: tuple[Branch, ...]
    missing: tuple[Entry, ...] = ()
    kind: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Its own columns and those of the branches."""
        inner = (source for branch in self.branches for source in branch.body.sources)
        return tuple(dict.fromkeys((*self.columns, *inner)))

    @property
    def targets(self) -> tuple[str | float, ...]:
        """What its branches can give."""
        missing = [entry.value for entry in self.missing]
        return tuple(dict.fromkeys([*missing, *(t for branch in self.branches for t in branch.body.targets)]))

    def codes(self) -> CodesByColumn:
        """What conditions and branches mention; a first-list's candidates share theirs."""
        found: CodesByColumn = {name: [] for source in self.sources for name in source.names}
        for branch in self.branches:
            parts = [branch.body.codes(), mentioned(branch.condition) if branch.condition else {}]
            for name, codes in (pair for part in parts for pair in part.items()):
                found[name] += codes
        for source in self.columns:
            shared = list(dict.fromkeys(code for name in source.names for code in found[name]))
            shared += [code for entry in self.missing for code in entry.codes]
            found.update((name, shared) for name in source.names)
        return found

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """Unmapped: no branch holds, the branch's rule says so, or a bare else swallows a strange code."""
        by_name = {name: source for source in self.columns for name in source.names}

        def cell_of(name: str) -> Cell:
            return cells.cell(by_name[name], self.kind)

        tests: list[pl.Expr] = []
        results: list[Compiled] = []
        if self.missing:
            from harmonize.rules.codes import compile_entries

            cell = cells.cell(self.columns[0], self.kind)
            tests.append(holds(cell, [code for entry in self.missing for code in entry.codes]))
            results.append(compile_entries(cell, self.missing, variable))
        for branch in self.branches:
            result = branch.body.compile(cells, variable)
            if branch.condition is not None:
                tests.append(condition_expr(branch.condition, cell_of))
            else:
                tests.append(pl.lit(True))
                if branch.bare:
                    known = self._known(cells)
                    value = pl.when(known).then(result.value)
                    na = None if result.na is None else result.na & known
                    result = replace(result, value=value, unmapped=~known, na=na)
            results.append(result)
        return _first(tests, results, variable)

    def _known(self, cells: Cells) -> pl.Expr:
        """Every column that conditions or branches read holds a code that they mention."""
        codes = self.codes()
        known = [
            holds(cells.cell(source, self.kind), codes[source.names[0]])
            for source in self.columns
            if codes[source.names[0]]
        ]
        return pl.all_horizontal(known) if known else pl.lit(True)


def _first(tests: Sequence[pl.Expr], results: Sequence[Compiled], variable: Variable) -> Compiled:
    def pick(values: Sequence[pl.Expr], otherwise: pl.Expr) -> pl.Expr:
        chain: Any = pl.when(tests[0]).then(values[0])
        for test, value in zip(tests[1:], values[1:], strict=True):
            chain = chain.when(test).then(value)
        return chain.otherwise(otherwise)  # type: ignore[no-any-return]

    value = pick([r.value for r in results], pl.lit(None, dtype=variable.dtype))
    unmapped = pick([r.unmapped for r in results], pl.lit(True))
    na = low = high = None
    if any(r.na is not None for r in results):
        na = pick([pl.lit(False) if r.na is None else r.na for r in results], pl.lit(False))
    if any(r.low is not None for r in results):
        none = pl.lit(None, dtype=pl.Float64)
        low = pick([r.value if r.low is None else r.low for r in results], none)
        high = pick([r.value if r.high is None else r.high for r in results], none)
    return Compiled(value, unmapped, na=na, low=low, high=high)


def parse(parts: Parts) -> tuple[WhenRule | None, list[Finding]]:
    """A list of `{if:, then:}`, at the end perhaps `{else:}`."""
    findings: list[Finding] = []
    listed = parts.get("when")
    help = 'write - {if: "X = 1", then: category} for each, and perhaps {else: category} at the end'
    if not isinstance(listed, Items) or not listed:
        return None, [parts.find(listed or parts.where, "M027", "when is a list of branches", help)]
    if parts.missing and len(parts.sources) != 1:
        message = "missing needs one column, `from` has several"
        findings.append(parts.find(parts.block.key("missing"), "M019", message, "write a branch for it"))
    names = [name for source in parts.sources for name in source.names]
    branches: list[Branch] = []
    for i, item in enumerate(listed):
        keys = {str(key) for key in item} if isinstance(item, Block) else set()
        if not isinstance(item, Block) or keys not in ({"if", "then"}, {"else"}):
            findings.append(parts.find(item, "M027", "a branch is {if:, then:}, or {else:} at the end", help))
            continue
        if keys == {"else"} and i != len(listed) - 1:
            findings.append(parts.find(item, "M027", "else is not the last branch", "no row gets past it"))
        condition, found = _condition(parts, item, names)
        body, bare, more = _outcome(parts, item[Text("else" if keys == {"else"} else "then")])
        findings += found + more
        if body is not None and (condition is not None or keys == {"else"}):
            branches.append(Branch(condition, body, bare))
    findings += [*_again(parts, branches), *_out_of_reach(parts, branches), *_unread(parts, branches, findings)]
    if not branches:
        return None, findings
    return WhenRule(parts.sources, tuple(branches), tuple(parts.missing), parts.kind), findings


def _condition(parts: Parts, item: Block, names: list[str]) -> tuple[Condition | None, list[Finding]]:
    text = item.get(Text("if"))
    if text is None:
        return None, []
    if not isinstance(text, Text):
        return None, [parts.find(text, "M020", "a condition is a text", 'e.g. if: "EMPSTAT = 1"')]
    return parse_condition(text, parts.path, names)


def _outcome(parts: Parts, given: Located) -> tuple[Any, bool, list[Finding]]:
    """The rule of a branch's value, and whether it is a bare category."""
    if isinstance(given, Text):
        value, findings = target_of(given, parts.variable, parts.path)
        return (None if value is None else ValueRule(value)), True, findings
    if isinstance(given, Block):
        body, findings = parts.parse_inner(given, parts)
        return body, False, findings
    return (
        None,
        False,
        [parts.find(given, "M027", "a branch gives a category or a rule", "e.g. then: employed")],
    )


def _again(parts: Parts, branches: list[Branch]) -> list[Finding]:
    """Conditions that say what one before them says: no row gets to them."""
    seen: dict[str, Text] = {}
    findings = []
    for branch in branches:
        if branch.condition is None:
            continue
        text = branch.condition.text
        first = seen.setdefault(meaning(branch.condition.root), text)
        if first is not text:
            message = f"the same condition stands on line {first.line} before"
            findings.append(parts.find(text, "M027", message, "no row gets past that one: keep one of them"))
    return findings


def _out_of_reach(parts: Parts, branches: list[Branch]) -> list[Finding]:
    """M034: conditions that never hold, or hold only of rows that one branch before them takes."""
    before: list[tuple[Text, str, Reach]] = []
    findings = []
    for branch in branches:
        if branch.condition is None:
            continue
        text, said = branch.condition.text, meaning(branch.condition.root)
        mine = reach(branch.condition.root)
        taken = next((first for first, words, all_of in before if words != said and all_of.takes(mine)), None)
        if mine.nobody is not None:
            message, help = f"no number is {mine.nobody} that meets this condition", "compare it with the codebook"
            findings.append(replace(parts.find(text, "M034", message, help), severity="warning"))
            continue
        if taken is not None:
            message = f"the condition on line {taken.line} takes every row of this one"
            help = "the first that holds counts: put the narrower one before it"
            findings.append(replace(parts.find(text, "M034", message, help), severity="warning"))
        before.append((text, said, mine))
    return findings


def _unread(parts: Parts, branches: list[Branch], before: list[Finding]) -> list[Finding]:
    """M030: columns in `from` that nothing reads."""
    if any(finding.severity == "error" for finding in before):
        return []
    read = {name for branch in branches if branch.condition for name in branch.condition.columns}
    read |= {name for branch in branches for source in branch.body.sources for name in source.names}
    findings = []
    for source in parts.sources:
        if parts.missing or read & set(source.names):
            continue
        message = f"no condition or branch reads {' or '.join(source.names)}"
        found = parts.find(parts.block.key("from"), "M030", message, "remove it from `from`")
        findings.append(replace(found, severity="warning"))
    return findings
