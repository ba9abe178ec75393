"""A gallery of seeded mistakes: each found at its place, with the advice that mends it.

Mistakes of which `tests/bad_mappings` has a file are not here again: the two together raise every code.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harmonize.lint.check import lint
from harmonize.lint.registry import PAGES
from harmonize.mapping import find
from tests.bad_mappings.test_bad_mappings import EXPECTED as BAD_MAPPINGS

HERE = Path(__file__).parent
UNLESS_EXPECTED = {"C001", "C005"}  # most files of the gallery have no cases

# mapping: (file, line, column, code, words of its message, words of its advice)
EXPECTED = {
    "a_case_of_another_column": (".cases.yaml", 2, 25, "C003", "reads no column 'P1'", "did you mean 'P11'?"),
    "a_case_that_fails": (".cases.yaml", 2, 54, "C004", "sex comes out as female, not male", "its rule: "),
    "a_case_without_a_name": (".cases.yaml", 2, 5, "C002", "a case needs a name", ""),
    "a_column_that_nothing_reads": (".yaml", 9, 5, "M030", "no condition or branch reads P27", "remove it from"),
    "a_lookup_with_a_code_twice": (
        "lookups/twice.yaml",
        2,
        7,
        "M017",
        "the code 840 is given to 'USA'",
        "keep one of them",
    ),
    "a_mapping_in_another_place": (".yaml", 1, 10, "M104", "'ken/2019' is not the place", "mapping: a_mapping_in_an"),
    "a_number_of_a_category": (".yaml", 8, 20, "M028", "number is not for a variable", "use codes, lookup or when"),
    "a_suppression_of_no_code": (".yaml", 9, 16, "S003", "check has no code M300", "did you mean M030?"),
    "a_suppression_of_nothing": (".yaml", 9, 16, "S002", "no M030 here to ignore", "remove the comment"),
    "a_suppression_without_a_reason": (".yaml", 9, 23, "S001", "gives no reason", "and the reason"),
    "a_tag": (".yaml", 8, 34, "Y007", "the tag !!int is not read", "remove the tag"),
    "a_variable_in_no_case": (".cases.yaml", 1, 1, "C005", "no case shows age", "add a case"),
    "an_anchor_in_itself": (".yaml", 8, 8, "Y006", "this anchor contains itself", "write the values out"),
    "bytes_of_latin_1": (".yaml", 3, 9, "Y001", "not UTF-8 text", "save it as UTF-8"),
    "no_case_beside": (".yaml", 1, 1, "C001", "has no cases", "write no_case_beside.cases.yaml beside it"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_seeded_mistake_is_found_at_its_place_with_its_advice(name, monkeypatch):
    file, line, column, code, message, advice = EXPECTED[name]
    if code == "M104":  # a shipped mapping is one under this folder
        monkeypatch.setattr(find, "mappings_dir", lambda: HERE)
    quiet = UNLESS_EXPECTED - {code}
    findings = [found for found in lint(str(HERE / f"{name}.yaml")) if found.code not in quiet]
    path = HERE / file if file.startswith("lookups/") else HERE / f"{name}{file}"
    assert [(f.path, f.line, f.column, f.code) for f in findings] == [(str(path), line, column, code)]
    assert message in findings[0].message
    assert advice in findings[0].help


def test_every_file_of_the_gallery_is_expected_to_show_something():
    stems = {path.name.split(".")[0] for path in HERE.glob("*.yaml")}
    assert stems == set(EXPECTED)


def test_every_code_can_be_raised():
    shown = {code for *_, code, _ in BAD_MAPPINGS.values()} | {code for _, _, _, code, _, _ in EXPECTED.values()}
    assert shown == {page.code for page in PAGES.values() if not page.needs_codebook}


def test_every_code_in_the_program_has_a_page_and_every_page_a_code_in_the_program():
    package = HERE.parents[1] / "harmonize"
    files = [path for path in package.rglob("*.py") if not path.name.endswith("_pages.py")]
    assert len(files) > 200
    used = {code for path in files for code in re.findall(r'"([CFLMSY]\d{3})"', path.read_text(encoding="utf-8"))}
    assert used - {"M049"} == set(PAGES)
