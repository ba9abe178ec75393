"""What a label is taken to say: labels of real codebooks."""

from __future__ import annotations

import pytest

from harmonize.lint.label_words import category_of, missing_kind, says_or_more
from harmonize.schema import VARIABLES

NOT_ASKED = [
    "NIU (not in universe)",
    "NIU",
    "N.I.U",
    "NIU or blank",
    "N/A",
    "No aplica",
    "NOTAPPLICABLE",
    "Não se aplica",
]
NOT_KNOWN = [
    "Missing. (1962-1964 only)",
    "Unknown/missing",
    "Not reported/missing",
    "Response suppressed",
    "No especificado",
    "MISSING",
    "Don't know",
]
ANSWERS = [
    "NIU or no schooling",
    "Blank (white) (1850)",
    "Asian, not specified",
    "No",
    "None",
    "Other",
    "Not working",
    "",
]


@pytest.mark.parametrize("label", NOT_ASKED)
def test_not_in_universe_is_not_applicable(label):
    assert missing_kind(label) == "not_applicable"


@pytest.mark.parametrize("label", NOT_KNOWN)
def test_no_answer_is_unknown(label):
    assert missing_kind(label) == "unknown"


@pytest.mark.parametrize("label", ANSWERS)
def test_a_label_that_says_something_more_is_an_answer(label):
    assert missing_kind(label) is None


@pytest.mark.parametrize(
    ("variable", "label", "category"),
    [
        ("electricity", "Yes", "yes"),
        ("electricity", "Sí", "yes"),
        ("electricity", "Não", "no"),
        ("electricity", "No, none of the rooms", "no"),
        ("electricity", "No especificado", "unknown"),
        ("electricity", "Northern network", None),
        ("electricity", "Sin servicio", None),
        ("literacy", "No (illiterate)", "illiterate"),
        ("marital_status", "Single/never married", "never_married"),
        ("marital_status", "Married/in union", None),
        ("relationship_to_head", "Child-in-law", None),
        ("citizenship_status", "Not a citizen", None),
        ("citizenship_status", "Citizen, not specified", "citizen"),
        ("status_in_employment", "Domestic worker, self-employed", None),
        ("educational_attainment", "Secondary, general track completed", None),
        ("school_attendance", "Yes", "attending"),
        ("school_attendance", "No, never", None),
        ("school_attendance", "Attended in the past", "not_attending"),
        ("school_attendance", "Currently attending school", "attending"),
        ("school_attendance", "Never attended", "never_attended"),
        ("nativity", "Immigrant", "foreign_born"),
        ("nativity", "Non-immigrant", "native_born"),
        ("nativity", "Non-permanent resident", None),
        ("status_in_employment", "Unpaid family workers", "contributing_family_worker"),
        ("industry", "Insufficient information", "unknown"),
        ("sex", "Mujer", "female"),
        ("sex", "Male", "male"),
        ("sex", "Males and females", None),
        ("nativity", "Native-born", "native_born"),
        ("labour_force_status", "Unemployed", "unemployed"),
        ("tenure", "Other", None),
        ("country_of_birth", "Unknown", "unknown"),
        ("country_of_birth", "Africa, other or n.s.", None),
    ],
)
def test_a_label_names_a_category_of_the_variable_or_none(variable, label, category):
    assert category_of(label, VARIABLES[variable]) == category


@pytest.mark.parametrize(
    ("label", "number", "open_ended"),
    [
        ("100+", 100, True),
        ("18 years or more", 18, True),
        ("80 (Ages 80 and over)", 80, True),
        ("10 años y más", 10, True),
        ("1,000,000 or more", 1_000_000, True),
        ("90 (90+ in 1980 and 1990)", 90, False),
        ("100", 100, False),
        ("Unemployed 6 or more months", 201, False),
        ("12 or older", 12, True),
    ],
)
def test_this_or_more_is_so_in_every_sample(label, number, open_ended):
    assert says_or_more(label, number) is open_ended
