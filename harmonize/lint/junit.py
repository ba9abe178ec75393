"""Findings as JUnit XML, which most CI servers read: one test case a mapping, that fails where it has errors.

Source: github.com/testmoapp/junitxml, the common form; a case has at most one failure in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from harmonize.errors import Finding
from harmonize.lint.report import Report, counted
from harmonize.xml_text import legal


def render(report: Report) -> str:
    """The errors of a mapping are its failure, its warnings and notes the output of its test."""
    failed = sum(bool(_errors(findings)) for _, findings in report.mappings)
    counts = {"tests": str(len(report.mappings)), "failures": str(failed), "errors": "0"}
    suites = Xml.Element("testsuites", {"name": "harmonize", **counts})
    suite = Xml.SubElement(suites, "testsuite", {"name": "harmonize check", **counts, "skipped": "0"})
    for name, findings in report.mappings:
        case = Xml.SubElement(suite, "testcase", {"name": legal(name), "classname": "harmonize.check"})
        errors = _errors(findings)
        others = [finding for finding in findings if finding.severity != "error"]
        if errors:
            kinds = ", ".join(sorted({finding.code for finding in errors}))
            failure = Xml.SubElement(case, "failure", {"message": counted(findings), "type": kinds})
            failure.text = _listed(errors)
        if others:
            Xml.SubElement(case, "system-out").text = _listed(others)
    Xml.indent(suites)
    body = Xml.tostring(suites, encoding="us-ascii", xml_declaration=False).decode()  # whatever the stream's encoding
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _listed(findings: Sequence[Finding]) -> str:
    lines = [
        line for finding in findings for line in (str(finding), *(f"  {more}" for more in finding.help.splitlines()))
    ]
    return legal("\n".join(lines))
