"""The variables of a mapping file: harmonize.rules reads each rule, here they become the mapping's."""

from __future__ import annotations

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Text, finding_at
from harmonize.mapping.model import VariableRule
from harmonize.rules.lookups import LookupLoader
from harmonize.rules.parse import parse_rule
from harmonize.rules.rule import Rule


def read_variables(block: Block, lookups: LookupLoader, path: str) -> tuple[dict[str, VariableRule], list[Finding]]:
    """All variables of a file, in its order, and all their findings. One that can't be read is left out."""
    rules: dict[str, VariableRule] = {}
    findings: list[Finding] = []
    for name, body in block.items():
        if not isinstance(body, Block):
            help = "e.g. {from: SEX, codes: {male: 1, female: 2}}"
            findings.append(finding_at(path, body, "M103", f"{name}: must be a block of keys", help))
            continue
        rule, found = parse_rule(name, body, lookups, path)
        findings += found
        if rule is not None:
            rules[str(name)] = _variable_rule(name, body, rule, path)
    return rules, findings


def _variable_rule(name: Text, body: Block, rule: Rule, path: str) -> VariableRule:
    return VariableRule(
        name=str(name),
        kind=rule.kind,
        columns=rule.columns,
        optional=rule.optional,
        universe=rule.universe,
        options=rule.options,
        reference=rule.reference,
        unavailable=rule.unavailable,
        through=rule.through,
        line=name.line,
        column=name.column,
        path=path,
        rule=rule,
        body=body,
    )
