"""A finding as a person reads it: the place, the line with the spot marked, and what to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.yaml_errors import LINE_BREAK

WIDEST = 160
"""Characters of a line that are shown; of a longer one those about the mark."""
BEFORE = 40


def render_finding(finding: Finding, full: bool = True) -> str:
    """One finding: `path:line:col CODE message`, and in full form the source line, a caret and the help.

    Lines end as YAML ends them, so that the line shown is the line counted.
    """
    severity = "" if finding.severity == "error" else f"{finding.severity}: "
    if not full:
        return f"{finding.path}:{finding.line}:{finding.column} {finding.code} {severity}{finding.message}"
    rows = [f"{finding.path}:{finding.line}:{finding.column}  {finding.code}  {severity}{finding.message}"]
    rows += _excerpt(finding)
    rows += [f"   {line}" for line in finding.help.splitlines()]
    return "\n".join(rows)


def _excerpt(finding: Finding) -> list[str]:
    lines = _lines(finding.path)
    if not 1 <= finding.line <= len(lines):
        return []
    line = lines[finding.line - 1]
    start = max(finding.column, 1)
    end = finding.end_column if finding.end_line in (0, finding.line) else len(line) + 1
    if len(line) > WIDEST:
        line, start, end = _about(line, start, end)
    marks = "^" * max(1, min(end, len(line) + 1) - start)
    indent = "".join("\t" if character == "\t" else " " for character in line[: start - 1])
    return [f"{finding.line:5} | {line}".rstrip(), f"      | {indent}{marks}"]


def _about(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line where the mark stands, with dots for what is left out, and the mark's place in it."""
    first = max(0, min(start - 1 - BEFORE, len(line) - WIDEST))
    last = first + WIDEST
    dots = "..." if first else ""
    moved = len(dots) - first
    return f"{dots}{line[first:last]}{'...' if last < len(line) else ''}", start + moved, min(end, last + 1) + moved


@cache
def _lines(path: str) -> tuple[str, ...]:
    try:
        return tuple(LINE_BREAK.split(Path(path).read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError):
        return ()
