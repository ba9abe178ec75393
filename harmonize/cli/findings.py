"""Findings as text: `full` shows the line and marks the place, `concise` is a line each, `json` a list."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from harmonize.errors import Finding

KEYS = ("code", "severity", "path", "line", "column", "end_line", "end_column", "message", "help")


def render_full(findings: Sequence[Finding]) -> str:
    """All findings with their source lines, an empty line between them."""
    from harmonize.mapping.render import render_finding

    return "\n\n".join(render_finding(finding) for finding in findings)


def render_concise(findings: Sequence[Finding]) -> str:
    """`path:line:column CODE message`, a line each."""
    from harmonize.mapping.render import render_finding

    return "\n".join(" ".join(render_finding(finding, full=False).splitlines()) for finding in findings)


def render_json(findings: Sequence[Finding]) -> str:
    """A JSON list of objects with KEYS; positions are 1-based and count characters."""
    rows = [{key: finding.as_dict()[key] for key in KEYS} for finding in findings]
    return json.dumps(rows, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "full": render_full,
    "concise": render_concise,
    "json": render_json,
}
