"""Findings as SARIF 2.1.0, the format of code scanning: GitHub, Azure DevOps, editors.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from harmonize import __version__
from harmonize.errors import Finding
from harmonize.lint.gitlab import fingerprint
from harmonize.lint.registry import PAGES
from harmonize.lint.report import Report, repository_path, with_help

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report) -> str:
    """One run: the rules of what was found, with their pages, and a result a finding."""
    findings = report.findings
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "harmonize",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    page = PAGES[code]
    return {
        "id": code,
        "name": page.name,
        "shortDescription": {"text": page.what},
        "fullDescription": {"text": f"{page.what} {page.why}"},
        "help": {"text": page.instead, "markdown": page.markdown()},
        "defaultConfiguration": {"level": LEVELS[page.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line or finding.line,
        "endColumn": finding.end_column or finding.column + 1,
    }
    place = {"artifactLocation": {"uri": _uri(finding.path)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": with_help(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"harmonizeFinding/v1": fingerprint(finding)},
    }


def _uri(path: str) -> str:
    """Relative to the working directory, which is the top of the repository in CI; else a file URI."""
    shown = repository_path(path)
    return Path(shown).as_uri() if Path(shown).is_absolute() else quote(shown)
