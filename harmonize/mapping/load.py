"""From a mapping file to a Mapping: strict YAML, sections, variables, `extends`, and what must fit together.

Nothing stops at the first mistake: every step returns what it could read and the findings so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harmonize.errors import Finding, MappingError, UsageError
from harmonize.mapping.agree import check_agreement, check_pointers, check_universes
from harmonize.mapping.cases import read_cases
from harmonize.mapping.expect import Expected, read_expect
from harmonize.mapping.fields import WrongValue, read_section
from harmonize.mapping.find import find_mapping, id_by_place, short_path
from harmonize.mapping.located import Block, Text, finding_at, load_located
from harmonize.mapping.model import (
    Design,
    FromColumn,
    Include,
    Keys,
    Mapping,
    ReadOptions,
    Sample,
    VariableRule,
)
from harmonize.mapping.sections import HEAD, SECTIONS
from harmonize.mapping.variables import read_variables
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.lookups import LookupLoader
from harmonize.rules.near import did_you_mean

TOP_KEYS = (*HEAD, *SECTIONS, "expect", "variables")


@dataclass
class Parts:
    """What one file gives, or a chain of files that extend each other: values by section and key.

    `blocks` are the YAML blocks of the file itself, for the positions of what is missing.
    """

    head: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, VariableRule] = field(default_factory=dict)
    top: Block = field(default_factory=Block)
    extends: tuple[str, ...] = ()
    expect: tuple[Expected, ...] = ()


def load_mapping(id_or_path: str | Path, *, cases: bool = True) -> Mapping:
    """The mapping by id or path. MappingError with all errors, of its cases too; UsageError if no file.

    cases: run them. Where a mapping is only shown they are left to `check`, since they need the engine.
    """
    path = find_mapping(id_or_path)
    mapping, findings = read_mapping(path)
    if cases and mapping is not None and not any(finding.severity == "error" for finding in findings):
        from harmonize.mapping.run_cases import run_cases

        read, findings = read_cases(path)
        findings += run_cases(mapping, read)
    errors = [finding for finding in findings if finding.severity == "error"]
    if mapping is None or errors:
        count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
        raise MappingError(
            f"{path}: {count}, the mapping was not used", errors, "`harmonize check` shows all findings."
        )
    return mapping


def read_mapping(path: Path) -> tuple[Mapping | None, list[Finding]]:
    """The mapping (None where errors leave too little of it) and all findings, in the order of the lines."""
    parts, findings = _read_parts(path, ())
    if parts is None:
        return None, sorted(set(findings))
    findings += _missing(parts, str(path))
    findings += check_agreement(parts.sections, parts.head, parts.top, str(path))
    findings += check_universes(parts.variables)
    findings += check_pointers(parts.variables, parts.sections.get("keys", {}))
    mapping = _make(parts, path)
    return mapping, sorted(set(findings))


def _read_parts(path: Path, chain: tuple[Path, ...]) -> tuple[Parts | None, list[Finding]]:
    shown = str(path)
    value, findings = load_located(path)
    if value is None:
        return None, findings
    if not isinstance(value, Block):
        help = "keys: " + ", ".join(TOP_KEYS)
        return None, [*findings, finding_at(shown, value, "Y003", "a mapping is a block of keys", help)]
    parts = Parts(top=value)
    for key in value:
        if key not in TOP_KEYS:
            findings.append(
                finding_at(shown, key, "M101", f"'{key}' is not a section", did_you_mean(key, TOP_KEYS, "keys"))
            )
    findings += _read_head(parts, value, path)
    for name, fields in SECTIONS.items():
        if name not in value:
            continue
        block = value[Text(name)]
        if not isinstance(block, Block):
            help = "keys: " + ", ".join(fields)
            findings.append(finding_at(shown, block, "M103", f"{name}: must be a block of keys", help))
            continue
        parts.sections[name], found = read_section(block, fields, name, shown)
        findings += found
    findings += _read_condition(parts.sections.get("include", {}), shown)
    lookups = LookupLoader(path)
    for fact in parts.sections.get("sample", {}).values():
        if isinstance(fact, FromColumn) and fact.lookup is not None:
            findings += lookups.load(fact.lookup, shown)[1]
    if "expect" in value:
        parts.expect, found = read_expect(value[Text("expect")], shown)
        findings += found
    variables = value.get(Text("variables"))
    if isinstance(variables, Block):
        parts.variables, found = read_variables(variables, lookups, shown)
        findings += found
    elif variables is not None:
        findings.append(finding_at(shown, variables, "M103", "variables: must be a block of variables"))
    return _extend(parts, path, chain, findings)


def _read_head(parts: Parts, value: Block, path: Path) -> list[Finding]:
    """The keys that are one value each; the id must be the place of the file."""
    findings: list[Finding] = []
    for name, head_field in HEAD.items():
        if name in value:
            try:
                parts.head[name] = head_field.read(value[Text(name)])
            except WrongValue as wrong:
                found = finding_at(str(path), wrong.where, wrong.code, f"{name}: {wrong.message}", wrong.help)
                findings.append(found)
    place, given = id_by_place(path), parts.head.get("mapping")
    if place is not None and given is not None and given != place:
        message = f"mapping: '{given}' is not the place of this file"
        findings.append(finding_at(str(path), value[Text("mapping")], "M104", message, f"write mapping: {place}"))
    return findings


def _read_condition(include: dict[str, Any], path: str) -> list[Finding]:
    """Parse `include.if`, and put the columns it names and its file beside it."""
    if "if" not in include:
        return []
    condition, findings = parse_condition(include["if"], path)
    if condition is not None:
        include.update(columns=condition.columns, path=path)
    return findings


def _extend(parts: Parts, path: Path, chain: tuple[Path, ...], findings: list[Finding]) -> tuple[Parts, list[Finding]]:
    """Put under `parts` what it takes from the mapping it extends: section keys and variables, by name."""
    base_id = parts.head.get("extends")
    if base_id is None:
        return parts, findings
    where = parts.top[Text("extends")]
    try:
        base_path = _base_path(base_id, path)
    except UsageError as error:
        finding = finding_at(str(path), where, "M105", f"extends: there is no mapping '{base_id}'", error.help)
        return parts, [*findings, finding]
    if base_path is None or base_path.resolve() in [other.resolve() for other in chain]:
        finding = finding_at(str(path), where, "M105", f"extends: '{base_id}' leads back to this file")
        return parts, [*findings, finding]
    base, found = _read_parts(base_path, (*chain, path))
    findings = [*findings, *found]
    if base is None:
        return parts, findings
    sections = {**base.sections}
    for name, values in parts.sections.items():
        sections[name] = values if name == "include" else {**base.sections.get(name, {}), **values}
    head = {key: value for key, value in base.head.items() if key == "unit"} | parts.head
    variables = {**base.variables, **parts.variables}
    return Parts(head, sections, variables, parts.top, (base_id, *base.extends), parts.expect), findings


def _base_path(base_id: str, path: Path) -> Path | None:
    """The file of an id: in the folders about the file that extends it, else shipped.

    None where the only file of that id is the extending file itself. UsageError where there is none.
    A file may extend the shipped mapping of its own id.
    """
    own = path.resolve()
    about = [folder / f"{base_id}.yaml" for folder in (own.parent, own.parent.parent)]
    for candidate in about:
        if candidate.is_file() and candidate != own:
            return short_path(candidate)
    try:
        shipped = find_mapping(base_id)
    except UsageError:
        if own in about:
            return None
        raise
    return None if shipped.resolve() == own else shipped


def _missing(parts: Parts, path: str) -> list[Finding]:
    """Required keys that neither the file nor what it extends gives."""
    findings: list[Finding] = []
    start = Text("", parts.top.line, parts.top.column, parts.top.line, parts.top.column + 1)

    def miss(where: Text, message: str, words: str) -> None:
        findings.append(finding_at(path, where, "M102", message, words))

    for name, head_field in HEAD.items():
        if head_field.required and name not in (*parts.top, *parts.top.without_value):
            miss(start, f"'{name}' is missing", f"{name}: {head_field.words}")
    for section, fields in SECTIONS.items():
        given = parts.sections.get(section)
        if given is None:
            if section in ("source", "sample") and section not in (*parts.top, *parts.top.without_value):
                miss(start, f"the section '{section}' is missing", f"its keys: {', '.join(fields)}")
            continue
        own = parts.top.get(Text(section))
        written = own if isinstance(own, Block) else Block()
        for name, section_field in fields.items():
            here = (*written, *written.without_value)
            if section_field.required and name not in given and name not in here:
                where = parts.top.key(section) if section in parts.top else start
                miss(where, f"{section}: '{name}' is missing", f"{name}: {section_field.words}")
    if not parts.variables and "variables" not in (*parts.top, *parts.top.without_value):
        miss(
            start,
            "the section 'variables' is missing",
            "variables: {sex: {from: SEX, codes: {male: 1, female: 2}}}",
        )
    return findings


def _make(parts: Parts, path: Path) -> Mapping | None:
    """The Mapping, or None where a part it can't be without was not read."""
    sections = parts.sections
    sample = sections.get("sample", {})
    include = dict(sections.get("include", {}))
    if not {"country", "year"} <= sample.keys() or not {"mapping", "version", "title"} <= parts.head.keys():
        return None
    if include and not {"if", "reason", "columns"} <= include.keys():
        return None
    design = dict(sections.get("design", {}))
    replicate = design.pop("replicate_weights", None)
    if "weight_kind" not in design and "person_weight" not in design:
        design["weight_kind"] = "none"
    return Mapping(
        id=parts.head["mapping"],
        version=parts.head["version"],
        title=parts.head["title"],
        source=dict(sections.get("source", {})),
        path=path,
        sample=Sample(**sample),
        design=Design(replicate=replicate, **design),
        unit=parts.head.get("unit", "person"),
        read=ReadOptions(**sections.get("read", {})),
        include=Include(include.pop("if"), **include) if include else None,
        keys=Keys(**sections.get("keys", {})),
        variables=parts.variables,
        extends=parts.extends,
        expect=parts.expect,
    )
