"""A mapping against the data it reads: what `harmonize check --data` looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from harmonize.errors import Finding
from harmonize.gather import naming
from harmonize.lint.data_seen import Seen, read_data
from harmonize.listing import first_of
from harmonize.mapping.located import finding_at
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.plan import Plan
from harmonize.readers import open_extract
from harmonize.rules.source_codes import number_of
from harmonize.rules.targets import MISSING
from harmonize.run_record import Counts
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, Variable
from harmonize.unmapped import FEW, unmapped_entries

MOSTLY = 50.0  # per cent unknown, of those who were asked
LISTED = 5
LEAST_OF_A_SEX = 25.0  # per cent of the persons


def against_data(
    mapping: Mapping, data: Sequence[Path], households: Sequence[Path] = (), codebook: Path | None = None
) -> list[Finding]:
    """D001 to D006, sorted, of one pass. Raises a HarmonizeError where the data can't be read or do not fit at all."""
    extract = open_extract(list(data), mapping.read, codebook, list(households) or None, mapping.keys.household)
    with naming(extract):
        plan = Plan.make(mapping.lacking(extract.columns)[0], extract)
    seen = read_data(plan, extract)
    unmapped = unmapped_entries(seen.ledger, extract.labels, Counts(FEW))
    findings = [*_unmapped(mapping, unmapped), *_contradictions(mapping, seen), *_never_seen(mapping, seen)]
    findings += _shares(mapping, seen, {str(entry["variable"]) for entry in unmapped})
    return sorted({*findings, *_totals(mapping, seen)})


def _at(rule: VariableRule, code: str, message: str, help: str, severity: Any = "warning") -> Finding:
    line, column = rule.position
    return Finding(rule.path, line, column, code, message, help, severity, line, column + len(rule.name))


def _unmapped(mapping: Mapping, entries: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    for entry in entries:
        name, label = entry["variable"], f" '{entry['label']}'" if entry["label"] else ""
        message = f"{name}: {entry['column']} {entry['code']}{label} is not mapped, and {_persons(entry['persons'])} it"
        yield _at(mapping.variables[name], "D001", message, _to_do(VARIABLES[name]), "error")


def _to_do(variable: Variable) -> str:
    """With an unmapped code."""
    if variable.kind != "number":
        return "give it to a category, or to unknown"
    ends = [
        f"{word} {end:g}" for word, end in (("from", variable.minimum), ("up to", variable.maximum)) if end is not None
    ]
    unit = variable.unit if variable.unit != "year" else ""  # from 1800 up to 2100, of the calendar
    span = f"{variable.name} is {' '.join(ends)} {unit}".rstrip() + "; " if ends else ""
    return f"{span}is it in another unit, or a code that missing: should name?"


def _contradictions(mapping: Mapping, seen: Seen) -> Iterator[Finding]:
    """D003: answers that exclude each other, as a run counts them."""
    for name, expr in seen.tests.items():
        persons = seen.contradictions[name]
        if persons:
            about = next((root for root in expr.meta.root_names() if root in mapping.variables), None)
            rule = mapping.variables[about] if about else next(iter(mapping.variables.values()))
            message = f"{name.replace('_', ' ')}: {_persons(persons)} answers that contradict each other"
            help = f"`harmonize explain {rule.name} --mapping {mapping.path} --data ...` shows the codes behind it"
            yield _at(rule, "D003", message, help)


def _never_seen(mapping: Mapping, seen: Seen) -> Iterator[Finding]:
    """D002, of single codes of the mapping, not of a lookup, that no person has.

    One a line, or one for a variable with many such lines.
    """
    for rule in mapping.variables.values():
        name = seen.column_of.get(rule.name)
        if name is None:
            continue
        texts = seen.codes[name]
        numbers = {number_of(text) for text in texts} - {None}
        body = rule.rule.body
        own = [code for entry in body.entries if entry.value not in MISSING for code in entry.codes]
        shared = {id(code) for code in (body.lookup.codes if body.lookup else ())}
        never = [
            code
            for code in own
            if not (code.is_range or id(code) in shared or code.text in texts or code.low in numbers)
        ]
        lines = [list(codes) for _, codes in groupby(never, key=lambda code: code.where.line)]
        if len(lines) > LISTED:  # a list of countries, of which the data have some
            message = f"{rule.name}: no person has {name} {first_of([code.text for code in never], LISTED)}"
            yield _at(rule, "D002", message, "is the column, or the release, another one?", "info")
            continue
        for first, *others in lines:
            message = f"{rule.name}: no person has {name} {first_of([first.text, *(c.text for c in others)], LISTED)}"
            help = "is it a code of another release, or of another file?"
            yield finding_at(rule.path, first.where, "D002", message, help, "info")


def _shares(mapping: Mapping, seen: Seen, unmapped: Collection[str]) -> Iterator[Finding]:
    """D004: distributions that no population has. unmapped: variables with such codes, which are mended first."""
    for name, found in seen.shares().items():
        if name in unmapped:
            continue
        persons = sum(count for _, count in found.values())
        asked = {value: weight for value, (weight, _) in found.items() if value != NOT_APPLICABLE}
        whole = sum(asked.values())
        rule = mapping.variables[name]
        if persons < FEW or not whole:
            if persons >= FEW:
                yield _at(rule, "D004", f"{name}: nobody was asked", "is not_applicable given to the right codes?")
            continue
        unknown = 100 * asked.get("unknown", 0) / whole
        if unknown > MOSTLY:
            message = f"{name}: {unknown:.0f} % of those asked are unknown"
            yield _at(
                rule, "D004", message, "is a code given to unknown that means an answer, or that nobody was asked?"
            )
        known = {value for value in asked if value != "unknown"}
        targets = getattr(rule.rule.body, "targets", ())
        if len(known) == 1 and len({target for target in targets if target not in MISSING}) > 1:
            message = f"{name}: everybody is {next(iter(known))}"
            yield _at(rule, "D004", message, "are the data only of these, or is another column meant?", "info")
        if name == "sex" and len(known) == 2:
            least, share = min(((value, asked[value]) for value in known), key=lambda each: each[1])
            if 100 * share / sum(asked[value] for value in known) < LEAST_OF_A_SEX:
                message = f"sex: {100 * share / sum(asked[value] for value in known):.0f} % are {least}"
                yield _at(
                    rule, "D004", message, "is a code of one sex given to the other, or the file of a part alone?"
                )


def _totals(mapping: Mapping, seen: Seen) -> Iterator[Finding]:
    """D005: totals that the office published. D006: those that can't be compared."""
    for each, (found, persons) in zip(mapping.expect, seen.totals, strict=True):
        lacking = [name for name, _ in each.of if name not in seen.plan.harmoniser.available]
        line, column = each.where.line, each.where.column
        place = (each.path, line, column)
        if lacking:
            message = f"expect: the data have no {', '.join(lacking)}, so this total is not compared"
            help = "take an extract that has the column, or remove the total"
            yield Finding(*place, "D006", message, help, "warning", line, column + len("persons"))
            continue
        off = 100 * abs(found - each.persons) / each.persons if each.persons else float("inf") if found else 0.0
        if off <= each.within:
            continue
        words = f"{found:,.0f} {each.words}"
        if persons < FEW:
            words = f"{each.words}, of whom the data have fewer than {FEW}"
        away = f": {off:,.1f} % off" if persons >= FEW else ""
        message = f"expect: {words}, where {each.persons:,.0f} are published{away}"
        help = f"published in {each.seen_in}; is it the right weight, file and category, and are the data whole? "
        help += f"Up to {each.within:g} % would pass"
        yield Finding(*place, "D005", message, help, "error", line, column + len("persons"))


def _persons(count: int | str) -> str:
    """`12 persons have`, `<10 persons have`."""
    return f"{count if isinstance(count, str) else f'<{FEW}' if count < FEW else f'{count:,}'} persons have"
