"""Mistakes seen in the issues of public projects that harmonise data, each as a mapping of ours, and each found.

A file says in its first lines what happened there and where it was seen. `codebook_*` are held against
codebook.xml, `data_*` against data.csv.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harmonize.lint.check import Data, lint
from harmonize.lint.codebook import Codebook

HERE = Path(__file__).parent / "seen_elsewhere"
SEEN = re.compile(r"# Seen in https://github\.com/([\w.-]+/[\w.-]+)/(issues|pull)/\d+")

# mapping: (file, line, column, code, words of its message, words of its advice)
EXPECTED = {
    "bands_that_overlap": [("", 10, 51, "M023", "46..55 and 55..64 overlap", "46..54, then 55..64")],
    "bands_with_a_gap": [("", 10, 58, "M033", "16 has no band, between 15 and 17", "as in the codebook?")],
    "codebook_a_cluster_of_another_year": [("", 9, 42, "L008", "has no column psu", "did you mean 'psuno'?")],
    "codebook_a_wage_not_reported": [("", 10, 30, "L005", "99999 of BASICPAY", "missing: {unknown: 99999}")],
    "codebook_ages_that_are_missing_codes": [
        ("", 11, 63, "L009", "96 is not_applicable here, and 996 in DHH_AGE", "if 96 is a number"),
        ("", 11, 83, "L009", "97..99 is unknown here, and 997, 998, 999 in", "if 97..99 is a number"),
    ],
    "codebook_codes_of_the_printed_form": [
        ("", 12, 3, "L001", "not mapped: 110 'Grade 1 Primary School'", "give each to a category"),
        ("", 16, 25, "L002", "labels no code 310 of GRADE", "labelled are 110, 120, 210"),
        ("", 16, 30, "L002", "labels no code 320 of GRADE", "labelled are 110, 120, 210"),
    ],
    "codebook_codes_of_the_years_before": [("", 13, 80, "L002", "labels no code 6", "labelled are 1, 2, 3, 4")],
    "codebook_immigrants_turned_round": [
        ("", 11, 3, "L001", "not mapped: 3 'Non-permanent resident'", "give each to a category"),
        ("", 11, 52, "L004", "1 is 'Non-immigrant', and is given to foreign_born", "did you mean 'native_born'?"),
        ("", 11, 68, "L004", "2 is 'Immigrant', and is given to native_born", "did you mean 'foreign_born'?"),
    ],
    "codebook_information_that_is_insufficient": [("", 11, 61, "L003", "given to isic_s", "write unknown: 9990")],
    "codebook_missing_codes_of_another_width": [
        ("", 11, 3, "L001", "not mapped: 7 'Refusal', 8 'Don't know', 9", "did you mean 7: unknown, 8: unknown"),
        ("", 11, 3, "L007", "never gives stateless", "a code of it?"),
    ],
    "codebook_nigeria_is_not_niger": [("", 10, 62, "L004", "'Nigeria', and is given to NER", "did you mean 'NGA'?")],
    "codebook_numbers_of_rows": [
        ("lookups/numbers_of_rows.yaml", 1, 7, "M029", "1 is 'Brazil' in this codebook, 'Argentina'", "which release"),
        ("lookups/numbers_of_rows.yaml", 2, 7, "M029", "2 is 'Argentina' in this codebook, 'Bolivia'", "which release"),
        ("lookups/numbers_of_rows.yaml", 3, 7, "M029", "3 is 'Bolivia' in this codebook, 'Brazil'", "which release"),
    ],
    "codebook_pupils_of_the_past": [
        ("", 10, 3, "L007", "never gives not_attending", "a code of it?"),
        ("", 10, 60, "L004", "'Attended in the past', and is given to attending", "did you mean 'not_attending'?"),
    ],
    "codebook_sex_turned_round": [
        ("", 10, 36, "L004", "SEX 1 is 'Male', and is given to female", "did you mean 'male'?"),
        ("", 10, 45, "L004", "SEX 2 is 'Female', and is given to male", "did you mean 'female'?"),
    ],
    "codebook_unpaid_is_not_nothing": [
        ("", 13, 58, "L011", "'Unpaid family worker', and is given to not_appl", "mean 'contributing_family_worker'?"),
    ],
    "codebook_water_at_home_is_far_away": [
        ("", 11, 37, "L010", "996 is 'On premises', and is read as 996", "intervals: {996: 0..0}"),
    ],
    "data_a_place_that_the_dictionary_lacks": [
        ("", 10, 3, "D001", "POBP 456 is not mapped, and 30 persons have it", "give it to a category"),
        ("", 10, 64, "D002", "no person has POBP 461", "of another release"),
    ],
    "data_countries_in_letters": [
        ("", 11, 3, "D001", "CH15_COD PER is not mapped, and 13 persons have it", "give it to a category"),
        ("", 11, 3, "D001", "CH15_COD per is not mapped, and 12 persons have it", "give it to a category"),
        ("", 11, 60, "D002", "no person has CH15_COD 2, 206, 202", "of another release"),
    ],
    "data_hours_of_a_year": [
        ("", 10, 3, "D001", "out of range) is not mapped, and 100 persons", "from 0 up to 168 hours; is it in"),
    ],
    "data_towns_that_are_rural": [
        ("", 11, 6, "D005", "62 persons with urban_rural urban, where 76 are published", "file and category"),
    ],
    "data_weights_without_their_decimals": [
        ("", 11, 6, "D005", "1,000,000 persons, where 100 are published", "is it the right weight"),
    ],
    "lookup_countries_a_row_down": [
        ("lookups/a_row_down.yaml", 2, 7, "M032", "768 is 'Togo', and is given to TCD", "did you mean TGO?"),
        ("lookups/a_row_down.yaml", 3, 7, "M032", "788 is 'Tunisia', and is given to TGO", "did you mean TUN?"),
    ],
    "one_code_of_two_answers": [("", 10, 121, "M013", "the code 5 is given to 'other'", "keep it in one of them")],
}  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return Codebook([HERE / "codebook.xml"])


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mistake_that_was_made_elsewhere_is_found_at_its_place_with_its_advice(name, book):
    data = Data((HERE / "data.csv",)) if name.startswith("data_") else None
    found = lint(str(HERE / f"{name}.yaml"), book if name.startswith("codebook_") else None, data)
    findings = [finding for finding in found if finding.code != "C001"]
    places = [(str(HERE / (file or f"{name}.yaml")), *place) for file, *place, _, _ in EXPECTED[name]]
    assert [(f.path, f.line, f.column, f.code) for f in findings] == places
    for finding, (*_, message, advice) in zip(findings, EXPECTED[name], strict=True):
        assert message in finding.message
        assert advice in finding.help


def test_each_says_what_happened_and_where_it_was_seen():
    projects = set()
    for path in sorted(HERE.glob("*.yaml")):
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        seen = SEEN.fullmatch(comments[-1])
        assert seen, path
        assert len(" ".join(comments[:-1]).split()) >= 8, path
        projects.add(seen[1])
    assert len(projects) >= 12


def test_every_file_is_expected_to_show_something():
    assert {path.stem for path in HERE.glob("*.yaml")} == set(EXPECTED)
    assert len(EXPECTED) >= 20
