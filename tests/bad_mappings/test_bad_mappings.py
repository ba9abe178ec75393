"""A gallery of broken mapping files, one mistake each, and what each is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.lint.registry import PAGES
from harmonize.mapping.load import read_mapping

HERE = Path(__file__).parent

# file: (line, column, end column, code, message)
EXPECTED = {
    "a_bracket_left_open": (7, 40, 41, "Y002", "this is not YAML: expected ',' or ']', but got '}'"),
    "a_branch_of_no_category": (23, 37, 44, "M012", "labour_force_status: 'working' is not a category"),
    "a_category_misspelt": (11, 22, 27, "M012", "sex: 'femal' is not a category"),
    "a_chained_condition": (24, 15, 26, "M021", "a chained comparison"),
    "a_code_in_a_range_of_another": (
        25,
        80,
        84,
        "M013",
        "labour_force_status: the code 7 (in 7..8) is given to 'outside_labour_force', and on line 25 to 'unemployed'",
    ),
    "a_code_in_codes_and_lookup": (
        18,
        50,
        53,
        "M015",
        "country_of_birth: the code 201 is given to 'unknown' here, and on line 3 of the lookup ken-country",
    ),
    "a_code_in_two_categories": (
        11,
        31,
        32,
        "M013",
        "sex: the code 1 is given to 'female', and on line 11 to 'male'",
    ),
    "a_code_of_two_years": (5, 70, 71, "M013", "sample.year: the code 1 is given to 2009 and to 2019"),
    "a_colon_in_a_text": (3, 13, 14, "Y002", "a second ': ' on the line"),
    "a_condition_on_another_column": (24, 27, 30, "M022", "the condition names P28, which is not in `from`"),
    "a_condition_with_a_function": (23, 15, 18, "M020", "abs(...): functions are not allowed in a condition"),
    "a_country_in_words": (
        5,
        19,
        24,
        "M103",
        "sample.country: 'Kenya' is not an ISO 3166-1 alpha-3 code in capitals",
    ),
    "a_date_that_is_none": (4, 38, 50, "M103", "source.checked_on: '2026-11-31' is not a date"),
    "a_fraction_above_one": (6, 67, 69, "M103", "design.fpc: 10 is outside 0 to 1"),
    "a_full_count_with_fpc": (6, 69, 72, "M108", "design: a full count has no fpc"),
    "a_key_of_no_rule": (12, 5, 12, "M018", "sex: 'comment' is not a key of its rule"),
    "a_key_twice": (12, 3, 6, "Y004", "'sex' is written twice, first on line 9"),
    "a_list_for_a_file": (1, 1, 20, "Y003", "a mapping is a block of keys"),
    "a_lookup_that_is_not_there": (19, 13, 26, "M016", "no lookup named 'ken-countries'"),
    "a_pointer_without_person": (7, 29, 35, "M109", "keys: mother needs household and person"),
    "a_range_backwards": (18, 24, 32, "M014", "the range 147..101 is empty"),
    "a_range_of_texts_of_two_lengths": (11, 35, 42, "M014", "'B1..B22' is not a range of codes"),
    "a_replicate_method_that_is_none": (
        6,
        97,
        106,
        "M103",
        "design.replicate_weights: 'jackknife' is not one of its values",
    ),
    "a_run_of_columns_backwards": (
        6,
        80,
        87,
        "M103",
        "design.replicate_weights: 'W80..W1' is not a run of columns",
    ),
    "a_tab": (10, 1, 2, "Y002", "a tab"),
    "a_top_code_in_words": (14, 24, 27, "M023", "age: top_code can't be read"),
    "a_universe_upside_down": (22, 15, 40, "M026", "labour_force_status: min_age 70 is above max_age 5"),
    "a_variable_in_one_word": (9, 8, 11, "M103", "sex: must be a block of keys"),
    "a_version_of_two_numbers": (2, 10, 13, "M103", "version: '1.0' is not a version such as 1.0.0"),
    "a_weight_and_weight_kind_none": (6, 33, 44, "M108", "design: weight_kind: none, and a person_weight"),
    "a_year_in_words": (5, 30, 39, "M103", "sample.year: '2019/20' is not a whole number"),
    "an_empty_value": (3, 1, 6, "Y005", "'title' has no value"),
    "an_option_of_no_value": (22, 15, 22, "M024", "labour_force_status: standard can't be 'icls_20'"),
    "an_unknown_key": (6, 33, 39, "M101", "design: 'strata' is not a key here"),
    "an_unknown_section": (7, 1, 4, "M101", "'key' is not a section"),
    "an_unknown_variable": (9, 3, 9, "M010", "'gender' is not a variable of the schema"),
    "dwellings_without_size": (5, 1, 5, "M109", "unit: dwelling needs design.size"),
    "else_before_the_end": (23, 9, 24, "M027", "labour_force_status: else is not the last branch"),
    "extends_itself": (2, 10, 24, "M105", "extends: 'extends_itself' leads back to this file"),
    "extends_nobody": (2, 10, 18, "M105", "extends: there is no mapping 'ken/2009'"),
    "include_chained": (6, 16, 27, "M021", "a chained comparison"),
    "include_without_reason": (6, 1, 8, "M102", "include: 'reason' is missing"),
    "no_country": (5, 1, 7, "M102", "sample: 'country' is missing"),
    "no_from": (9, 3, 6, "M019", "sex: `from` is missing"),
    "no_kind": (9, 3, 6, "M011", "sex: the rule has no kind"),
    "no_version": (1, 1, 2, "M102", "'version' is missing"),
    "no_weight_and_no_word_about_it": (
        6,
        1,
        7,
        "M107",
        "design: no person_weight, and nothing says that there is none",
    ),
    "replicates_without_columns": (6, 70, 83, "M102", "design.replicate_weights: 'columns' is missing"),
    "separator_is_decimal": (5, 8, 15, "M108", "read: separator and decimal are the same character"),
    "through_without_a_pointer": (
        12,
        3,
        26,
        "M025",
        "country_of_birth_mother: through mother, which keys doesn't have",
    ),
    "true_misspelt": (6, 63, 66, "M103", "design.full_count: 'yes' is neither true nor false"),
    "two_kinds": (12, 5, 10, "M011", "sex: codes and value do not go together"),
    "unavailable_without_a_reason": (12, 27, 29, "M011", "literacy: unavailable gives the reason in words"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_one_mistake_is_one_finding_at_its_place(name):
    _, findings = read_mapping(HERE / f"{name}.yaml")
    found = [(f.line, f.column, f.end_column, f.code, f.message) for f in findings]
    assert found == [EXPECTED[name]]
    assert findings[0].code in PAGES


def test_the_file_that_all_the_others_break_has_no_findings():
    mapping, findings = read_mapping(HERE / "good.yaml")
    assert findings == []
    assert list(mapping.variables) == ["sex", "age", "country_of_birth", "labour_force_status"]


def test_every_file_of_the_gallery_is_expected_to_fail_somehow():
    assert {path.stem for path in HERE.glob("*.yaml")} == {*EXPECTED, "good"}
