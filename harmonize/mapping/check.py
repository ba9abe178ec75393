"""All that is wrong with a mapping: the file, what it extends, its lookups, and its cases."""

from __future__ import annotations

from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.cases import read_cases
from harmonize.mapping.find import find_mapping
from harmonize.mapping.load import read_mapping


def check_mapping(id_or_path: str | Path) -> list[Finding]:
    """Findings of the mapping and of its cases, sorted by file and line. UsageError if there is no such file.

    Cases run only through a mapping without errors; how they are written is checked in any case.
    """
    path = find_mapping(id_or_path)
    mapping, findings = read_mapping(path)
    if mapping is None or any(finding.severity == "error" for finding in findings):
        _, written = read_cases(path)
        return sorted({*findings, *written})
    from harmonize.mapping.run_cases import run_cases

    return sorted({*findings, *run_cases(mapping)})
