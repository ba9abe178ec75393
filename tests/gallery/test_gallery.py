"""A gallery of seeded mistakes: each found at its place, with the advice that mends it.

Mistakes of which `tests/bad_mappings` has a file are not here again, nor those that were seen elsewhere
(test_seen_elsewhere.py): the three together raise every code.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harmonize.lint.check import Data, lint
from harmonize.lint.codebook import Codebook
from harmonize.lint.registry import PAGES
from harmonize.mapping import find
from tests.bad_mappings.test_bad_mappings import EXPECTED as BAD_MAPPINGS
from tests.gallery.test_seen_elsewhere import EXPECTED as ELSEWHERE

HERE = Path(__file__).parent
UNLESS_EXPECTED = {"C001", "C005"}  # most files of the gallery have no cases

# mapping: (file, line, column, code, words of its message, words of its advice)
EXPECTED = {
    "a_branch_out_of_reach": [
        (".yaml", 11, 14, "M034", "no number is AGE that meets this condition", "compare it with the codebook"),
        (
            ".yaml",
            13,
            14,
            "M034",
            "the condition on line 12 takes every row of this one",
            "put the narrower one before",
        ),
    ],
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
    "a_todo_left": (".yaml", 3, 53, "M110", "2 lines are marked TODO: 3, 4", "remove the word"),
    "a_variable_in_no_case": (".cases.yaml", 1, 1, "C005", "no case shows age", "add a case"),
    "against_codebook_999_is_an_age": (".yaml", 8, 35, "L005", "99 of PERSONS is 'Unknown'", "missing: {unknown: 99}"),
    "against_codebook_a_code_invented": (".yaml", 8, 58, "L002", "labels no code 3 of LIGHT", "labelled are 0, 1, 2"),
    "against_codebook_a_code_left_out": (".yaml", 8, 3, "L001", "not mapped: 9 'Unknown'", "did you mean 9: unknown?"),
    "against_codebook_a_label_that_moved": [
        ("lookups/moved.yaml", 1, 7, "M029", "43143 is 'Kosovo' in this codebook", "which release is it?"),
        ("lookups/moved.yaml", 2, 7, "M029", "43144 is 'Serbia and Montenegro'", "which release is it?"),
    ],
    "against_codebook_a_range_too_far": (".yaml", 8, 45, "L005", "2..9 takes in 9 of SEX", "write unknown: 9"),
    "against_codebook_a_top_code_unsaid": (".yaml", 8, 20, "L006", "AGE 100 is '100+'", "number: {top_code: 100}"),
    "against_codebook_in_lower_case": (".yaml", 1, 1, "M031", "SEX for sex", "names match exactly"),
    "against_codebook_never_rural": (".yaml", 8, 3, "L007", "the rule never gives rural", "a code of it?"),
    "against_codebook_no_such_column": (".yaml", 8, 3, "L008", "has no column SEXO", "did you mean 'SEX'?"),
    "against_codebook_not_asked_is_no": (".yaml", 8, 55, "L003", "0 is 'NIU (not in universe)'", "not_applicable: 0"),
    "against_codebook_yes_is_no": [
        (".yaml", 8, 45, "L004", "LIGHT 2 is 'No', and is given to yes", "did you mean 'no'?"),
        (".yaml", 8, 54, "L004", "public network', and is given to no", "did you mean 'yes'?"),
    ],
    "against_data_a_code_forgotten": [
        (".yaml", 8, 3, "D001", "SCHOOL 0 is not mapped, and 20 persons have it", "give it to a category"),
        (".yaml", 8, 3, "D001", "SCHOOL 2 is not mapped, and 20 persons have it", "give it to a category"),
    ],
    "against_data_a_code_of_nobody": (".yaml", 8, 60, "D002", "no person has SCHOOL 7", "of another release"),
    "against_data_a_total_missed": (".yaml", 8, 6, "D005", "120 persons, where 47,564 are published", "KNBS volume I"),
    "against_data_a_total_of_what_is_lacking": (".yaml", 8, 6, "D006", "the data have no disability", ""),
    "against_data_born_abroad_at_home": [
        (".yaml", 8, 3, "D003", "foreign born at home: 45 persons have", "harmonize explain nativity"),
        (".yaml", 8, 3, "D003", "native born abroad: 15 persons have", "harmonize explain nativity"),
    ],
    "against_data_few_women": (".yaml", 8, 3, "D004", "sex: 5 % are female", "a code of one sex given to the other"),
    "against_data_hardly_anybody_knows": (
        ".yaml",
        8,
        3,
        "D004",
        "literacy: 83 % of those asked are unknown",
        "unknown",
    ),
    "an_anchor_in_itself": (".yaml", 8, 8, "Y006", "this anchor contains itself", "write the values out"),
    "bytes_of_latin_1": (".yaml", 3, 9, "Y001", "not UTF-8 text", "save it as UTF-8"),
    "codes_one_by_one": (".yaml", 8, 45, "F002", "of the codes [2, 3, 4] some are a range", "write 2..4"),
    "codes_out_of_order": (".yaml", 8, 45, "F001", "the codes [4, 2] are not in order", "write [2, 4]"),
    "no_case_beside": (".yaml", 1, 1, "C001", "has no cases", "write no_case_beside.cases.yaml beside it"),
    "yes_without_quotes": (".yaml", 8, 38, "F003", "yes stands without quotes", 'write "yes"'),
}


@pytest.fixture(scope="module")
def book():
    return Codebook([HERE / "against_codebook.xml"])


def expected(name):
    return EXPECTED[name] if isinstance(EXPECTED[name], list) else [EXPECTED[name]]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_seeded_mistake_is_found_at_its_place_with_its_advice(name, book, monkeypatch):
    wanted = expected(name)
    codes = {code for _, _, _, code, _, _ in wanted}
    if "M104" in codes:  # a shipped mapping is one under this folder
        monkeypatch.setattr(find, "mappings_dir", lambda: HERE)
    data = Data((HERE / "against_data.csv",)) if name.startswith("against_data") else None
    found = lint(str(HERE / f"{name}.yaml"), book if name.startswith("against_codebook") else None, data)
    findings = [finding for finding in found if finding.code not in UNLESS_EXPECTED - codes]
    places = [
        (str(HERE / file if file.startswith("lookups/") else HERE / f"{name}{file}"), line, column, code)
        for file, line, column, code, _, _ in wanted
    ]
    assert [(f.path, f.line, f.column, f.code) for f in findings] == places
    for finding, (*_, message, advice) in zip(findings, wanted, strict=True):
        assert message in finding.message
        assert advice in finding.help


def test_every_file_of_the_gallery_is_expected_to_show_something():
    stems = {path.name.split(".")[0] for path in HERE.glob("*.yaml")}
    assert stems == set(EXPECTED)


def test_every_code_can_be_raised():
    bad = {code for *_, code, _ in BAD_MAPPINGS.values()}
    elsewhere = {code for found in ELSEWHERE.values() for _, _, _, code, _, _ in found}
    assert bad | elsewhere | {code for name in EXPECTED for _, _, _, code, _, _ in expected(name)} == set(PAGES)


def test_every_code_in_the_program_has_a_page_and_every_page_a_code_in_the_program():
    package = HERE.parents[1] / "harmonize"
    files = [path for path in package.rglob("*.py") if not path.name.endswith("_pages.py")]
    assert len(files) > 200
    used = {code for path in files for code in re.findall(r'"([CDFLMSY]\d{3})"', path.read_text(encoding="utf-8"))}
    assert used - {"M049"} == set(PAGES)
