"""Our side of a rule: the categories, numbers or texts that source codes are given to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Text, finding_at
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import Claims, Code, compare_as_numbers, number_of, parse_codes
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

MISSING = (UNKNOWN, NOT_APPLICABLE)
PLACE_HELP = (
    "a place is an ISO 3166-1 alpha-3 code (MEX), a historic one (SUN), an area (M49:014), domestic or "
    "foreign_unspecified"
)


@dataclass(frozen=True)
class Entry:
    """One of our values and the source codes that mean it. A number is a float, else a text."""

    value: str | float
    codes: tuple[Code, ...]
    where: Text = field(default_factory=lambda: Text(""), compare=False, repr=False)


def target_of(name: Text, variable: Variable, path: str) -> tuple[str | float | None, list[Finding]]:
    """The value that a mapping names: a category, a number, unknown or not_applicable."""
    if name in MISSING and variable.kind != "text":
        return str(name), []
    if variable.kind == "number":
        number = number_of(name)
        if number is not None:
            return number, []
        message = f"{variable.name}: '{name}' is not a number"
        return None, [finding_at(path, name, "M012", message, "a number, unknown or not_applicable")]
    if variable.values and name not in variable.values:
        help = did_you_mean(name, variable.values, "categories")
        if variable.kind == "place":
            help = "\n".join(line for line in (PLACE_HELP, help) if line)
        message = f"{variable.name}: '{name}' is not a category"
        return None, [finding_at(path, name, "M012", message, help)]
    return str(name), []


def parse_entries(block: Block, variable: Variable, path: str) -> tuple[list[Entry], list[Finding]]:
    """`category: codes` pairs of a `codes` block."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    if not block and not block.without_value:
        help = "list the codes, or write {unavailable: why} for the variable"
        findings.append(finding_at(path, block, "M014", f"{variable.name}: codes is empty", help))
    for key, given in block.items():
        value, found = target_of(key, variable, path)
        if found and isinstance(given, Text) and not target_of(given, variable, path)[1]:
            help = f"ours comes first, then the source's: write {given}: {key}"
            found = [replace(found[0], help=help)]
        codes, more = parse_codes(given, path)
        findings += found + more
        if value is not None:
            entries.append(Entry(value, tuple(codes), key))
    return entries, findings


def parse_missing(block: Block, variable: Variable, path: str) -> tuple[list[Entry], list[Finding]]:
    """The `missing` block: source codes of unknown and not_applicable."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for key, given in block.items():
        if key not in MISSING:
            help = did_you_mean(key, MISSING, "categories")
            message = f"{variable.name}: missing has unknown and not_applicable, not '{key}'"
            findings.append(finding_at(path, key, "M012", message, help))
            continue
        codes, found = parse_codes(given, path)
        findings += found
        entries.append(Entry(str(key), tuple(codes), key))
    return entries, findings


def given_twice(entries: list[Entry], variable: Variable, kind: str | None, path: str) -> list[Finding]:
    """A finding for each code that two values claim."""
    findings: list[Finding] = []
    numeric = compare_as_numbers([code for entry in entries for code in entry.codes], kind)
    claims = [Claims(entry.codes, numeric) for entry in entries]
    for i, later in enumerate(entries):
        for earlier, claimed in zip(entries[:i], claims, strict=False):
            if earlier.value == later.value:
                continue
            for first, second in claimed.met_by(later.codes):
                message = (
                    f"{variable.name}: {_shown(second, first)} is given to '{later.where}', "
                    f"and on line {first.where.line} to '{earlier.where}'"
                )
                findings.append(finding_at(path, second.where, "M013", message, "keep it in one of them"))
    return findings


def _shown(code: Code, other: Code) -> str:
    if code.is_range and other.is_range and code.text != other.text:
        return f"a part of the range {code.text} ({other.text})"
    if code.is_range != other.is_range:
        single, range_ = (other, code) if code.is_range else (code, other)
        return f"the code {single.text} (in {range_.text})"
    return f"the range {code.text}" if code.is_range else f"the code {code.text}"
