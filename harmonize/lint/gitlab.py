"""Findings as GitLab shows them in a merge request: a Code Quality report.

Source: docs.gitlab.com, Code Quality, Code Quality report format.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter

from harmonize.errors import Finding
from harmonize.lint.report import Report, repository_path, with_help

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """A JSON list, an object a finding."""
    seen: Counter[str] = Counter()
    rows = []
    for finding in report.findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        rows.append(
            {
                "description": with_help(finding),
                "check_name": finding.code,
                "fingerprint": mark if seen[mark] == 1 else _hash(f"{mark} {seen[mark]}"),
                "severity": SEVERITIES[finding.severity],
                "location": {
                    "path": repository_path(finding.path),
                    "positions": {
                        "begin": {"line": finding.line, "column": finding.column},
                        "end": {
                            "line": finding.end_line or finding.line,
                            "column": finding.end_column or finding.column,
                        },
                    },
                },
            }
        )
    return json.dumps(rows, indent=2)


def fingerprint(finding: Finding) -> str:
    """What stays when lines are put in above: a hash of path, code and message, without the line numbers in it."""
    message = re.sub(r"\bline \d+", "line", finding.message)
    return _hash(f"{repository_path(finding.path)} {finding.code} {message}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
