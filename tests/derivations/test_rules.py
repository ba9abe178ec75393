"""Worked persons: each sentence is a rule of the contract."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import harmonize.derivations
from harmonize.derivations import DERIVATIONS, Context, contradictions, derivation_notes, derive
from harmonize.schema import VARIABLES


def _frame(person: dict[str, Any], country: str = "MEX", year: int = 2020) -> pl.DataFrame:
    columns = {
        name: pl.Series(
            name,
            [value],
            dtype=VARIABLES[name].dtype
            if name in VARIABLES
            else pl.Boolean()
            if name.endswith("__na")
            else pl.Float64(),
        )
        for name, value in person.items()
    }
    return pl.DataFrame(columns).with_columns(_country=pl.lit(country), _year=pl.lit(year))


def _of(variable: str, person: dict[str, Any], context: Context | None = None, country: str = "MEX") -> str | None:
    """The derived variable of one person; None if the sample does not allow it."""
    frame = _frame(person, country)
    derived = derive(set(person), context or Context())
    for _, expression in derived:
        frame = frame.with_columns(expression)
    return str(frame[variable][0]) if variable in dict(derived) else None


@pytest.mark.parametrize(
    ("place", "country", "expected"),
    [
        ("domestic", "MEX", "native_born"),
        ("MEX", "MEX", "native_born"),
        ("GTM", "MEX", "foreign_born"),
        ("foreign_unspecified", "MEX", "foreign_born"),
        ("M49:014", "KEN", "foreign_born"),
        ("unknown", "MEX", "unknown"),
        ("SUN", "MEX", "foreign_born"),
        ("SUN", "KAZ", "unknown"),
        ("YUG", "SRB", "unknown"),
        ("ETH+ERI", "ETH", "unknown"),
        ("DDR", "DEU", "native_born"),
        ("PRI", "USA", "foreign_born"),
    ],
)
def test_nativity_is_the_birthplace_against_the_country_of_enumeration(place: str, country: str, expected: str) -> None:
    assert _of("nativity", {"country_of_birth": place}, country=country) == expected


def test_a_birth_in_a_territory_is_domestic_if_the_mapping_says_so() -> None:
    context = Context(territories=("PRI",))
    assert _of("nativity", {"country_of_birth": "PRI"}, context, "USA") == "native_born"


def test_a_mapped_nativity_is_kept_whatever_the_birthplace() -> None:
    person = {"nativity": "native_born", "country_of_birth": "GTM"}
    assert _of("nativity", person) == "native_born"
    # Per sample, never per row: an unknown nativity is not filled from the birthplace.
    assert _of("nativity", {**person, "nativity": "unknown"}) == "unknown"


@pytest.mark.parametrize(
    ("mother", "father", "expected"),
    [
        ("GTM", "USA", "second_both_parents"),
        ("GTM", "domestic", "second_one_parent"),
        ("MEX", "USA", "second_one_parent"),
        ("GTM", "unknown", "second_unspecified"),
        ("domestic", "MEX", "native_background"),
        ("domestic", "unknown", "unknown"),
        ("unknown", "not_applicable", "unknown"),
    ],
)
def test_generation_of_the_native_born_follows_the_parents(mother: str, father: str, expected: str) -> None:
    person = {
        "nativity": "native_born",
        "country_of_birth_mother": mother,
        "country_of_birth_father": father,
    }
    assert _of("generation", person) == expected
    assert _of("generation", {**person, "nativity": "foreign_born"}) == "first"
    assert _of("generation", {**person, "nativity": "unknown"}) == "unknown"


@pytest.mark.parametrize(("age", "expected"), [(17, "second_one_parent"), (18, "unknown"), (None, "unknown")])
def test_parents_found_in_the_household_serve_ages_0_to_17(age: int | None, expected: str) -> None:
    person = {
        "age": age,
        "nativity": "native_born",
        "country_of_birth_mother": "GTM",
        "country_of_birth_father": "domestic",
    }
    through = frozenset({"country_of_birth_mother", "country_of_birth_father"})
    context = Context(through=through)
    assert _of("generation", person, context) == expected
    assert _of("generation", {**person, "nativity": "foreign_born"}, context) == "first"
    assert derivation_notes(set(person), context)["generation"] == {"proxy": "coresident_only"}


@pytest.mark.parametrize(
    ("country", "expected"),
    [("MEX", "citizen"), ("domestic", "citizen"), ("GTM", "foreign_citizen"), ("stateless", "stateless")],
)
def test_citizenship_status_comes_from_the_country_of_citizenship(country: str, expected: str) -> None:
    assert _of("citizenship_status", {"country_of_citizenship": country}) == expected


def test_citizenship_asked_of_the_foreign_born_needs_a_word_on_the_others() -> None:
    person = {"nativity": "native_born", "citizenship_status": "not_applicable"}
    asked = {"citizenship_status": {"nativity": "foreign_born"}}
    assert _of("citizenship_status", person, Context(universes=asked)) is None
    told = {"citizenship_status": {"nativity": "foreign_born", "others": "citizen"}}
    assert _of("citizenship_status", person, Context(universes=told)) == "citizen"
    person["nativity"] = "unknown"
    assert _of("citizenship_status", person, Context(universes=told)) == "unknown"


@pytest.mark.parametrize(
    ("years", "stay", "detail"),
    [
        (0, "0_4", "under_1"),
        (4, "0_4", "1_4"),
        (5, "5_9", "5_9"),
        (12, "10_plus", "10_14"),
        (40, "10_plus", "20_plus"),
    ],
)
def test_duration_of_stay_is_in_years_since_arrival(years: int, stay: str, detail: str) -> None:
    person = {"nativity": "foreign_born", "years_since_arrival": years}
    assert _of("duration_of_stay", person) == stay
    assert _of("duration_detail", person) == detail
    assert _of("duration_of_stay", {**person, "nativity": "native_born"}) == "not_applicable"
    assert _of("duration_of_stay", {**person, "nativity": "unknown"}) == "unknown"


@pytest.mark.parametrize(
    ("low", "high", "stay", "detail"),
    [
        (1, 4, "0_4", "1_4"),
        (0, 4, "0_4", "unknown"),
        (10, math.inf, "10_plus", "unknown"),
        (3, 6, "unknown", "unknown"),
    ],
)
def test_classes_of_duration_count_where_they_fit(low: float, high: float, stay: str, detail: str) -> None:
    person = {
        "nativity": "foreign_born",
        "years_since_arrival": low,
        "years_since_arrival__high": high,
    }
    assert _of("duration_of_stay", person) == stay
    assert _of("duration_detail", person) == detail


def test_duration_by_calendar_years_is_a_proxy() -> None:
    person = {"nativity": "foreign_born", "year_of_arrival": 2012}
    assert _of("duration_of_stay", person) == "5_9"
    assert derivation_notes(set(person), Context())["duration_of_stay"] == {"proxy": "year_difference"}


@pytest.mark.parametrize(("asked", "stay", "child"), [(2016, "0_4", "no"), (2018, "5_9", "yes"), (None, "5_9", "yes")])
def test_in_a_pool_of_years_stay_counts_until_the_year_a_person_was_asked(
    asked: int | None, stay: str, child: str
) -> None:
    person = {"age": 20, "nativity": "foreign_born", "year_of_arrival": 2012, "year_asked": asked}
    assert _of("duration_of_stay", person) == stay
    assert _of("arrived_as_child", person) == child


@pytest.mark.parametrize(("arrived", "stay"), [(2012, "unknown"), (2016, "0_4"), (2004, "10_plus")])
def test_a_year_asked_that_is_known_no_nearer_than_the_pool_bounds_the_stay(arrived: int, stay: str) -> None:
    asked = {"year_asked": 2014, "year_asked__low": 2014, "year_asked__high": 2018}
    assert _of("duration_of_stay", {"nativity": "foreign_born", "year_of_arrival": arrived, **asked}) == stay


@pytest.mark.parametrize(
    ("arrival", "conflict"),
    [
        ({"year_of_arrival": 2021}, "arrival_after_census"),
        ({"years_since_arrival": -1}, "arrival_after_census"),
        ({"year_of_arrival": 1998}, "arrival_before_birth"),
        ({"years_since_arrival": 21}, "arrival_before_birth"),
    ],
)
def test_an_arrival_that_cannot_be_is_unknown_and_counted(arrival: dict[str, Any], conflict: str) -> None:
    person = {"age": 20, "nativity": "foreign_born", **arrival}
    assert _of("duration_of_stay", person) == "unknown"
    assert _of("arrived_as_child", person) == "unknown"
    found = contradictions(set(person), Context())
    counted = _frame(person).select(**found).row(0, named=True)
    assert [name for name, hit in counted.items() if hit] == [conflict]


def test_an_arrival_in_the_year_of_birth_is_possible_before_the_birthday() -> None:
    person = {"age": 20, "nativity": "foreign_born", "year_of_arrival": 1999}
    assert _of("duration_of_stay", person) == "10_plus"
    assert _of("arrived_as_child", person) == "yes"


@pytest.mark.parametrize(
    ("age", "years", "expected"), [(20, 6, "yes"), (20, 5, "no"), (None, 5, "unknown"), (20, None, "unknown")]
)
def test_arriving_as_a_child_is_arriving_before_15(age: int | None, years: int | None, expected: str) -> None:
    person = {"age": age, "nativity": "foreign_born", "years_since_arrival": years}
    assert _of("arrived_as_child", person) == expected
    assert _of("arrived_as_child", {**person, "nativity": "native_born"}) == "not_applicable"


def test_return_migrants_are_native_born_who_lived_abroad() -> None:
    person = {"age": 30, "nativity": "native_born", "residence_5_years_ago": "abroad"}
    assert _of("return_migrant", person) == "yes"
    assert _of("return_migrant", {**person, "residence_5_years_ago": "same_country"}) == "no"
    assert _of("return_migrant", {**person, "residence_5_years_ago": "unknown"}) == "unknown"
    assert _of("return_migrant", {**person, "nativity": "foreign_born"}) == "not_applicable"
    assert _of("return_migrant", {**person, "age": 4}) == "not_applicable"
    assert _of("return_migrant", {**person, "nativity": "unknown"}) == "unknown"


def test_return_migration_goes_by_the_question_that_looks_back_furthest() -> None:
    person = {
        "nativity": "native_born",
        "residence_1_year_ago": "abroad",
        "residence_5_years_ago": "same_country",
        "ever_lived_abroad": "yes",
    }
    for gone, basis, expected in (
        (None, "ever", "yes"),
        ("ever_lived_abroad", "5 years", "no"),
        ("residence_5_years_ago", "1 year", "yes"),
    ):
        person.pop(gone or "", None)
        assert _of("return_migrant", person) == expected
        assert derivation_notes(set(person), Context())["return_migrant"] == {"return_basis": basis}


def test_citizens_by_birth_born_abroad_stand_beside_nativity() -> None:
    context = Context(options={"nativity": {"concept": "citizenship_at_birth"}})
    person = {
        "nativity": "native_born",
        "country_of_birth": "USA",
        "citizenship_detail": "citizen_by_birth",
    }
    assert _of("nativity", person, context) == "native_born"
    assert _of("born_abroad_citizen", person, context) == "yes"
    assert _of("region_of_birth", person, context) == "Northern America"
    assert "native_born_abroad" not in contradictions(set(person), context)
    assert _of("born_abroad_citizen", {**person, "citizenship_detail": "citizen_naturalised"}) == "no"
    assert _of("born_abroad_citizen", {**person, "citizenship_detail": "unknown"}) == "unknown"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("domestic", "native"),
        ("MEX", "native"),
        ("GTM", "Central America"),
        ("M49:005", "South America"),
        ("M49:150", "Europe"),
        ("SUN", "foreign_unspecified"),
        ("foreign_unspecified", "foreign_unspecified"),
        ("unknown", "unknown"),
    ],
)
def test_region_of_birth_is_the_finest_m49_area_known(place: str, expected: str) -> None:
    assert _of("region_of_birth", {"country_of_birth": place}) == expected


def test_a_foreign_born_person_of_unknown_country_has_an_unspecified_region() -> None:
    person = {"nativity": "foreign_born", "country_of_birth": "unknown"}
    assert _of("region_of_birth", person) == "foreign_unspecified"
    assert _of("region_of_birth", {**person, "nativity": "native_born"}) == "native"


@pytest.mark.parametrize(
    ("age", "upper", "group", "broad"),
    [
        (0, None, "0_4", "0_14"),
        (24, None, "20_24", "15_24"),
        (64, None, "60_64", "25_64"),
        (85, None, "85_plus", "65_plus"),
        (110, None, "85_plus", "65_plus"),
        (15, 19, "15_19", "15_24"),
        (16, 24, "unknown", "15_24"),
        (75, math.inf, "unknown", "65_plus"),
        (0, 15, "unknown", "unknown"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_age_groups_take_ages_and_classes_that_fit(
    age: float | None, upper: float | None, group: str, broad: str
) -> None:
    person = {"age": age, "age__high": upper}
    assert _of("age_group", person) == group
    assert _of("age_broad", person) == broad


def test_a_reason_for_migration_does_not_apply_to_the_native_born() -> None:
    person = {"nativity": "native_born", "reason_for_migration": "work"}
    assert _of("reason_for_migration", person) == "not_applicable"
    assert _of("reason_for_migration", {**person, "nativity": "foreign_born"}) == "work"


def test_native_by_code_and_abroad_by_birthplace_is_a_contradiction_that_stays() -> None:
    person = {"nativity": "native_born", "country_of_birth": "GTM"}
    found = contradictions(set(person), Context())
    counted = _frame(person).select(**found).row(0, named=True)
    assert counted == {"native_born_abroad": True, "foreign_born_at_home": False}


def test_one_extract_may_hold_many_countries() -> None:
    frame = pl.DataFrame(
        {"_country": ["MEX", "GTM", "KAZ"], "_year": [2020] * 3, "country_of_birth": ["GTM", "GTM", "SUN"]},
        schema_overrides={"country_of_birth": VARIABLES["country_of_birth"].dtype},
    )
    for _, expression in derive({"country_of_birth"}, Context()):
        frame = frame.with_columns(expression)
    assert frame["nativity"].to_list() == ["foreign_born", "native_born", "unknown"]


def test_a_sample_without_anything_has_no_derived_variable() -> None:
    assert derive(set(), Context()) == []
    assert contradictions(set(), Context()) == {}


def test_every_file_that_derives_a_variable_is_in_the_registry() -> None:
    folder = Path(harmonize.derivations.__file__).parent
    machinery = {"__init__", "arrival", "birthplace", "bounds", "classify", "context", "contradictions"}
    files = {path.stem for path in folder.glob("*.py")} - machinery
    assert files == {derivation.NAME for derivation in DERIVATIONS}


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda each: str(each.NAME))
def test_any_of_its_needs_is_enough_for_a_derivation(derivation: Any) -> None:
    for needs in derivation.NEEDS:
        assert derivation.rule(set(needs), Context()) is not None
    assert derivation.rule(set(), Context()) is None


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda each: str(each.NAME))
def test_unknown_and_not_applicable_stand_last(derivation: Any) -> None:
    last = [each for each in derivation.CATEGORIES if each in ("unknown", "not_applicable")]
    assert list(derivation.CATEGORIES[-len(last) :]) == last == sorted(last, reverse=True)
