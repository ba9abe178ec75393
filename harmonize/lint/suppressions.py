"""Comments that silence a finding: `# harmonize: ignore[L001, L004] the reason`, on its line or on its variable's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from harmonize.errors import Finding
from harmonize.lint.registry import PAGES
from harmonize.mapping.located import LOADER, Block, Text, load_located_text
from harmonize.mapping.yaml_errors import LINE_BREAK

COMMENT = re.compile(r"(?:^|(?<=\s))#\s*harmoni[sz]e:\s*ignore\b(.*)", re.IGNORECASE)
PARTS = re.compile(r"\[([^]]*)\](.*)")
FORM = "write # harmonize: ignore[CODE] and the reason"


@dataclass(frozen=True)
class Suppression:
    """One comment. `last` is the last line of the findings it is about: those of a variable, if it is on its name."""

    path: str
    line: int
    column: int
    end_column: int
    last: int
    codes: tuple[str, ...]
    reason: str

    def covers(self, finding: Finding, code: str) -> bool:
        """Whether `finding` is one of `code` on its line, or in its variable."""
        return finding.path == self.path and finding.code == code and self.line <= finding.line <= self.last

    def finding(self, code: str, message: str, help: str) -> Finding:
        """A warning about the comment itself."""
        return Finding(self.path, self.line, self.column, code, message, help, "warning", self.line, self.end_column)


def suppressed(findings: Iterable[Finding], own: Sequence[str]) -> list[Finding]:
    """The findings that no comment silences, and those about the comments themselves, sorted.

    own: the files whose comments are judged (the mapping and its cases); those of other files with findings,
    a lookup's or an extended mapping's, are heeded and not judged. Errors are never silenced.
    """
    every = sorted(set(findings))
    comments = [one for path in sorted({*own, *(f.path for f in every)}) for one in read_suppressions(path)]
    left = [
        finding
        for finding in every
        if finding.severity == "error" or not any(one.covers(finding, code) for one in comments for code in one.codes)
    ]
    about = [found for one in comments if one.path in own for found in _judged(one, every)]
    return sorted({*left, *about})


def read_suppressions(path: str) -> list[Suppression]:
    """The comments of a file, in order; none where it can't be read, which is a finding of its own."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    rows = enumerate(LINE_BREAK.split(text), start=1)
    places = [(line, found) for line, row in rows if (found := COMMENT.search(row))]
    if not places:
        return []
    try:
        scalars = [_span(token) for token in yaml.scan(text, LOADER) if isinstance(token, yaml.ScalarToken)]
    except yaml.YAMLError:
        return []
    variables = _variables(text, path)
    comments = []
    for line, found in places:
        if any(start <= (line, found.start()) < end for start, end in scalars):
            continue  # a text that looks like a comment
        parts = PARTS.match(found[1].strip())
        codes = tuple(code.strip().upper() for code in parts[1].split(",") if code.strip()) if parts else ()
        reason = parts[2].strip(" -:") if parts else ""
        last = variables.get(line, line)
        comments.append(Suppression(path, line, found.start() + 1, len(found.string.rstrip()) + 1, last, codes, reason))
    return comments


def _span(token: yaml.ScalarToken) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = token.start_mark, token.end_mark
    return (start.line + 1, start.column), (end.line + 1, end.column)


def _variables(text: str, path: str) -> dict[int, int]:
    """The line of each variable's name -> the last line of its rule."""
    value, _ = load_located_text(text, path)
    variables = value.get(Text("variables")) if isinstance(value, Block) else None
    return {key.line: rule.end_line for key, rule in variables.items()} if isinstance(variables, Block) else {}


def _judged(one: Suppression, findings: list[Finding]) -> list[Finding]:
    """S001 to S003 of one comment."""
    if not one.codes:
        return [one.finding("S003", "the comment names no code to ignore", FORM)]
    about = [] if one.reason else [one.finding("S001", f"ignore[{', '.join(one.codes)}] gives no reason", FORM)]
    for code in one.codes:
        page = PAGES.get(code)
        covered = [finding for finding in findings if one.covers(finding, code)]
        if page is None:
            near = get_close_matches(code, PAGES, n=1)
            help = f"did you mean {near[0]}?" if near else "docs/rules.md lists the codes"
            about.append(one.finding("S003", f"check has no code {code}", help))
        elif any(finding.severity == "error" for finding in covered):
            about.append(one.finding("S002", f"this {code} is an error, which can't be ignored", "mend it"))
        elif not covered and not page.needs_codebook:
            about.append(one.finding("S002", f"there is no {code} here to ignore", "remove the comment"))
    return about
