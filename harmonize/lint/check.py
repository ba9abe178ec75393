"""What `harmonize check` looks at in one mapping: all of it, less what comments silence."""

from __future__ import annotations

from harmonize.errors import Finding
from harmonize.lint.suppressions import suppressed
from harmonize.mapping.cases import cases_path
from harmonize.mapping.check import check_file
from harmonize.mapping.find import find_mapping


def lint(id_or_path: str) -> tuple[Finding, ...]:
    """Findings sorted by file and line. UsageError if there is no such mapping."""
    path = find_mapping(id_or_path)
    _, findings = check_file(path)
    return tuple(suppressed(findings, [str(path), str(cases_path(path))]))
