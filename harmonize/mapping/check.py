"""All that is wrong with a mapping: the file, what it extends, its lookups, and its cases."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from harmonize.errors import Finding
from harmonize.mapping.cases import read_cases
from harmonize.mapping.find import find_mapping
from harmonize.mapping.load import read_mapping
from harmonize.mapping.model import Mapping
from harmonize.mapping.todo import todo_findings


def check_mapping(id_or_path: str | Path) -> list[Finding]:
    """Findings of the mapping and of its cases, sorted by file and line. UsageError if there is no such file."""
    return check_file(find_mapping(id_or_path)).findings


class Checked(NamedTuple):
    """mapping: None where it has errors. findings: those of `check_mapping`. cases: how many ran."""

    mapping: Mapping | None
    findings: list[Finding]
    cases: int = 0


def check_file(path: Path) -> Checked:
    """Check one file.

    Cases run only through a mapping without errors; how they are written is checked in any case.
    """
    mapping, findings = read_mapping(path)
    cases, written = read_cases(path)
    findings += [*todo_findings(path), *written]
    if mapping is None or any(finding.severity == "error" for finding in findings):
        return Checked(None, sorted(set(findings)))
    from harmonize.mapping.run_cases import run_cases

    return Checked(mapping, sorted({*findings, *run_cases(mapping, cases)}), len(cases))
