"""What `check` writes for other programs is read back as those programs read it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as Xml

import pytest
from fluidattacks_core.sarif import SarifLog
from junitparser import JUnitXml

from harmonize.cli.findings import FORMATS
from harmonize.errors import Finding
from harmonize.lint.registry import PAGES
from harmonize.lint.report import Report

ERROR = Finding(
    "maps/my mapping, é.yaml", 11, 31, "M013", "sex: 100% of the code 1: given to 'female', and on line 11 to 'male'",
    "keep it in one of them", "error", 11, 32,
)  # fmt: skip
WARNING = Finding("maps/b.yaml", 1, 1, "C001", "the mapping has no cases", "write one\nbeside it", "warning", 1, 2)
NOTE = Finding("maps/b.yaml", 3, 5, "M030", "over two lines", "", "info", 4, 9)
REPORT = Report((("ken/2019", (ERROR,)), ("maps/b.yaml", (WARNING, NOTE)), ("ipums/cps", ())))
NOTHING = Report((("ipums/cps", ()),))


ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def undone(value):
    return re.sub("%(25|0D|0A|3A|2C)", lambda code: ESCAPES[code[0]], value)


def commands(text):
    """Workflow commands as actions/runner reads them: properties between `::`, escapes undone."""
    found = []
    for line in text.splitlines():
        head, data = re.fullmatch(r"::(.*?)::(.*)", line).groups()
        kind, _, listed = head.partition(" ")
        properties = dict(part.split("=", 1) for part in listed.split(","))
        found.append((kind, {name: undone(value) for name, value in properties.items()}, undone(data)))
    return found


def test_github_annotates_the_line_with_message_and_advice():
    error, warning, note = commands(FORMATS["github"](REPORT))
    assert error == (
        "error",
        {
            "file": ERROR.path, "line": "11", "endLine": "11", "col": "31", "endColumn": "32",
            "title": "harmonize M013",
        },
        f"{ERROR.message}\nkeep it in one of them",
    )  # fmt: skip
    assert (warning[0], note[0]) == ("warning", "notice")
    assert warning[2].splitlines() == ["the mapping has no cases", "write one", "beside it"]


def test_github_is_given_columns_only_within_one_line():
    _, properties, _ = commands(FORMATS["github"](REPORT))[2]
    assert properties == {"file": "maps/b.yaml", "line": "3", "endLine": "4", "title": "harmonize M030"}


def test_github_is_told_nothing_where_nothing_is_wrong():
    assert FORMATS["github"](NOTHING) == ""


def test_gitlab_has_what_a_code_quality_report_needs():
    rows = json.loads(FORMATS["gitlab"](REPORT))
    assert [row["severity"] for row in rows] == ["major", "minor", "info"]
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert re.fullmatch("[0-9a-f]{64}", row["fingerprint"])
    assert rows[0]["location"] == {
        "path": ERROR.path,
        "positions": {"begin": {"line": 11, "column": 31}, "end": {"line": 11, "column": 32}},
    }
    assert json.loads(FORMATS["gitlab"](NOTHING)) == []


def moved(finding, lines):
    """The same mistake once lines were put in above it."""
    facts = finding.as_dict() | {"line": finding.line + lines, "end_line": finding.end_line + lines}
    return Finding(**facts | {"message": finding.message.replace("line 11", f"line {11 + lines}")})


def marks(*findings):
    return [row["fingerprint"] for row in json.loads(FORMATS["gitlab"](Report((("m", findings),))))]


def test_a_fingerprint_stays_when_lines_are_put_in_above():
    assert marks(ERROR) == marks(moved(ERROR, 5))
    assert marks(ERROR) != marks(WARNING)


def test_fingerprints_of_the_same_mistake_in_two_places_differ():
    first, second = marks(ERROR, moved(ERROR, 5))
    assert first != second


def sarif(report):
    """The run, read by models made from the schema of SARIF 2.1.0: a property that it lacks is refused."""
    text = FORMATS["sarif"](report)
    SarifLog.model_validate_json(text)
    (run,) = json.loads(text)["runs"]
    return run


def test_sarif_is_of_its_schema_and_says_where_and_which_rule():
    run = sarif(REPORT)
    rules = run["tool"]["driver"]["rules"]
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(run["results"], [ERROR, WARNING, NOTE], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] == levels[finding.severity]
        region = result["locations"][0]["physicalLocation"]["region"]
        place = [region[name] for name in ("startLine", "startColumn", "endLine", "endColumn")]
        assert place == [finding.line, finding.column, finding.end_line, finding.end_column]
    file = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert file == {"uri": "maps/my%20mapping%2C%20%C3%A9.yaml"}
    assert rules[1]["help"]["text"] == PAGES["M013"].instead


def test_sarif_of_nothing_wrong_is_a_run_without_results():
    assert sarif(NOTHING)["results"] == []


def test_the_models_of_sarif_refuse_what_the_schema_does_not_have():
    text = FORMATS["sarif"](REPORT).replace('"startLine"', '"beginLine"')
    with pytest.raises(ValueError, match="beginLine"):
        SarifLog.model_validate_json(text)


def test_sarif_has_a_rule_for_every_code_there_is():
    every = tuple(Finding("m.yaml", 1, 1, code, "words", "", page.severity) for code, page in PAGES.items())
    rules = sarif(Report((("m.yaml", every),)))["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted(PAGES)


def test_junit_has_a_case_a_mapping_that_fails_where_it_has_errors():
    xml = JUnitXml.fromstring(FORMATS["junit"](REPORT).encode())
    (suite,) = xml
    failed, warned, clean = suite
    assert (xml.tests, xml.failures, suite.tests, suite.failures) == (3, 1, 3, 1)
    assert [case.name for case in suite] == ["ken/2019", "maps/b.yaml", "ipums/cps"]
    (failure,) = failed.result
    assert (failure.message, failure.type) == ("1 error, 0 warnings", "M013")
    assert failure.text == f"{ERROR}\n  keep it in one of them"
    assert warned.is_passed
    assert warned.system_out.splitlines()[0] == str(WARNING)
    assert clean.is_passed
    assert clean.system_out is None


def test_junit_holds_no_character_that_xml_can_not():
    odd = Finding("m.yaml", 1, 1, "Y001", "a \x00 or \x1b in the text")
    root = Xml.fromstring(FORMATS["junit"](Report((("m.yaml", (odd,)),))))
    assert "a \ufffd or \ufffd in the text" in root.find(".//failure").text


@pytest.mark.parametrize("format", ["json", "gitlab", "sarif", "junit"])
def test_a_file_for_a_program_is_whole_where_nothing_is_wrong(harmonize, format):
    result = harmonize("check", "ipums/cps", "--output-format", format)
    assert result.exit_code == 0
    assert result.stdout.isascii()
    assert Xml.fromstring(result.stdout).tag == "testsuites" if format == "junit" else json.loads(result.stdout) != 0
