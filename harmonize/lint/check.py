"""What `harmonize check` looks at in one mapping: all of it, less what comments silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from harmonize.errors import Finding, UsageError
from harmonize.lint.fix import fix
from harmonize.lint.leaves import leaves
from harmonize.lint.suppressions import suppressed
from harmonize.lint.tidy import Mend, mends
from harmonize.mapping.cases import cases_path
from harmonize.mapping.check import check_file
from harmonize.mapping.find import find_mapping

if TYPE_CHECKING:
    from harmonize.lint.codebook import Codebook
    from harmonize.mapping.model import Mapping


class Data(NamedTuple):
    """An extract that mappings are held against. codebook: what describes it, where it is not found beside it."""

    files: tuple[Path, ...]
    households: tuple[Path, ...] = ()
    codebook: Path | None = None


class Looked(NamedTuple):
    """What was found in one mapping, sorted by file and line, and what was looked at: cases run, lookups used.

    Both are nothing where the mapping has errors: its cases don't run.
    """

    findings: tuple[Finding, ...]
    cases: int = 0
    lookups: frozenset[str] = frozenset()


def lint(id_or_path: str, book: Codebook | None = None, data: Data | None = None) -> tuple[Finding, ...]:
    """The findings of `look`."""
    return look(id_or_path, book, data).findings


def look(id_or_path: str, book: Codebook | None = None, data: Data | None = None) -> Looked:
    """What is wrong with a mapping; with a codebook or data, what these show of a mapping without errors.

    Raises UsageError if there is no such mapping, other HarmonizeErrors where the data can't be read or do not fit.
    """
    path = find_mapping(id_or_path)
    mapping, findings, cases = check_file(path)
    if mapping is not None and book is not None:
        from harmonize.lint.against_codebook import against_codebook

        findings += against_codebook(mapping, book)
    if mapping is not None and data is not None:
        from harmonize.lint.against_data import against_data

        findings += against_data(mapping, data.files, data.households, data.codebook)
    own = [str(path), str(cases_path(path))]
    findings += [mend.finding for file in own for mend in mends(file)]
    told = tuple(suppressed(findings, own))
    return Looked(told, cases, _lookups(mapping) if mapping is not None else frozenset())


def _lookups(mapping: Mapping) -> frozenset[str]:
    """Names of the lookups that the rules and the facts of the sample use."""
    rules = [rule.rule.body for rule in mapping.variables.values() if rule.rule.body is not None]
    bodies = [leaf.body for body in rules for leaf in leaves(body)]
    used = [str(body.lookup.name) for body in bodies if getattr(body, "lookup", None) is not None]
    return frozenset([*used, *(str(fact.lookup) for _, fact in mapping.sample.from_columns if fact.lookup)])


def mend_files(path: str, tells: Callable[[Finding], bool]) -> list[Mend]:
    """Mend what can be of a mapping and its cases and is told; returns what was mended, by file and line.

    Raises UsageError for an id, since those are of shipped mappings, and OutputError where a file can't be written.
    """
    found = find_mapping(path)
    if not path.endswith((".yaml", ".yml")):
        raise UsageError(f"--fix {path}: this is the id of a shipped mapping", f"give its file: {found}")
    files = [file for file in (found, cases_path(found)) if file.is_file()]
    return [mend for file in files for mend in fix(file, partial(_told, str(file), tells))]


def _told(path: str, tells: Callable[[Finding], bool], findings: list[Finding]) -> Iterator[Finding]:
    return filter(tells, suppressed(findings, [path]))
