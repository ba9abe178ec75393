"""Names, codes and labels that .sav and .dta files give the whole common schema are within their limits."""

from __future__ import annotations

import pytest

from harmonize.harmonised import spss, stata
from harmonize.harmonised.labelled import codes_of, labels_of, missing_codes, title_of
from harmonize.harmonised.rows import DESIGN
from harmonize.schema import VARIABLES

BESIDE = {"number": ("na", "low", "high"), "category": ("na",), "place": ("na",)}
COLUMNS = [
    *DESIGN,
    "_include",
    "_persons",
    "_fpc",
    *VARIABLES,
    *(f"{name}__{what}" for name, variable in VARIABLES.items() for what in BESIDE.get(variable.kind, ())),
]
CODED = [name for name in COLUMNS if codes_of(name)]


@pytest.mark.parametrize("form", [spss, stata])
def test_no_two_columns_get_one_name_in_either_case(form) -> None:
    names = [form.name_of(name).lower() for name in COLUMNS]
    assert len(set(names)) == len(COLUMNS)


def test_no_name_begins_with_an_underscore_in_spss_and_all_have_64_bytes_at_most() -> None:
    for name in map(spss.name_of, COLUMNS):
        assert name[0].isalpha(), name
        assert len(name.encode()) <= 64, name


def test_a_name_has_32_characters_in_stata_and_so_has_the_name_of_its_labels() -> None:
    for name in COLUMNS:
        room = 32 - (len("999") if labels_of(name) else 0)
        assert len(stata.name_of(name)) <= room, name


def test_a_long_name_keeps_its_start_and_its_last_word() -> None:
    assert stata.name_of("violence_psychological_12_months_ground") == "violence_psychological_12_ground"
    assert stata.name_of("labour_force_status") == "labour_force_status"


@pytest.mark.parametrize("name", CODED)
def test_labels_have_120_bytes_at_most_and_differ(name: str) -> None:
    labels = labels_of(name).values()
    assert all(len(label.encode()) <= 120 for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("form", [spss, stata])
def test_codes_are_one_a_category_and_lead_back_to_it(form) -> None:
    for name, codes in form.codes(list(VARIABLES)).items():
        assert len(set(codes.values())) == len(codes)
        if VARIABLES[name].values:
            assert list(codes.values()) == list(VARIABLES[name].values)


def test_spss_takes_three_missing_values_of_a_variable_at_most() -> None:
    assert max(len(missing_codes(name)) for name in COLUMNS) == 3


def test_no_missing_code_is_a_number_that_the_schema_allows() -> None:
    for name, variable in VARIABLES.items():
        if variable.kind == "number" and variable.minimum is not None:
            assert max(missing_codes(name).values()) < variable.minimum, name


def test_every_column_has_a_title() -> None:
    assert all(title_of(name) for name in COLUMNS)
