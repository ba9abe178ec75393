"""The common schema holds what the contract names."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import harmonize.schema
from harmonize.schema import TOPIC_MODULES, TOPICS, VARIABLES
from harmonize.schema.places import PLACE_TARGETS

YES_NO = ("yes", "no")
CATEGORIES = {
    "sex": ("male", "female"),
    "relationship_to_head": ("head", "spouse", "child", "other_relative", "non_relative"),
    "marital_status": ("never_married", "married", "in_union", "separated_divorced", "widowed"),
    "urban_rural": ("urban", "rural"),
    "living_quarters": ("private_household", "institution", "other_collective", "homeless"),
    "disability": ("with_disability", "without_disability"),
    "nativity": ("native_born", "foreign_born"),
    "nativity_mother": ("native_born", "foreign_born"),
    "nativity_father": ("native_born", "foreign_born"),
    "citizenship_status": ("citizen", "foreign_citizen", "stateless"),
    "citizenship_detail": ("citizen_by_birth", "citizen_naturalised"),
    "generation": (
        "first",
        "second_both_parents",
        "second_one_parent",
        "second_unspecified",
        "native_background",
    ),
    "reason_for_migration": ("work", "family", "education", "humanitarian", "retirement", "other"),
    "residence_1_year_ago": ("same_country", "abroad"),
    "residence_5_years_ago": ("same_country", "abroad"),
    "ever_lived_abroad": YES_NO,
    "forced_displacement": ("refugee", "asylum_seeker", "idp", "none"),
    "school_attendance": ("attending", "not_attending", "never_attended"),
    "training_12_months": YES_NO,
    "literacy": ("literate", "illiterate"),
    "labour_force_status": ("employed", "unemployed", "outside_labour_force"),
    "occupation": tuple(f"isco_{n}" for n in range(10)),
    "water_source": (
        "improved_on_premises",
        "improved_off_premises",
        "improved_unspecified",
        "unimproved",
        "surface",
        "piped",
        "not_piped",
    ),
    "sanitation": (
        "improved_not_shared",
        "improved_shared",
        "improved_unspecified",
        "unimproved",
        "open_defecation",
        "sewer_or_septic",
        "no_sewer_or_septic",
    ),
    "handwashing": ("basic", "limited", "none"),
    "cooking_fuel": ("clean", "polluting", "mixed", "none"),
    "waste_collection": ("collected", "not_collected"),
    "tenure": ("owned", "rented", "other"),
    **{f"{part}_material": ("durable", "non_durable") for part in ("wall", "roof", "floor")},
    **dict.fromkeys(
        (
            *("contributes_to_social_security", "paid_leave", "registered_enterprise"),
            *("below_national_poverty_line", "social_protection_any", "receives_pension"),
            *("health_insurance", "electricity", "internet", "mobile_phone", "internet_use"),
            *("mobile_phone_own", "secure_tenure", "birth_registered", "last_birth_attendant_skilled"),
            *("hazardous_work", "reading_proficiency", "mathematics_proficiency", "numeracy"),
            *("partner_violence_12_months", "violence_physical_12_months"),
            *("violence_psychological_12_months", "violence_sexual_12_months"),
            *("discrimination_12_months", "occupational_injury_12_months"),
            *("food_insecurity_moderate_severe", "account_ownership", "hiv_positive", "family_planning_modern"),
            *("decides_health_care", "decides_contraception", "can_refuse_sex"),
            *("nonpartner_sexual_violence_12_months", "feels_safe_walking_alone"),
            *("violent_discipline_1_month", "sexual_violence_by_18"),
            *("violence_physical_reported", "violence_psychological_reported", "violence_sexual_reported"),
        ),
        YES_NO,
    ),
}
NUMBERS = {
    "age": "years",
    "age_at_first_union": "years",
    "household_size": "persons",
    "year_of_arrival": "year",
    "years_since_arrival": "years",
    "year_asked": "year",
    "years_of_schooling": "years",
    "hours_worked_week": "hours",
    "weeks_worked_12_months": "weeks",
    "weeks_worked_12_months_in_classes": "weeks",
    "earnings": "currency",
    "household_income": "currency",
    "household_consumption": "currency",
    "water_time_minutes": "minutes",
    "rooms": "count",
    "children_ever_born": "count",
    "children_surviving": "count",
    "pregnancy_related_deaths_12_months": "count",
    "births_12_months": "count",
    "chores_hours_week": "hours",
    "height_for_age_z": "z",
}
PLACES = (
    "country_of_birth",
    "country_of_birth_mother",
    "country_of_birth_father",
    "country_of_citizenship",
)


@pytest.mark.parametrize("name", CATEGORIES)
def test_a_categorical_variable_has_the_categories_of_the_contract(name: str) -> None:
    variable = VARIABLES[name]
    assert (variable.kind, variable.categories) == ("category", CATEGORIES[name])
    assert variable.dtype == pl.Enum((*CATEGORIES[name], "unknown", "not_applicable"))


def test_self_employed_serves_where_employers_are_not_told_and_isic_other_where_sections_are_joined() -> None:
    assert set(VARIABLES["status_in_employment"].categories) == {
        *("employee", "employer", "own_account", "self_employed", "cooperative_member"),
        *("contributing_family_worker", "other"),
    }
    sections = {f"isic_{section}" for section in "abcdefghijklmnopqrstu"}
    assert set(VARIABLES["industry"].categories) == sections | {"isic_other"}


def test_educational_attainment_also_has_secondary_where_it_is_not_split() -> None:
    assert set(VARIABLES["educational_attainment"].categories) == {
        *("less_than_primary", "primary", "lower_secondary", "upper_secondary", "secondary"),
        *("post_secondary", "tertiary"),
    }


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_has_the_unit_of_the_contract(name: str) -> None:
    assert (VARIABLES[name].kind, VARIABLES[name].unit) == ("number", NUMBERS[name])
    assert VARIABLES[name].dtype == pl.Float64()
    assert VARIABLES[name].values == ()


@pytest.mark.parametrize("name", PLACES)
def test_a_place_takes_every_lookup_target(name: str) -> None:
    values = set(VARIABLES[name].values)
    assert {*PLACE_TARGETS, "unknown", "not_applicable"} <= values
    assert ("stateless" in values) == (name == "country_of_citizenship")


def test_texts_and_records_are_what_is_left() -> None:
    rest = set(VARIABLES) - set(CATEGORIES) - set(NUMBERS) - set(PLACES)
    rest -= {"educational_attainment", "status_in_employment", "industry"}
    assert {VARIABLES[name].kind for name in rest} == {"text", "records"}
    assert {"occupation_detail", "household_deaths", "partner_violence_12_months_form"} <= rest


def test_age_lies_between_0_and_120() -> None:
    assert (VARIABLES["age"].minimum, VARIABLES["age"].maximum) == (0, 120)


@pytest.mark.parametrize(
    ("name", "option", "allowed"),
    [
        ("nativity", "concept", ("birthplace", "citizenship_at_birth")),
        ("year_of_arrival", "arrival", ("first", "latest")),
        ("years_since_arrival", "arrival", ("first", "latest")),
        ("earnings", "period", ("hour", "week", "month", "year")),
        ("earnings", "currency", ()),
        ("household_income", "period", ("hour", "week", "month", "year")),
        ("educational_attainment", "school_years", ("from_6_6_3_3",)),
        ("partner_violence_12_months", "forms", ("physical_or_sexual", "any")),
        ("feels_safe_walking_alone", "time", ("after_dark", "any_time")),
    ],
)
def test_a_mapping_may_state_the_options_of_the_contract(name: str, option: str, allowed: tuple[str, ...]) -> None:
    assert VARIABLES[name].options[option] == allowed


def test_no_two_topics_define_the_same_variable() -> None:
    names = [variable.name for module in TOPIC_MODULES for variable in module.VARIABLES]
    assert len(names) == len(set(names)) == len(VARIABLES)
    assert [name for topic in TOPICS.values() for name in topic] == list(VARIABLES)


def test_every_file_with_variables_is_in_the_list_of_topics() -> None:
    folder = Path(harmonize.schema.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "variable", "places", "yes_no"}
    assert files == set(TOPICS)


def test_every_variable_has_a_title_and_a_topic_and_clean_categories() -> None:
    for name, variable in VARIABLES.items():
        assert name == variable.name
        assert variable.title
        assert variable.topic in TOPICS
        assert len(set(variable.values)) == len(variable.values)
        assert not {"unknown", "not_applicable"} & set(variable.categories)
