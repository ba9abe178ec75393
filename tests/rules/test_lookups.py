"""Lookups: code lists that mappings share; codes first, then the lookup."""

from __future__ import annotations

from typing import Any

import pytest

from harmonize.errors import FitError, MappingError

PLACES = "lookup: c\nSCG: {43144: Serbia and Montenegro}\nXKX: {43143: Kosovo}\nUSA: 840\nMEX: [484, 1]\n"
BIRTH = "country_of_birth: {from: P, codes: {domestic: [2..32, 997], unknown: 999}, lookup: c}"


def test_codes_come_first_then_the_lookup(made: Any) -> None:
    made.lookup("c", PLACES)
    out = made.apply(BIRTH, {"P": ["0005", "43144", "1", "840.0", "999", "77"]})
    assert out["country_of_birth"] == ["domestic", "SCG", "MEX", "USA", "unknown", None]
    assert out["_unmapped_country_of_birth"] == [False] * 5 + [True]


def test_a_lookup_can_stand_alone(made: Any) -> None:
    made.lookup("c", PLACES)
    assert made.apply("country_of_birth: {from: P, lookup: c}", {"P": ["840"]})["country_of_birth"] == ["USA"]


def test_a_code_in_both_is_an_error_even_with_the_same_target(made: Any) -> None:
    made.lookup("c", PLACES)
    code, column, message = made.finding("country_of_birth: {from: P, codes: {USA: 0840}, lookup: c}")
    assert (code, column) == ("M015", 42)
    assert message == "country_of_birth: the code 0840 is given to 'USA' here, and on line 4 of the lookup c"


def test_a_range_of_codes_that_holds_a_code_of_the_lookup_is_an_error(made: Any) -> None:
    made.lookup("c", PLACES)
    assert made.finding("country_of_birth: {from: P, codes: {domestic: 1..32}, lookup: c}")[0] == "M015"


def test_a_target_that_is_no_place_is_found_in_the_lookup(made: Any) -> None:
    made.lookup("c", "lookup: c\nUSB: 1\n")
    (finding,) = made.findings("country_of_birth: {from: P, lookup: c}")
    assert (finding.code, finding.line) == ("M012", 2)
    assert finding.path.endswith("c.yaml")


def test_one_code_for_two_targets_is_an_error_of_the_lookup(made: Any) -> None:
    made.lookup("c", "USA: 1\nMEX: [2, 01]\n")
    (finding,) = made.findings("country_of_birth: {from: P, lookup: c}")
    assert (finding.code, finding.line, finding.column) == ("M017", 2, 10)


def test_a_pooled_extract_takes_country_and_year_from_columns(made: Any) -> None:
    made.lookup("c", PLACES)
    rest = "sample: {country: {from: C, lookup: c}, year: {from: Y}}\ndesign: {weight_kind: none}\n"
    out = made.apply("sex: {value: male}", {"C": ["840", "01", "7"], "Y": ["2000", "2010", ""]}, rest)
    assert out["_sample"] == ["USA_2000", "MEX_2010", None]
    assert (out["_country"], out["_year"]) == (["USA", "MEX", None], [2000, 2010, None])


def test_a_label_of_another_target_in_the_codebook_is_an_error(made: Any) -> None:
    made.lookup("c", PLACES)
    labels = {"P": {"43143": "Serbia and Montenegro", "43144": "Serbia & Montenegro (former)"}}
    findings = made.harmoniser(BIRTH, {"P": []}, labels=labels).findings
    assert [(f.code, f.severity, f.line) for f in findings] == [("M029", "warning", 2), ("M029", "error", 3)]
    assert findings[1].message == "43143 is 'Serbia and Montenegro' in this codebook, 'Kosovo' in the lookup c"


def test_the_same_label_in_other_words_is_no_finding(made: Any) -> None:
    made.lookup("c", "REU: {11110: Réunion}\nUSA: {840: United States}\n")
    labels = {"P": {"11110": "REUNION", "0840": "United States of America"}}
    assert made.harmoniser("country_of_birth: {from: P, lookup: c}", {"P": []}, labels=labels).findings == ()


def test_a_mapping_with_a_broken_lookup_does_not_load(made: Any) -> None:
    made.lookup("c", "USA: 1..\nMEX: 5\n")
    with pytest.raises(MappingError):
        made.mapping("country_of_birth: {from: P, lookup: c}")


def test_two_texts_that_a_numeric_column_cannot_tell_apart_do_not_fit(made: Any) -> None:
    rule = "sex: {from: S, codes: {male: 1, female: '01', unknown: X}}"
    with pytest.raises(FitError, match="gives 01 to two values"):
        made.harmoniser(rule, {"S": []}, numeric={"S"})


@pytest.mark.parametrize(
    "codes", ["male: '3', female: 01..05", "male: 01..05, female: '3'", "male: 01..50000, female: '3'"]
)
def test_a_code_in_a_range_that_a_numeric_column_cannot_tell_from_it_does_not_fit(made: Any, codes: str) -> None:
    rule = f"sex: {{from: S, codes: {{{codes}, unknown: X}}}}"
    assert made.harmoniser(rule, {"S": []})
    with pytest.raises(FitError, match="gives 3 to two values"):
        made.harmoniser(rule, {"S": []}, numeric={"S"})
