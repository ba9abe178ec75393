"""Findings as text: `full` shows the line and marks the place, `concise` is a line each, `json` a list.

Those that other programs show (github, gitlab, sarif, junit) have a module each in harmonize.lint.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from harmonize.errors import Finding
from harmonize.lint import github, gitlab, junit, sarif
from harmonize.lint.report import Report, plural

KEYS = ("code", "severity", "path", "line", "column", "end_line", "end_column", "message", "help")


NAMED = 3
"""Files that are named of those with the same warning."""


def render_full(findings: Sequence[Finding]) -> str:
    """All findings with their source lines, an empty line between them.

    A warning that several files share (no cases beside them) is shown at the first of them.
    """
    from harmonize.mapping.render import render_finding

    same: dict[object, list[Finding]] = {}
    for finding in findings:
        alone = finding.severity == "error"
        same.setdefault(finding if alone else (finding.code, finding.message), []).append(finding)
    shown = []
    for first, *others in same.values():
        rows = [render_finding(first)]
        if others:
            names = ", ".join(f"{other.path}:{other.line}" for other in others[:NAMED])
            times = plural(len(others), "more time")
            rows.append(f"   the same {times}: {names}{', ...' if len(others) > NAMED else ''}")
        shown.append("\n".join(rows))
    return "\n\n".join(shown)


def render_concise(findings: Sequence[Finding]) -> str:
    """`path:line:column CODE message`, a line each."""
    from harmonize.mapping.render import render_finding

    return "\n".join(" ".join(render_finding(finding, full=False).splitlines()) for finding in findings)


def render_json(findings: Sequence[Finding]) -> str:
    """A JSON list of objects with KEYS; positions are 1-based and count characters."""
    rows = [{key: finding.as_dict()[key] for key in KEYS} for finding in findings]
    return json.dumps(rows, indent=2)


FORMATS: dict[str, Callable[[Report], str]] = {
    "full": lambda report: render_full(report.findings),
    "concise": lambda report: render_concise(report.findings),
    "json": lambda report: render_json(report.findings),
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
"""Name of an output format -> how a report is written in it; of no finding, github and the first two write nothing."""
