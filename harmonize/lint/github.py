"""Findings as GitHub annotates them on a pull request: a workflow command a line.

Source: docs.github.com, Workflow commands for GitHub Actions; the escapes are those of actions/toolkit.
"""

from __future__ import annotations

from harmonize.errors import Finding
from harmonize.lint.report import Report, repository_path, with_help

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """`::error file=...,line=...,col=...,title=CODE::message`, a line a finding."""
    return "\n".join(_command(finding) for finding in report.findings)


def _command(finding: Finding) -> str:
    place: dict[str, object] = {
        "file": repository_path(finding.path),
        "line": finding.line,
        "endLine": finding.end_line or finding.line,
        "col": finding.column,
        "endColumn": finding.end_column or finding.column,
        "title": f"harmonize {finding.code}",
    }
    if place["endLine"] != finding.line:  # GitHub takes columns only within a line
        del place["col"], place["endColumn"]
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    return f"::{LEVELS[finding.severity]} {shown}::{_text(with_help(finding))}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
