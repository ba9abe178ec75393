"""Labels of the codebook against those of a lookup: IPUMS swapped two codes between releases."""

from __future__ import annotations

from collections.abc import Iterable

from harmonize.errors import Finding
from harmonize.mapping.located import finding_at
from harmonize.plain_text import squeezed
from harmonize.rules.codes import CodesRule
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.lookups import Lookup
from harmonize.rules.rule import Rule
from harmonize.rules.source_codes import number_of


def label_findings(rules: Iterable[Rule], columns: ExtractColumns, labels: dict[str, dict[str, str]]) -> list[Finding]:
    """M029: an error where the label is another target's in the lookup, else a warning."""
    findings: list[Finding] = []
    for rule in rules:
        body = rule.body
        if isinstance(body, CodesRule) and body.lookup:
            column = columns.first(body.source)
            findings += _of_lookup(body.lookup, labels.get(column or "", {}))
    return sorted(set(findings))


def _of_lookup(lookup: Lookup, labels: dict[str, str]) -> list[Finding]:
    by_code = {_key(code): label for code, label in labels.items()}
    target_by_label: dict[str, str] = {}
    target_by_code: dict[object, str] = {}
    for target, codes in lookup.targets:
        for code in codes:
            target_by_code[_key(code.text)] = str(target)
            if code.text in lookup.labels:
                target_by_label[squeezed(lookup.labels[code.text][0])] = str(target)
    findings: list[Finding] = []
    for code_text, (ours, where) in lookup.labels.items():
        theirs = by_code.get(_key(code_text))
        if theirs is None or _alike(ours, theirs):
            continue
        other = target_by_label.get(squeezed(theirs))
        swapped = other is not None and other != target_by_code.get(_key(code_text))
        message = f"{code_text} is '{theirs}' in this codebook, '{ours}' in the lookup {lookup.name}"
        help = "which release is it?"
        findings.append(finding_at(lookup.path, where, "M029", message, help, "error" if swapped else "warning"))
    return findings


def _key(code: str) -> float | str:
    number = number_of(code)
    return code.strip() if number is None else number


def _alike(one: str, other: str) -> bool:
    a, b = squeezed(one), squeezed(other)
    return a == b or (bool(a and b) and (a in b or b in a) and min(len(a), len(b)) >= 4)
