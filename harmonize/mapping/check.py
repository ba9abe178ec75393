"""All that is wrong with a mapping: the file, what it extends, its lookups, and its cases."""

from __future__ import annotations

from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.cases import read_cases
from harmonize.mapping.find import find_mapping
from harmonize.mapping.load import read_mapping
from harmonize.mapping.model import Mapping
from harmonize.mapping.todo import todo_findings


def check_mapping(id_or_path: str | Path) -> list[Finding]:
    """Findings of the mapping and of its cases, sorted by file and line. UsageError if there is no such file."""
    return check_file(find_mapping(id_or_path))[1]


def check_file(path: Path) -> tuple[Mapping | None, list[Finding]]:
    """The mapping, None where it has errors, and the findings of `check_mapping`.

    Cases run only through a mapping without errors; how they are written is checked in any case.
    """
    mapping, findings = read_mapping(path)
    findings += todo_findings(path)
    if mapping is None or any(finding.severity == "error" for finding in findings):
        _, written = read_cases(path)
        return None, sorted({*findings, *written})
    from harmonize.mapping.run_cases import run_cases

    return mapping, sorted({*findings, *run_cases(mapping)})
