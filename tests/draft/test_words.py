"""How labels of categories and numbers are read: negation, two categories in one label, classes, ends."""

from __future__ import annotations

import pytest

from harmonize.draft.categories import category_codes
from harmonize.draft.numbers import number_codes
from harmonize.draft.words import all_words
from harmonize.schema import VARIABLES


@pytest.mark.parametrize(
    ("variable", "label", "value"),
    [
        ("tenure", "Not owned", None),  # a not turns what follows
        ("labour_force_status", "Not working", None),
        ("labour_force_status", "Sin trabajo", None),
        ("residence_1_year_ago", "No, different house in the same city", "same_country"),  # an answer doesn't
        ("marital_status", "Widowed or divorced", None),  # two categories
        ("marital_status", "Widowed, divorced, or separated", None),
        ("marital_status", "Single/never married", "never_married"),  # one, twice
        ("labour_force_status", "At work, and student", "employed"),  # work prevails
        ("labour_force_status", "At work or student", None),
        ("educational_attainment", "NIU or no schooling", None),  # not asked, or something
        ("cooking_fuel", "Gas and wood", "mixed"),
        ("relationship_to_head", "Spouse of child", "other_relative"),
        ("school_attendance", "No, never attended", "never_attended"),
        ("school_attendance", "N/A (less than 3 years old)", "not_applicable"),
        ("literacy", "Not able to read and write", "illiterate"),
        ("sex", "Nobody knows what this is", None),
    ],
)
def test_a_label_is_the_category_that_it_names_or_none(variable, label, value):
    codes = category_codes({"1": label}, VARIABLES[variable], all_words()[variable])
    assert [each.value for each in codes.given] == ([] if value is None else [value])


def test_ends_of_a_number_are_top_and_bottom_codes_and_missing_ones_are_told_apart():
    labels = {"1950": "1950 or earlier", "1951": "1951 - 1954", "2019": "2019", "9998": "In transit", "9999": "Unknown"}
    codes = number_codes(labels, VARIABLES["year_of_arrival"])
    assert codes.number == {"bottom_code": "1950", "intervals": {"1951": "1951..1954"}}
    assert [(each.code, each.value) for each in codes.given] == [("9999", "unknown")]
    assert codes.unclear == (("9998", "In transit"),)


def test_classes_become_bands_and_one_that_shares_numbers_with_another_is_left_open():
    labels = {"1": "0 to 4", "2": "5-9", "3": "10 y más", "4": "8 to 12", "9": "Ignorado"}
    codes = number_codes(labels, VARIABLES["age"])
    assert {each.code: each.value for each in codes.given} == {"1": "0..4", "2": "5..9", "3": "10..", "9": "unknown"}
    assert codes.unclear == (("4", "8 to 12"),)


def test_a_top_code_that_the_variable_cannot_have_is_none():
    assert number_codes({"500": "500 or more"}, VARIABLES["age"]).number == {}
