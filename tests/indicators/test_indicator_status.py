"""For a sample, each series is exact, a proxy with its reasons, or unavailable with what it lacks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from harmonize.indicators import (
    INDICATORS,
    Availability,
    availability,
    narrowed_while_running,
    needed_columns,
    resolve,
    series_masks,
)

JMP = {"water_source": {"reaches": frozenset({"improved_on_premises", "improved_off_premises", "unimproved"})}}
STRADDLING = ("piped", "not_piped", "sewer_or_septic", "no_sewer_or_septic")


def status(has, number, name):
    (found,) = [each for each in availability(has) if (each.number, each.series) == (number, name)]
    return found.status, [each.code for each in found.reasons]


def series(number, name):
    return next(each for each in INDICATORS[number].series if each.name == name)


def test_neet_is_exact_with_age_work_school_and_training(sample):
    has = sample("age", "labour_force_status", "school_attendance", "training_12_months")
    assert status(has, "8.6.1", "neet") == ("exact", [])


def test_neet_without_training_is_a_proxy(sample):
    has = sample("age", "labour_force_status", "school_attendance")
    assert status(has, "8.6.1", "neet") == ("proxy", ["no_training"])


def test_training_asked_only_of_adults_is_no_training_for_youth(sample):
    has = sample("age", "labour_force_status", "school_attendance", training_12_months={"min_age": 25})
    assert status(has, "8.6.1", "neet") == ("proxy", ["no_training"])
    assert "training_12_months" not in resolve(series("8.6.1", "neet"), has).numerator.needs


def test_work_asked_from_16_makes_neet_16_to_24(sample):
    has = sample("age", "school_attendance", "training_12_months", labour_force_status={"min_age": 16, "max_age": None})
    assert status(has, "8.6.1", "neet") == ("proxy", ["not_asked_under_16"])
    assert resolve(series("8.6.1", "neet"), has).universe == "aged 16–24"


def test_an_age_floor_below_the_base_changes_nothing(sample):
    has = sample("age", labour_force_status={"min_age": 10})
    assert status(has, "8.5.2", "unemployment") == ("exact", [])


def test_work_asked_up_to_an_age_closes_the_base_there(sample):
    has = sample("age", labour_force_status={"max_age": 64})
    assert status(has, "8.5.2", "unemployment") == ("proxy", ["not_asked_over_64"])
    assert resolve(series("8.5.2", "unemployment"), has).universe == "aged 15–64, in the labour force"


def test_a_question_put_to_none_of_the_ages_makes_a_series_unavailable(sample):
    has = sample("age", school_attendance={"max_age": 18})
    assert status(has, "4.3.1", "participation_25_64") == ("unavailable", ["not_asked_of_these_ages"])


def test_an_unavailable_series_says_what_it_lacks_and_what_the_mapping_says_of_it(sample):
    has = Availability(sample("age").variables, {"labour_force_status": "Not asked; see p. 7"})
    (found,) = [each for each in availability(has) if each.number == "8.6.1"]
    assert found.missing == ("labour_force_status", "school_attendance")
    assert "labour_force_status (Not asked; see p. 7)" in found.reasons[0].words


def test_no_indicator_is_skipped(sample):
    assert {each.number for each in availability(sample("age"))} == set(INDICATORS)


def test_services_without_living_quarters_are_of_everybody_and_a_proxy(sample):
    assert status(sample("electricity"), "7.1.1", "electricity") == ("proxy", ["institutions_not_separated"])
    assert status(sample("electricity", "living_quarters"), "7.1.1", "electricity") == ("exact", [])


def test_water_off_the_premises_without_the_time_is_a_proxy(sample):
    has = sample("living_quarters", **JMP)
    assert status(has, "1.4.1", "basic_water") == ("proxy", ["no_time"])


def test_water_that_is_on_the_premises_or_unimproved_needs_no_time(sample):
    has = sample("living_quarters", water_source={"reaches": frozenset({"improved_on_premises", "unimproved"})})
    assert status(has, "1.4.1", "basic_water") == ("exact", [])


def test_piped_or_not_makes_basic_water_unavailable_and_piped_water_available(sample):
    has = sample("living_quarters", water_source={"reaches": frozenset({"piped", "not_piped", "unknown"})})
    assert status(has, "1.4.1", "basic_water") == ("unavailable", ["undecidable_categories"])
    assert status(has, "1.4.1", "piped_water") == ("exact", [])


def test_sewer_or_not_makes_basic_sanitation_unavailable_and_sewers_available(sample):
    reaches = frozenset({"sewer_or_septic", "no_sewer_or_septic"})
    has = sample("living_quarters", sanitation={"reaches": reaches})
    assert status(has, "1.4.1", "basic_sanitation") == ("unavailable", ["undecidable_categories"])
    assert status(has, "1.4.1", "sewer_or_septic") == ("exact", [])


def test_a_category_that_straddles_the_definition_is_named(sample):
    has = sample(water_source={"reaches": frozenset({"piped", "surface"})})
    (found,) = [each for each in availability(has) if (each.number, each.series) == ("1.4.1", "basic_water")]
    assert "water_source (piped)" in found.reasons[0].words


def test_where_nobody_knows_which_categories_come_both_readings_are_unavailable(sample):
    has = sample("living_quarters", water_source={"reaches": None})
    assert status(has, "1.4.1", "basic_water")[0] == "unavailable"
    assert status(has, "1.4.1", "piped_water")[0] == "unavailable"


@pytest.mark.parametrize(
    ("reaches", "expected"),
    [
        ({"improved_not_shared", "improved_shared", "unimproved"}, ("exact", [])),
        ({"improved_unspecified", "unimproved"}, ("proxy", ["no_sharing"])),
    ],
)
def test_sanitation_is_exact_only_where_sharing_was_asked(sample, reaches, expected):
    has = sample("living_quarters", sanitation={"reaches": frozenset(reaches)})
    assert status(has, "1.4.1", "basic_sanitation") == expected


def test_all_asked_is_of_the_services_the_sample_has_and_takes_over_their_reasons(sample):
    has = sample("living_quarters", "electricity", **JMP)
    (found,) = [each for each in availability(has) if each.series == "all_asked"]
    assert [each.code for each in found.reasons] == ["no_time", "asked_components"]
    assert found.reasons[1].words.endswith("basic_water, electricity")


def test_all_asked_is_unavailable_where_no_service_was_asked(sample):
    assert status(sample("age"), "1.4.1", "all_asked") == ("unavailable", ["no_components"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ("exact", [])),
        ({"standard": "icls13"}, ("exact", [])),
        ({"standard": "national"}, ("proxy", ["national_unemployment"])),
        ({"standard": "national", "definition": "strict"}, ("exact", [])),
        (
            {"standard": "national", "definition": "relaxed"},
            ("proxy", ["relaxed_unemployment", "national_unemployment"]),
        ),
    ],
)
def test_a_national_definition_of_unemployment_is_a_proxy_unless_it_is_stated_to_be_strict(sample, options, expected):
    assert status(sample("age", labour_force_status={"options": options}), "8.5.2", "unemployment") == expected


def test_attendance_of_full_time_students_alone_is_said_to_be_so(sample):
    options = {"options": {"students": "full_time"}}
    has = sample("age", "labour_force_status", "training_12_months", school_attendance=options)
    assert status(has, "8.6.1", "neet") == ("proxy", ["full_time_students"])
    assert status(has, "4.3.1", "participation_15_24") == ("proxy", ["current_attendance", "full_time_students"])


def test_attendance_at_any_time_in_twelve_months_is_what_is_wanted(sample):
    options = {"options": {"period": "12_months"}}
    has = sample("age", "training_12_months", school_attendance=options)
    assert status(has, "4.3.1", "participation_15_24") == ("exact", [])


def test_unemployed_by_looking_for_work_alone_is_relaxed(sample):
    has = sample("age", labour_force_status={"options": {"definition": "relaxed"}})
    assert status(has, "8.5.2", "unemployment") == ("proxy", ["relaxed_unemployment"])


def test_literacy_and_participation_are_never_exact(sample):
    has = sample("age", "literacy", "school_attendance", "training_12_months")
    assert status(has, "4.6.1", "literacy_15_plus") == ("proxy", ["reported_literacy"])
    assert status(has, "4.3.1", "participation_15_24") == ("proxy", ["current_attendance"])


def test_persons_found_not_asked_while_running_make_an_exact_series_a_proxy(sample):
    exact = resolve(series("8.5.2", "unemployment"), sample("age", "labour_force_status"))
    assert narrowed_while_running(exact).proxy_reason == "not_asked_of_some"
    narrow = resolve(series("8.5.2", "unemployment"), sample("age", labour_force_status={"min_age": 16}))
    # the base starts at 16, so who was not asked is another matter
    assert narrowed_while_running(narrow).proxy_reason == "not_asked_under_16;not_asked_of_some"


def test_a_sample_of_a_pooled_extract_that_was_not_asked_lacks_the_variable(sample):
    has = sample("age", "literacy", "labour_force_status")
    seen = has.in_sample({"literacy"})
    assert status(seen, "4.6.1", "literacy_15_plus") == ("unavailable", ["missing_variable"])
    assert status(seen, "8.5.2", "unemployment") == status(has, "8.5.2", "unemployment")


def test_a_category_on_both_sides_of_a_definition_spoils_only_the_samples_in_which_it_occurs(sample):
    has = sample(water_source={"reaches": frozenset({"piped", "not_piped", "improved_on_premises"})})
    assert status(has, "1.4.1", "basic_water") == ("unavailable", ["undecidable_categories"])
    here = has.in_sample((), {("water_source", "piped"), ("water_source", "not_piped")})
    assert status(here, "1.4.1", "basic_water")[0] != "unavailable"


def test_availability_is_read_from_a_mapping_or_a_compiled_one():
    def rule(**more):
        return SimpleNamespace(**{"unavailable": None, "universe": {}, "options": {}, **more})

    rules = {
        "age": rule(),
        "labour_force_status": rule(universe={"min_age": 16}, options={"standard": "icls19"}),
        "literacy": rule(unavailable="Not asked"),
    }
    from_mapping = Availability.of(SimpleNamespace(variables=rules))
    assert from_mapping.absent == {"literacy": "Not asked"}
    assert from_mapping.variables["labour_force_status"].min_age == 16
    compiled = SimpleNamespace(available={"age": rule()}, unavailable={"literacy": "Not asked"})
    assert Availability.of(compiled).absent == {"literacy": "Not asked"}
    assert set(Availability.of(compiled).variables) == {"age"}


def test_the_categories_a_rule_can_give_are_those_of_its_targets_and_of_the_persons_not_asked():
    targets = SimpleNamespace(body=SimpleNamespace(targets=("piped", "not_piped", "unknown")))
    minutes = SimpleNamespace(body=SimpleNamespace(targets=("not_applicable",)))
    rules = {
        "water_source": SimpleNamespace(unavailable=None, universe={"others": "surface"}, rule=targets),
        "water_time_minutes": SimpleNamespace(unavailable=None, rule=minutes),
        "electricity": SimpleNamespace(unavailable=None, rule=None),
    }
    has = Availability.of(SimpleNamespace(variables=rules))
    assert has.variables["water_source"].reaches == {"piped", "not_piped", "unknown", "surface"}
    assert has.variables["water_time_minutes"].not_applicable
    assert has.variables["electricity"].reaches is None


def test_masks_name_the_columns_they_read(sample):
    has = sample("age", "labour_force_status", "school_attendance")
    masks = series_masks([series("8.6.1", "neet")], has)
    assert needed_columns(masks.values()) == ("age", "labour_force_status", "school_attendance")


def test_ages_in_five_year_bands_are_cut_at_15_and_25(sample):
    bands = tuple((low, low + 4.0) for low in range(0, 85, 5))
    has = sample("labour_force_status", age={"bands": (*bands, (85.0, float("inf")))})
    assert status(has, "8.5.2", "unemployment") == ("exact", [])


def test_an_age_band_on_both_sides_of_the_limits_makes_a_series_unavailable(sample):
    bands = ((0.0, 9.0), (10.0, 19.0), (20.0, 59.0), (60.0, float("inf")))
    has = sample("literacy", age={"bands": bands})
    assert status(has, "4.6.1", "literacy_15_plus") == ("unavailable", ["undecidable_ages"])


def test_an_age_floor_inside_a_band_leaves_the_band_in_the_base(sample):
    has = sample(labour_force_status={"min_age": 16}, age={"bands": ((15.0, 19.0), (20.0, float("inf")))})
    done = resolve(series("8.5.2", "unemployment"), has)
    assert done.proxy_reason == "not_asked_under_16"
    assert done.universe == "aged 15 and over, in the labour force"


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (((0.0, 30.0), (31.0, float("inf"))), ("exact", [])),
        (((0.0, 15.0), (16.0, 60.0)), ("proxy", ["no_time"])),
    ],
)
def test_classes_of_time_serve_if_they_part_at_thirty_minutes(sample, bands, expected):
    has = sample("living_quarters", water_time_minutes={"bands": bands}, **JMP)
    assert status(has, "1.4.1", "basic_water") == expected


def test_a_band_that_ends_under_the_age_floor_of_the_question_does_not_matter(sample):
    bands = ((0.0, 15.0), (16.0, 24.0), (25.0, float("inf")))
    has = sample(labour_force_status={"min_age": 16}, age={"bands": bands})
    assert status(has, "8.5.2", "unemployment") == ("proxy", ["not_asked_under_16"])
