"""The example on the page of a rule has the mistake, and no other."""

from __future__ import annotations

import re
import textwrap
from xml.sax.saxutils import escape

import pytest

from harmonize.lint.check import lint
from harmonize.lint.codebook import Codebook
from harmonize.lint.registry import PAGES

TOP = {
    "mapping": "mapping: my",
    "version": "version: 1.0.0",
    "title": "title: My census",
    "source": "source: {producer: P}",
    "sample": "sample: {country: KEN, year: 2019}",
    "design": "design: {person_weight: W}",
    "variables": "variables:\n  sex: {from: P, codes: {male: 1, female: 2}}",
}
# examples that are a word about a file, or a part of another file: the gallery has them whole
ELSEWHERE = {
    *(code for code in PAGES if code.startswith("D")),
    "Y001",
    "Y003",
    "Y004",
    "Y006",
    "M015",
    "M017",
    "M029",
    "M031",
    "M032",
    "M104",
}
WHOLE = [code for code in PAGES if code not in ELSEWHERE and not code.startswith("C")]


def written(example):
    """The example as a whole mapping file: a section of it, a variable, or a `when` of one."""
    first = re.match(r"\w+", example)[0]
    if first in (*TOP, "keys", "extends"):
        parts = TOP | {first: example}
    elif first == "when":
        rule = textwrap.indent(f"labour_force_status:\n  from: [X, HOURS]\n{textwrap.indent(example, '  ')}", "  ")
        parts = TOP | {"variables": f"variables:\n{rule}"}
    else:
        parts = TOP | {"variables": f"variables:\n{textwrap.indent(example, '  ')}"}
    return "\n".join([*parts.values(), ""])


def codebook(example, path):
    """The codebook that the comment of an example tells: `# codebook: 1 Yes, 2 No`."""
    column = "SEX" if "no SEXO" in example else re.search(r"from: (\w+)", example)[1]
    told = example.split("# codebook: ")[1]
    labels = re.findall(r"(\d+) ([^,]+)", told)
    rows = [f"<catgry><catValu>{code}</catValu><labl>{escape(label)}</labl></catgry>" for code, label in labels]
    path.write_text(
        f'<codeBook><dataDscr><var name="W"/><var name="{column}">{"".join(rows)}</var></dataDscr></codeBook>'
    )
    return Codebook([path])


@pytest.mark.parametrize("code", WHOLE)
def test_an_example_has_the_mistake_of_its_page_and_no_other(code, tmp_path):
    page = PAGES[code]
    path = tmp_path / "my.yaml"
    path.write_text(written(textwrap.dedent(page.example).strip("\n")), encoding="utf-8")
    book = codebook(page.example, tmp_path / "book.xml") if page.needs_codebook else None
    found = {(finding.code, finding.severity) for finding in lint(str(path), book)} - {("C001", "warning")}
    assert found == {(code, page.severity)}


def test_most_examples_are_whole():
    assert len(WHOLE) > 40
