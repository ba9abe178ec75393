"""Runs the cases of a mapping: what its rules make of their persons by hand, against what each case says."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from harmonize.by_hand.persons import by_hand
from harmonize.errors import Finding, HarmonizeError
from harmonize.mapping.cases import Case, Row, cases_path
from harmonize.mapping.located import Block, Items, Text, finding_at
from harmonize.mapping.model import Mapping
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.near import did_you_mean
from harmonize.schema import NOT_APPLICABLE, UNKNOWN, VARIABLES

FACTS = {"_sample": "sample", "_country": "country", "_year": "year"}
"""What a case may compare beside variables: the facts of the sample."""

UNMAPPED = "unmapped"
"""Written as an outcome: the code is meant to stay unmapped, and stop a run."""


def run_cases(mapping: Mapping, cases: list[Case]) -> list[Finding]:
    """Findings of the cases of `mapping`: what they name, how they come out.

    A case is run as an extract that has the columns it names; of `from: {first: [...]}` that is the
    candidate it names. A column it leaves out is blank. Keys it leaves out are numbered.
    """
    if not cases:
        return []
    path = str(cases_path(mapping.path))
    findings = _names(mapping, cases, path)
    for columns, group in case_groups(mapping, cases):
        try:
            findings += _run_group(mapping, columns, group, path)
        except HarmonizeError as error:
            findings.append(finding_at(path, group[0].name, "C004", error.message, error.help))
    return sorted(set(findings + _uncovered(mapping, cases, path)))


def _rows(cases: Iterable[tuple[int, Case]]) -> list[Row]:
    return [Row(i, j, person, case.name) for i, case in cases for j, person in enumerate(case.persons)]


def source_columns(mapping: Mapping) -> set[str]:
    """Every source column the mapping reads, first-lists with all their candidates."""
    found = {name for rule in mapping.variables.values() for name in rule.columns}
    included = mapping.include.columns if mapping.include else ()
    return found | {*mapping.sample.columns, *mapping.design.columns, *mapping.keys.columns, *included}


def _names(mapping: Mapping, cases: list[Case], path: str) -> list[Finding]:
    """C003: columns the mapping doesn't read, variables it doesn't map, categories that don't exist."""
    findings: list[Finding] = []
    known = source_columns(mapping)
    outcomes = [*mapping.variables, *FACTS]
    for case in cases:
        for person in case.persons:
            for column in person.raw:
                if column not in known:
                    help = did_you_mean(column, sorted(known), "columns")
                    message = f"raw: the mapping reads no column '{column}'"
                    findings.append(finding_at(path, column, "C003", message, help))
            for name, value in person.harmonised.items():
                if name not in outcomes:
                    help = did_you_mean(name, outcomes, "variables")
                    message = f"harmonised: the mapping has no variable '{name}'"
                    findings.append(finding_at(path, name, "C003", message, help))
                elif (wrong := _no_such_value(name, value)) is not None:
                    values = VARIABLES[name].values
                    help = did_you_mean(value, values, "categories") if len(values) < 60 else ""
                    findings.append(finding_at(path, value, "C003", wrong, help))
    return findings


def _no_such_value(name: str, value: Text) -> str | None:
    if name in FACTS or value == UNMAPPED:
        return None
    variable = VARIABLES[name]
    if variable.kind == "number":
        known = value in (UNKNOWN, NOT_APPLICABLE) or _ends(value) is not None
        return None if known else f"{name}: '{value}' is not a number"
    return f"{name}: '{value}' is not a category" if variable.values and value not in variable.values else None


def _ends(text: str) -> tuple[float, float] | None:
    """The number as a range of itself, or the ends of a range such as 5..9 or 85..; None for words."""
    low, dots, high = text.partition("..")
    try:
        first = float(low) if low or not dots else -math.inf
        return first, (float(high) if high else math.inf) if dots else first
    except ValueError:
        return None


def case_groups(mapping: Mapping, cases: list[Case]) -> list[tuple[list[str], list[Row]]]:
    """Cases by the columns their extract has: all that the mapping reads, of a first-list the one named."""
    firsts = _first_lists(mapping)
    always = {*mapping.design.columns, *mapping.keys.columns}
    groups: dict[tuple[str, ...], list[tuple[int, Case]]] = {}
    everything = source_columns(mapping)
    for i, case in enumerate(cases):
        named = {str(column) for person in case.persons for column in person.raw}
        dropped: set[str] = set()
        for candidates in firsts:
            if named & set(candidates):
                dropped |= set(candidates) - named - always
        groups.setdefault(tuple(sorted(everything - dropped | named)), []).append((i, case))
    return [(list(columns), _rows(group)) for columns, group in groups.items()]


def _first_lists(mapping: Mapping) -> list[tuple[str, ...]]:
    found = [fact.columns for _, fact in mapping.sample.from_columns]
    for rule in mapping.variables.values():
        source = rule.body.get(Text("from"))
        for part in source if isinstance(source, Items) else [source]:
            listed = part.get(Text("first")) if isinstance(part, Block) else None
            if isinstance(listed, Items):
                found.append(tuple(str(name) for name in listed))
    return found


def outcomes(
    mapping: Mapping, columns: Sequence[str], rows: Sequence[Row]
) -> tuple[list[dict[str, Any]], Collection[str]]:
    """What comes out of each row, as `by_hand` names it, and the variables that an extract of these columns has not."""
    # a case is about variables: it has no replicate weights
    plain = replace(mapping, design=replace(mapping.design, replicate=None))
    households = [[written(mapping, row) for row in case] for _, case in groupby(rows, lambda row: row.case)]
    return by_hand(plain, ExtractColumns(columns, decimal=mapping.read.decimal), households)


def written(mapping: Mapping, row: Row) -> dict[str, str]:
    """The row as an extract has it: nothing where the case says nothing; keys are numbered."""
    blank, keys = set(mapping.read.blank), mapping.keys
    raw = {str(column): str(value) for column, value in row.person.raw.items() if not _is_blank(value, blank)}
    for key in keys.household:
        raw.setdefault(key, str(row.case + 1))
    if keys.person:
        raw.setdefault(keys.person, str(row.member + 1))
    return raw


def _is_blank(value: Text, blank: set[str]) -> bool:
    return (value == "blank" and not value.quoted) or value.strip() == "" or value in blank


def _run_group(mapping: Mapping, columns: list[str], rows: list[Row], path: str) -> list[Finding]:
    results, unavailable = outcomes(mapping, columns, rows)
    findings: list[Finding] = []
    for row, result in zip(rows, results, strict=True):
        for name, wanted in row.person.harmonised.items():
            if name not in result or (name not in FACTS and _no_such_value(name, wanted)):
                if name in unavailable:
                    message = f"{row.name}: {name} is unavailable for a row like this, not {wanted}"
                    findings.append(finding_at(path, wanted, "C004", message))
                continue
            got = _outcomes(result, name)
            if not any(_same(wanted, form) for form in got):
                message = f"{row.name}: {name} comes out as {got[0]}, not {wanted}"
                findings.append(finding_at(path, wanted, "C004", message, _rule_place(mapping, name)))
    return findings


def _outcomes(result: dict[str, Any], name: str) -> list[str]:
    """What came out, as a case may write it: 34, not_applicable, unmapped; of a class 5..9 or its low end."""
    value = result[name]
    if result.get(f"_unmapped_{name}"):
        return [UNMAPPED]
    low, high = result.get(f"{name}__low"), result.get(f"{name}__high")
    forms: list[str] = []
    if low is not None and high is not None and low != high:
        forms.append("..".join("" if math.isinf(end) else f"{end:.15g}" for end in (low, high)))
    if value is not None:
        forms.append(f"{value:.15g}" if isinstance(value, float) else str(value))
    return forms or [NOT_APPLICABLE if result.get(f"{name}__na") else UNKNOWN]


def _same(wanted: str, got: str) -> bool:
    """Whether two outcomes are one: the same word, or numbers (or ends of a range) of the same value."""
    ends, others = _ends(wanted), _ends(got)
    if ends is None or others is None:
        return wanted == got
    return all(math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12) or a == b for a, b in zip(ends, others, strict=True))


def _rule_place(mapping: Mapping, name: str) -> str:
    rule = mapping.variables.get(name)
    return f"its rule: {rule.path}:{rule.line}" if rule else ""


def _uncovered(mapping: Mapping, cases: list[Case], path: str) -> list[Finding]:
    """C005, one warning: variables this file maps itself (not by extends) that no case compares."""
    compared = {str(name) for case in cases for person in case.persons for name in person.harmonised}
    own = (rule for rule in mapping.variables.values() if rule.path == str(mapping.path))
    left = [rule.name for rule in own if rule.unavailable is None and rule.name not in compared]
    if not left:
        return []
    where = Text("cases", 1, 1)
    return [finding_at(path, where, "C005", f"no case shows {', '.join(left)}", "add a case", "warning")]
