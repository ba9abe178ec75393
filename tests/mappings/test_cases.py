from __future__ import annotations

import pytest

from harmonize.errors import MappingError
from harmonize.mapping import check_mapping, load_mapping
from harmonize.mapping.cases import cases_path, read_cases
from harmonize.mapping.render import render_finding

MAPPING = """\
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
sample: {country: KEN, year: 2019}
design: {person_weight: W}
keys: {household: HH, person: LINE, mother: {from: P20, none: 0}}
variables:
  sex: {from: P11, codes: {male: 1, female: 2}}
  age: {from: P12, number: {max: 120}, missing: {unknown: 999, not_applicable: blank}}
  nativity: {from: P14, codes: {native_born: 1, foreign_born: 2, unknown: [9, blank]}}
  nativity_mother: {through: mother, variable: nativity}
  school_attendance:
    from: {first: [P15, P15B]}
    codes: {attending: 1, not_attending: 2}
"""


@pytest.fixture
def check(tmp_path):
    def check(cases, mapping=MAPPING):
        path = tmp_path / "m.yaml"
        path.write_text(mapping, encoding="utf-8")
        cases_path(path).write_text(cases, encoding="utf-8")
        return [finding for finding in check_mapping(path) if finding.code != "C005"]

    return check


def test_a_case_that_holds_finds_nothing(check):
    assert check("cases: [{name: a woman, raw: {P11: 2, P12: 34}, harmonised: {sex: female, age: 34}}]\n") == []


def test_a_case_that_does_not_hold_says_what_came_out_and_where_its_rule_is(check):
    (finding,) = check("cases:\n  - name: a woman\n    raw: {P11: 2}\n    harmonised: {sex: male}\n")
    assert (finding.line, finding.column, finding.code) == (4, 23, "C004")
    assert finding.message == "a woman: sex comes out as female, not male"
    assert finding.help.endswith("m.yaml:9")


def test_a_case_can_show_the_year_by_either_column_that_tells_it(check):
    told = "year: {from: {first: [F, HH]}, codes: {2019: 7, 2024: 24A1..24B9}}"
    mapping = MAPPING.replace("year: 2019", told)
    first = "{name: by factor, raw: {F: 7, HH: 24A5}, harmonised: {_year: 2019}}"
    second = "{name: by number, raw: {HH: 24A5}, harmonised: {_year: 2024}}"
    assert check(f"cases: [{first}, {second}]\n", mapping) == []


def test_codes_are_compared_as_text_as_the_extract_has_them(check):
    assert check("cases: [{name: padded, raw: {P11: '02', P12: '034'}, harmonised: {sex: female, age: 34}}]\n") == []


def test_a_column_left_out_is_blank(check):
    assert check("cases: [{name: nobody said, raw: {}, harmonised: {nativity: unknown}}]\n") == []


def test_a_missing_number_tells_unknown_from_not_applicable(check):
    cases = (
        "cases:\n"
        "  - {name: refused, raw: {P12: 999}, harmonised: {age: unknown}}\n"
        "  - {name: not asked, raw: {}, harmonised: {age: not_applicable}}\n"
        "  - {name: wrong, raw: {P12: 999}, harmonised: {age: not_applicable}}\n"
    )
    (finding,) = check(cases)
    assert finding.message == "wrong: age comes out as unknown, not not_applicable"


def test_a_number_known_as_a_class_comes_out_as_its_range(check):
    mapping = MAPPING.replace(
        "number: {max: 120}, missing: {unknown: 999, not_applicable: blank}", "bands: {0..4: 1, 5..84: 2, 85..: 18}"
    )
    cases = (
        "cases:\n"
        "  - {name: a child, raw: {P12: 1}, harmonised: {age: 0..4}}\n"
        "  - {name: an old person, raw: {P12: 18}, harmonised: {age: 85..}}\n"
        "  - {name: wrong, raw: {P12: 1}, harmonised: {age: 0..9}}\n"
    )
    (finding,) = check(cases, mapping)
    assert finding.message == "wrong: age comes out as 0..4, not 0..9"


def test_a_mapping_whose_cases_fail_is_not_used(check, tmp_path):
    check("cases: [{name: a woman, raw: {P11: 2}, harmonised: {sex: male}}]\n")
    with pytest.raises(MappingError) as caught:
        load_mapping(tmp_path / "m.yaml")
    assert [finding.code for finding in caught.value.findings] == ["C004"]


def test_a_code_may_be_meant_to_stay_unmapped(check):
    assert check("cases: [{name: three, raw: {P11: 3}, harmonised: {sex: unmapped}}]\n") == []


def test_an_unmapped_code_is_not_unknown(check):
    (finding,) = check("cases: [{name: three, raw: {P11: 3}, harmonised: {sex: unknown}}]\n")
    assert finding.message == "three: sex comes out as unmapped, not unknown"


def test_the_candidate_that_a_case_names_is_the_one_the_extract_has(check):
    cases = (
        "cases:\n"
        "  - {name: first, raw: {P15: 1}, harmonised: {school_attendance: attending}}\n"
        "  - {name: second, raw: {P15B: 2}, harmonised: {school_attendance: not_attending}}\n"
    )
    assert check(cases) == []


def test_a_household_shows_what_comes_from_the_mother(check):
    cases = (
        "cases:\n"
        "  - name: a child of a mother from abroad\n"
        "    household:\n"
        "      - {raw: {LINE: 1, P14: 2}}\n"
        "      - raw: {LINE: 2, P14: 1, P20: 1}\n"
        "        harmonised: {nativity: native_born, nativity_mother: foreign_born}\n"
        "      - {raw: {LINE: 3, P14: 1, P20: 0}, harmonised: {nativity_mother: not_applicable}}\n"
        "  - name: another household with the same numbers\n"
        "    household:\n"
        "      - {raw: {LINE: 1, P14: 1}}\n"
        "      - {raw: {LINE: 2, P20: 1}, harmonised: {nativity_mother: native_born}}\n"
    )
    assert check(cases) == []


def test_the_facts_of_the_sample_may_be_compared(check):
    assert check("cases: [{name: facts, raw: {}, harmonised: {_country: KEN, _year: 2019, _sample: KEN_2019}}]\n") == []


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ("- a\n", (1, 1, "C002", "a cases file is `cases:` and a list")),
        (
            "cases: [{raw: {P11: 1}, harmonised: {sex: male}}]\n",
            (1, 9, "C002", "a case needs a name, a sentence"),
        ),
        ("cases: [{name: x, raws: {}, harmonised: {}}]\n", (1, 19, "C002", "'raws' is not a key of a case")),
        ("cases: [{name: x, raw: {}}]\n", (1, 9, "C002", "the case says nothing about what comes out")),
        (
            "cases: [{name: x, raw: {P99: 1}, harmonised: {sex: male}}]\n",
            (1, 25, "C003", "raw: the mapping reads no column 'P99'"),
        ),
        (
            "cases: [{name: x, raw: {P11: 1}, harmonised: {sexx: male}}]\n",
            (1, 47, "C003", "harmonised: the mapping has no variable 'sexx'"),
        ),
        (
            "cases: [{name: x, raw: {P11: 1}, harmonised: {sex: man}}]\n",
            (1, 52, "C003", "sex: 'man' is not a category"),
        ),
        (
            "cases: [{name: x, raw: {P12: 1}, harmonised: {age: one}}]\n",
            (1, 52, "C003", "age: 'one' is not a number"),
        ),
        (
            "cases:\n  - {name: x, raw: {P11: 1}, harmonised: {sex: male}}\n"
            "  - {name: x, raw: {P11: 2}, harmonised: {sex: female}}\n",
            (3, 12, "C002", "a case of this name is on line 2"),
        ),
    ],
)
def test_a_case_that_is_wrongly_written_is_found_at_its_place(check, cases, expected):
    found = [(f.line, f.column, f.code, f.message) for f in check(cases)]
    assert expected in found


def test_a_mapping_without_cases_gets_a_warning(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING)
    (finding,) = check_mapping(path)
    assert (finding.code, finding.severity) == ("C001", "warning")
    assert read_cases(path)[0] == []


def test_a_variable_in_no_case_is_named_in_a_warning(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING)
    cases_path(path).write_text("cases: [{name: x, raw: {P11: 1}, harmonised: {sex: male}}]\n")
    (finding,) = check_mapping(path)
    assert finding.severity == "warning"
    assert finding.message == "no case shows age, nativity, nativity_mother, school_attendance"


def test_a_finding_in_full_shows_the_line_and_marks_the_place(check):
    (finding,) = check("cases:\n  - name: a woman\n    raw: {P11: 2}\n    harmonised: {sex: male}\n")
    lines = render_finding(finding).splitlines()
    assert lines[0].endswith("m.cases.yaml:4:23  C004  a woman: sex comes out as female, not male")
    assert lines[1:3] == ["    4 |     harmonised: {sex: male}", "      |                       ^^^^"]
    assert render_finding(finding, full=False).endswith(":4:23 C004 a woman: sex comes out as female, not male")
