"""Countries, historic places and areas."""

from __future__ import annotations

import pytest

from harmonize.schema.places import (
    COUNTRIES,
    PLACES,
    REGIONS,
    SUBREGIONS,
    includes,
    iso3_of_numeric,
    subregion_of,
)


def test_all_249_countries_of_iso_3166_and_kosovo_are_there() -> None:
    assert len(COUNTRIES) == 250
    assert PLACES["MEX"].numeric == 484
    assert PLACES["XKX"].numeric is None


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("MEX", "Central America"),
        ("KEN", "Eastern Africa"),
        ("USA", "Northern America"),
        ("VNM", "South-eastern Asia"),
        ("GGY", "Northern Europe"),
        ("ETH+ERI", "Eastern Africa"),
        ("YUG", "Southern Europe"),
        ("SDN+SSD", "Africa"),
        ("SUN", None),
        ("M49:014", "Eastern Africa"),
        ("M49:202", "Sub-Saharan Africa"),
        ("M49:419", "Latin America and the Caribbean"),
        ("M49:150", "Europe"),
    ],
)
def test_a_place_lies_in_its_finest_m49_area(code: str, region: str | None) -> None:
    assert subregion_of(code) == region


@pytest.mark.parametrize(
    ("number", "code"),
    [(484, "MEX"), (4, "AFG"), (810, "SUN"), (200, "CSK"), (891, "SCG"), (530, "ANT"), (158, "TWN")],
)
def test_a_number_finds_its_country_also_one_that_is_gone(number: int, code: str) -> None:
    assert iso3_of_numeric(number) == code


@pytest.mark.parametrize("number", [0, 14, 150, 999])
def test_a_number_that_is_no_country_is_refused(number: int) -> None:
    with pytest.raises(KeyError):
        iso3_of_numeric(number)


@pytest.mark.parametrize(
    ("area", "country", "expected"),
    [
        ("SUN", "UKR", True),
        ("SUN", "POL", False),
        ("YUG", "XKX", True),
        ("CSK", "SVK", True),
        ("DDR", "DEU", True),
        ("ANT", "CUW", True),
        ("ETH+ERI", "ERI", True),
        ("M49:014", "KEN", True),
        ("M49:014", "NGA", False),
        ("MEX", "MEX", True),
        ("MEX", "USA", False),
        ("domestic", "MEX", False),
    ],
)
def test_an_area_includes_its_countries_and_successor_states(area: str, country: str, expected: bool) -> None:
    assert includes(area, country) is expected


def test_members_are_present_day_countries_and_only_areas_and_historic_places_have_them() -> None:
    for place in PLACES.values():
        assert set(place.members) <= set(COUNTRIES)
        assert bool(place.members) == (place.kind != "country")


def test_countries_have_distinct_numbers() -> None:
    numbers = [PLACES[code].numeric for code in COUNTRIES if code != "XKX"]
    assert len(numbers) == len(set(numbers))


def test_every_country_lies_in_a_sub_region_and_a_region() -> None:
    for code in COUNTRIES:
        assert PLACES[code].m49_subregion in SUBREGIONS
        assert PLACES[code].m49_region in (*REGIONS, "Antarctica")


def test_the_members_of_an_m49_area_lie_in_its_region() -> None:
    for place in PLACES.values():
        if place.is_m49:
            assert {PLACES[code].m49_region for code in place.members} == {place.m49_region}


@pytest.mark.parametrize("code", ["SUN", "YUG", "CSK", "SCG", "DDR", "ANT"])
def test_the_historic_codes_of_the_contract_are_marked_historic(code: str) -> None:
    assert PLACES[code].kind == "historic"
