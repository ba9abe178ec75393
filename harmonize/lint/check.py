"""What `harmonize check` looks at in one mapping: all of it, less what comments silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from harmonize.errors import Finding, UsageError
from harmonize.lint.fix import fix
from harmonize.lint.suppressions import suppressed
from harmonize.lint.tidy import mends
from harmonize.mapping.cases import cases_path
from harmonize.mapping.check import check_file
from harmonize.mapping.find import find_mapping

if TYPE_CHECKING:
    from harmonize.lint.codebook import Codebook


class Data(NamedTuple):
    """An extract that mappings are held against. codebook: what describes it, where it is not found beside it."""

    files: tuple[Path, ...]
    households: tuple[Path, ...] = ()
    codebook: Path | None = None


def lint(id_or_path: str, book: Codebook | None = None, data: Data | None = None) -> tuple[Finding, ...]:
    """Findings sorted by file and line; with a codebook or data, what these show of a mapping without errors.

    Raises UsageError if there is no such mapping, other HarmonizeErrors where the data can't be read or do not fit.
    """
    path = find_mapping(id_or_path)
    mapping, findings = check_file(path)
    if mapping is not None and book is not None:
        from harmonize.lint.against_codebook import against_codebook

        findings += against_codebook(mapping, book)
    if mapping is not None and data is not None:
        from harmonize.lint.against_data import against_data

        findings += against_data(mapping, data.files, data.households, data.codebook)
    own = [str(path), str(cases_path(path))]
    findings += [mend.finding for file in own for mend in mends(file)]
    return tuple(suppressed(findings, own))


def mend_files(path: str, tells: Callable[[Finding], bool]) -> int:
    """Mend what can be of a mapping and its cases and is told; returns how many findings.

    Raises UsageError for an id, since those are of shipped mappings, and OutputError where a file can't be written.
    """
    found = find_mapping(path)
    if not path.endswith((".yaml", ".yml")):
        raise UsageError(f"--fix {path}: this is the id of a shipped mapping", f"give its file: {found}")
    files = [file for file in (found, cases_path(found)) if file.is_file()]
    return sum(fix(file, partial(_told, str(file), tells)) for file in files)


def _told(path: str, tells: Callable[[Finding], bool], findings: list[Finding]) -> Iterator[Finding]:
    return filter(tells, suppressed(findings, [path]))
