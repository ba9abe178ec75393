"""What the rules on numbers, bands and names of countries leave alone."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from harmonize.lint.check import lint
from harmonize.lint.codebook import Codebook

MAPPING = """\
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
sample: {country: KEN, year: 2019}
design: {person_weight: W}
variables:
"""


@pytest.fixture
def codes_of(tmp_path):
    """The codes of the findings of a variable, with the labels of its column X and a lookup `places`."""

    def codes_of(rule, labels=None, lookup=""):
        path = tmp_path / "m.yaml"
        path.write_text(f"{MAPPING}  {rule}\n")
        (tmp_path / "lookups").mkdir(exist_ok=True)
        (tmp_path / "lookups/places.yaml").write_text(lookup or "KEN: {404: Kenya}\n")
        rows = [
            f"<catgry><catValu>{c}</catValu><labl>{escape(label)}</labl></catgry>"
            for c, label in (labels or {}).items()
        ]
        book = tmp_path / "book.xml"
        book.write_text(f'<codeBook><dataDscr><var name="W"/><var name="X">{"".join(rows)}</var></dataDscr></codeBook>')
        found = [finding.code for finding in lint(str(path), Codebook([book]) if labels else None)]
        return [code for code in found if code != "C001"]

    return codes_of


@pytest.mark.parametrize(
    ("missing", "labels"),
    [
        ("unknown: 98, not_applicable: 99", {"98": "Unknown", "99": "NIU"}),
        ("unknown: 98", {"99": "Unknown"}),  # as long
        ("not_applicable: 0", {"9998": "Unknown"}),
        ("unknown: -9", {"998": "Unknown"}),
        ("unknown: 97", {"97": "Refused", "998": "Unknown"}),  # labelled
    ],
)
def test_missing_codes_as_long_as_those_of_the_codebook_are_missing(missing, labels, codes_of):
    assert "L009" not in codes_of(f"age: {{from: X, number: {{}}, missing: {{{missing}}}}}", labels)


def test_shorter_ones_are_not(codes_of):
    assert "L009" in codes_of("age: {from: X, number: {}, missing: {unknown: 98}}", {"998": "Unknown"})


@pytest.mark.parametrize(
    ("code", "label"),
    [("0", "Less than 1 year"), ("1", "One year"), ("12", "Twelve"), ("90", "90+"), ("95", "95 years")],
)
def test_the_label_of_a_number_makes_it_no_special_code(code, label, codes_of):
    assert "L010" not in codes_of("years_since_arrival: {from: X, number: {top_code: 90}}", {code: label})


def test_a_special_code_that_is_told_is_none(codes_of):
    labels = {"91": "Some primary"}
    assert codes_of("age: {from: X, number: {}}", labels) == ["L010"]
    assert codes_of("age: {from: X, number: {}, missing: {unknown: 91}}", labels) == []
    assert codes_of("age: {from: X, number: {intervals: {91: 1..5}}}", labels) == []


@pytest.mark.parametrize("value", ["unknown", "not_applicable"])
def test_what_is_no_answer_is_no_answer_given_away(value, codes_of):
    rule = f'electricity: {{from: X, codes: {{"yes": 1, "no": 2, {value}: 3}}}}'
    assert codes_of(rule, {"1": "Yes", "2": "No", "3": "Other"}) == []
    assert codes_of(rule.replace('"no": 2', '"no": 3').replace(f"{value}: 3", f"{value}: 2"), {"2": "No"})[-1] == "L011"


@pytest.mark.parametrize(
    "lookup",
    [
        "domestic: {13: Georgia}",  # one of the United States
        "SCG: {1: Serbia}",
        "COD: {1: Zaire}",
        "BOL: {1: Bolivia}",
        "DEU: {1: Alemania, 2: Germany}",
        "'M49:002': {1: Africa}\nKEN: {2: Kenya}",
    ],
)
def test_a_label_of_the_country_itself_or_of_a_part_of_it_is_right(lookup, codes_of):
    assert codes_of("country_of_birth: {from: X, lookup: places}", lookup=f"{lookup}\n") == []


def test_a_label_of_the_other_congo_is_wrong(codes_of):
    assert codes_of("country_of_birth: {from: X, lookup: places}", lookup="COD: {1: Congo}\n") == ["M032"]
    assert codes_of("country_of_birth: {from: X, codes: {COD: 1}}", {"1": "Congo"}) == ["L004"]
    assert codes_of("country_of_birth: {from: X, codes: {COG: 1, domestic: 2}}", {"1": "Congo", "2": "Kenya"}) == []


@pytest.mark.parametrize(
    "bands", ["0..4: 1, 5..9: 2, 10..: 3", "..4: 1, 5: 2, 6..9: 3", "10..: 3, 0..4: 1, 5..9: 2", "0..4: 1, 4.5..9: 2"]
)
def test_bands_without_a_number_between_them_have_no_gap(bands, codes_of):
    assert codes_of(f"age: {{from: X, bands: {{{bands}}}}}") == []


@pytest.mark.parametrize("bands", ["0..4: 1, 6..: 2", "..4: 1, 6: 2", "10..14: 2, 0..4: 1"])
def test_bands_with_numbers_between_them_have(bands, codes_of):
    assert codes_of(f"age: {{from: X, bands: {{{bands}}}}}") == ["M033"]
