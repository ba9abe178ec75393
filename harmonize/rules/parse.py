"""Reads one rule of a mapping: the keys every kind has, then the kind's own file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Items, Text, finding_at
from harmonize.rules import bands, codes, number, value, when
from harmonize.rules.lookups import LookupLoader
from harmonize.rules.near import did_you_mean
from harmonize.rules.parts import Parts, read_sources
from harmonize.rules.rule import Rule
from harmonize.rules.targets import given_twice, parse_missing
from harmonize.rules.through import parse_through
from harmonize.rules.universe import parse_universe
from harmonize.schema import VARIABLES
from harmonize.schema.variable import Variable

RULE_KINDS: dict[str, Callable[[Parts], tuple[Any, list[Finding]]] | None] = {
    "codes": codes.parse,
    "lookup": codes.parse,
    "number": number.parse,
    "bands": bands.parse,
    "when": when.parse,
    "value": value.parse,
    "through": None,
    "unavailable": None,
}
"""Every rule kind, in order, with the function that reads it; the last two read no cells."""

INNER_KEYS = ("from", "missing", "kind", "codes", "lookup", "number", "bands", "when", "value")
ABOUT_KEYS = ("optional", "universe", "others", "reference", "note", "variable")
ONLY_NUMBERS = ("number", "bands")


def parse_rule(name: Text, body: Block | Items, lookups: LookupLoader, path: str) -> tuple[Rule | None, list[Finding]]:
    """The rule of one variable, None where it can't be used, and all that is wrong with it."""
    variable = VARIABLES.get(str(name))
    if variable is None:
        help = did_you_mean(name, VARIABLES, "variables")
        return None, [finding_at(path, name, "M010", f"'{name}' is not a variable of the schema", help)]
    if not isinstance(body, Block):
        help = "e.g. {from: SEX, codes: {male: 1, female: 2}}"
        return None, [finding_at(path, body, "M011", f"{name}: a rule is a block of keys", help)]
    parts = Parts(name, body, variable, lookups, path, _inner)
    findings = _unknown_keys(parts, (*RULE_KINDS, *INNER_KEYS, *ABOUT_KEYS, *variable.options))
    kind, found = _kind(parts, tuple(RULE_KINDS))
    findings += found
    optional, found = _optional(parts)
    options, more = _options(parts)
    universe, third = parse_universe(parts)
    findings += found + more + third
    reference = _texts(body.get(Text("reference")))
    about = dict(optional=optional, universe=universe, options=options, reference=reference)
    if kind is None:
        return None, findings
    if kind == "unavailable":
        reason = body[Text("unavailable")]
        if not isinstance(reason, Text) or reason.strip().lower() in ("", "true", "false", "yes", "no"):
            help = 'e.g. {unavailable: "Not asked; see questionnaire p. 7"}'
            findings.append(parts.find(reason, "M011", "unavailable gives the reason in words", help))
        return _done(Rule(name, variable, kind, unavailable=str(reason), **about), findings)  # type: ignore[arg-type]
    if kind == "through":
        pair, found = parse_through(parts)
        findings += found
        return _done(Rule(name, variable, kind, through=pair, **about), findings)  # type: ignore[arg-type]
    inner, found = _body(parts, kind)
    findings += found
    return _done(Rule(name, variable, kind, inner, **about), findings) if inner else (None, findings)  # type: ignore[arg-type]


def _done(rule: Rule, findings: list[Finding]) -> tuple[Rule | None, list[Finding]]:
    return (None if any(finding.severity == "error" for finding in findings) else rule), findings


def _inner(block: Block, outer: Parts) -> tuple[Any, list[Finding]]:
    """The rule of a branch. It has no options of its own; a column that its `when` reads is of the kind said there."""
    where = next(iter(block), None) or Text("", block.line, block.column)
    parts = Parts(where, block, outer.variable, outer.lookups, outer.path, _inner)
    kinds = tuple(kind for kind, read in RULE_KINDS.items() if read)
    kind, findings = _kind(parts, kinds)
    findings += _unknown_keys(parts, INNER_KEYS)
    if kind is None:
        return None, findings
    body, found = _body(parts, kind, outer)
    return body, findings + found


def _body(parts: Parts, kind: str, outer: Parts | None = None) -> tuple[Any, list[Finding]]:
    findings: list[Finding] = []
    given = parts.get("kind")
    if given is not None:
        if given in ("number", "text"):
            parts.kind = str(given)
        else:
            findings.append(parts.find(given, "M024", "kind is number or text"))
    findings += read_sources(parts, required=kind != "value")
    if outer is not None and given is None and set(parts.sources) <= set(outer.sources):
        parts.kind = outer.kind
    missing = parts.get("missing")
    if isinstance(missing, Block):
        parts.missing, found = parse_missing(missing, parts.variable, parts.path)
        findings += found
    elif missing is not None:
        findings.append(parts.find(missing, "M014", "missing is a block", "e.g. {unknown: 999}"))
    if kind == "value" and missing is not None:
        findings.append(parts.find(parts.block.key("missing"), "M011", "a constant value has no missing codes"))
    if kind == "when":
        findings += given_twice(parts.missing, parts.variable, parts.kind, parts.path)
    read = RULE_KINDS[kind]
    assert read is not None
    body, found = read(parts)
    return body, findings + found


def _kind(parts: Parts, kinds: tuple[str, ...]) -> tuple[str | None, list[Finding]]:
    given = [kind for kind in kinds if kind in parts.block]
    if not given:
        help = "one of: " + ", ".join(kinds)
        return None, [parts.find(parts.where, "M011", "the rule has no kind", help)]
    if len(given) > 1 and given != ["codes", "lookup"]:
        where = parts.block.key(given[1])
        message = f"{given[0]} and {given[1]} do not go together"
        return None, [parts.find(where, "M011", message, "keep one; only codes and lookup go together")]
    kind, variable = given[0], parts.variable
    refused = (kind in ONLY_NUMBERS and variable.kind != "number") or (
        variable.kind == "records" and kind != "unavailable"
    )
    if refused:
        message = f"{kind} is not for a variable of kind {variable.kind}"
        help = "use codes, lookup or when" if kind in ONLY_NUMBERS else "say unavailable: and the reason"
        return None, [parts.find(parts.block.key(kind), "M028", message, help)]
    return kind, []


def _unknown_keys(parts: Parts, known: tuple[str, ...]) -> list[Finding]:
    names = list(dict.fromkeys(known))
    return [
        parts.find(key, "M018", f"'{key}' is not a key of its rule", did_you_mean(key, names, "keys"))
        for key in parts.block
        if key not in names
    ]


def _optional(parts: Parts) -> tuple[bool, list[Finding]]:
    given = parts.get("optional")
    if given is None or given in ("true", "false"):
        return given == "true", []
    return False, [parts.find(given, "M024", "optional is true or false", "write optional: true, or leave it out")]


def _options(parts: Parts) -> tuple[dict[str, str], list[Finding]]:
    options: dict[str, str] = {}
    findings: list[Finding] = []
    variable: Variable = parts.variable
    for name, allowed in variable.options.items():
        given = parts.get(name)
        if given is None:
            continue
        if not isinstance(given, Text) or (allowed and given not in allowed):
            shown = f"'{given}'" if isinstance(given, Text) else "this"
            help = did_you_mean(str(given), allowed, "values") if isinstance(given, Text) else ", ".join(allowed)
            findings.append(parts.find(given, "M024", f"{name} can't be {shown}", help))
            continue
        options[name] = str(given)
    if variable.name == "nativity":
        options.setdefault("concept", "birthplace")
    return options, findings


def _texts(value: Any) -> dict[str, str]:
    if isinstance(value, Block):
        return {str(key): str(inner) for key, inner in value.items() if isinstance(inner, Text)}
    return {"note": str(value)} if isinstance(value, Text) else {}
