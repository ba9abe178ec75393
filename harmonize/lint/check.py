"""What `harmonize check` looks at in one mapping: all of it, less what comments silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.errors import Finding
from harmonize.lint.suppressions import suppressed
from harmonize.mapping.cases import cases_path
from harmonize.mapping.check import check_file
from harmonize.mapping.find import find_mapping

if TYPE_CHECKING:
    from harmonize.lint.codebook import Codebook


def lint(id_or_path: str, book: Codebook | None = None) -> tuple[Finding, ...]:
    """Findings sorted by file and line; with a codebook, what that shows of a mapping without errors.

    Raises UsageError if there is no such mapping.
    """
    path = find_mapping(id_or_path)
    mapping, findings = check_file(path)
    if mapping is not None and book is not None:
        from harmonize.lint.against_codebook import against_codebook

        findings += against_codebook(mapping, book)
    return tuple(suppressed(findings, [str(path), str(cases_path(path))]))
