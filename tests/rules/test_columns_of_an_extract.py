"""Which columns a mapping needs, and what happens where an extract lacks one."""

from __future__ import annotations

from typing import Any

import pytest

from harmonize.errors import FitError

SCHOOL = "school_attendance: {from: {first: [SCH, SCHL]}, optional: true, codes: {attending: 1, not_attending: 2}}"
KEYED = """\
sample: {country: MEX, year: 2020}
design: {person_weight: W, stratum: ST, cluster: [U, V]}
keys: {household: [H1, H2], person: P, mother: {from: MOM, none: 0}}
"""


def test_of_a_first_list_the_first_that_is_there_is_read(made: Any) -> None:
    assert made.apply(SCHOOL, {"SCHL": ["1"], "SCH": ["2"]})["school_attendance"] == ["not_attending"]
    assert made.apply(SCHOOL, {"SCHL": ["1"]})["school_attendance"] == ["attending"]


def test_an_optional_column_that_is_absent_makes_the_variable_unavailable(made: Any) -> None:
    harmoniser = made.harmoniser(SCHOOL, {"X": []})
    assert harmoniser.unavailable == {"school_attendance": "the extract has no column SCH or SCHL"}
    assert (harmoniser.available, harmoniser.expressions, harmoniser.columns) == ({}, [], ())


def test_a_variable_unavailable_on_purpose_keeps_its_reason(made: Any) -> None:
    rule = 'electricity: {unavailable: "Not asked; see questionnaire p. 7"}'
    assert made.harmoniser(rule, {"X": []}).unavailable == {"electricity": "Not asked; see questionnaire p. 7"}


def test_all_missing_columns_are_named_at_once_with_those_like_them(made: Any) -> None:
    rule = "sex: {from: SEXO, codes: {male: 1}}\nage: {from: EDAD, number: {}}"
    with pytest.raises(FitError) as error:
        made.harmoniser(rule, {"SEX": [], "EDAD_R": [], "X": []})
    assert "no column SEXO (for sex): columns like it: SEX" in error.value.message
    assert "no column EDAD (for age): columns like it: EDAD_R" in error.value.message


def test_design_and_keys_need_their_columns(made: Any) -> None:
    with pytest.raises(FitError) as error:
        made.harmoniser("sex: {value: male}", {"P": [], "H1": [], "ST": [], "U": []}, KEYED)
    for column in ("W (for design)", "V (for design)", "H2 (for keys)"):
        assert f"no column {column}" in error.value.message


def test_the_columns_needed_are_those_of_every_part(made: Any) -> None:
    rows = {name: [] for name in ("W", "ST", "U", "V", "H1", "H2", "P", "MOM", "S", "OTHER")}
    rule = "sex: {from: S, codes: {male: 1}}\n" + "nativity: {value: native_born}\n"
    rule += "nativity_mother: {through: mother, variable: nativity}"
    assert set(made.harmoniser(rule, rows, KEYED).columns) == set(rows) - {"OTHER"}


def test_a_single_match_in_another_case_is_taken_with_a_warning(made: Any) -> None:
    harmoniser = made.harmoniser("sex: {from: SEX, codes: {male: 1}}", {"Sex": []})
    assert (harmoniser.columns, harmoniser.renamed) == (("Sex",), {"SEX": "Sex"})
    assert [(f.code, f.severity) for f in harmoniser.findings] == [("M031", "warning")]


def test_two_matches_in_another_case_are_none(made: Any) -> None:
    with pytest.raises(FitError):
        made.harmoniser("sex: {from: SEX, codes: {male: 1}}", {"Sex": [], "sex": []})


def test_an_exact_match_wins(made: Any) -> None:
    harmoniser = made.harmoniser("sex: {from: SEX, codes: {male: 1}}", {"Sex": [], "SEX": []})
    assert (harmoniser.columns, harmoniser.findings) == (("SEX",), ())


def test_unmapped_rows_show_the_columns_of_their_rule(made: Any) -> None:
    rule = 'sex: {from: [S, R], when: [{if: "S = R", then: male}]}\nelectricity: {value: yes}'
    harmoniser = made.harmoniser(rule, {"S": [], "R": []})
    assert {name: columns for name, (_, columns) in harmoniser.unmapped.items()} == {"sex": ("S", "R")}


def test_the_categories_that_a_rule_can_give_are_known(made: Any) -> None:
    rule = "electricity: {from: E, codes: {yes: 1}, missing: {unknown: 9}}\n"
    rule += "age: {from: E, number: {}, missing: {not_applicable: 9}}"
    available = made.harmoniser(rule, {"E": []}).available
    assert available["electricity"].reaches == {"yes", "unknown"}
    assert (available["age"].not_applicable, available["electricity"].not_applicable) == (True, False)
