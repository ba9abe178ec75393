"""The shipped code lists: every code of the source, each at a place, each with the source's own label."""

from __future__ import annotations

import pytest

from harmonize.rules.lookups import Lookup, read_lookup
from harmonize.schema.places import PLACE_TARGETS
from tests.mappings_shipped.places_of import LOOKUPS, MAPPINGS, code_list


def lookup(name: str) -> Lookup:
    found, findings = read_lookup(MAPPINGS / "lookups" / f"{name}.yaml", name)
    assert found is not None
    assert findings == []
    return found


def target_of(name: str, code: str) -> str:
    return next(str(t) for t, codes in lookup(name).targets if any(c.text == code for c in codes))


def labels(name: str) -> dict[str, str]:
    return {code: label for code, (label, _) in lookup(name).labels.items()}


@pytest.mark.parametrize("name", LOOKUPS)
def test_every_target_is_a_place_of_the_schema(name: str) -> None:
    assert [str(target) for target, _ in lookup(name).targets if str(target) not in PLACE_TARGETS] == []


@pytest.mark.parametrize("name", LOOKUPS)
def test_every_code_has_the_label_of_its_source(name: str) -> None:
    assert {code.text for code in lookup(name).codes} == set(labels(name))
    assert all(labels(name).values())


@pytest.mark.parametrize(
    ("name", "variable", "left_to_the_mapping"),
    [
        ("ipums-birthplace", "BPLCOUNTRY", {"00000", "99999"}),
        ("ipums-birthplace-2015", "BPLCOUNTRY@2015", {"00000", "99999"}),
        ("ipums-country", "COUNTRY", set()),
    ],
)
def test_ipums_codes_and_labels_are_exactly_those_seen(name: str, variable: str, left_to_the_mapping: set[str]) -> None:
    seen = code_list("ipumsi_integrated_codes", variable)
    mine = labels(name)
    assert set(mine) == set(seen) - left_to_the_mapping
    assert {code: label for code, label in mine.items() if label not in seen[code]} == {}


def test_every_us_place_code_of_2017_to_2023_is_there() -> None:
    seen = code_list("acs_pums_codes", "POBP", "from")
    assert set(seen) <= set(labels("us-birthplace"))


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("43143", "XKX"),
        ("43144", "SCG"),
        ("41080", "SUN"),
        ("43140", "YUG"),
        ("44042", "DEU"),
        ("11051", "ETH+ERI"),
        ("31030", "PRK+KOR"),
        ("32000", "M49:062"),
        ("90000", "foreign_unspecified"),
        ("80000", "foreign_unspecified"),
        ("21180", "PRI"),
    ],
)
def test_places_that_are_gone_merged_or_only_a_region_keep_what_is_known(code: str, target: str) -> None:
    assert target_of("ipums-birthplace", code) == target


def test_only_states_are_domestic_in_the_united_states() -> None:
    domestic = next(codes for target, codes in lookup("us-birthplace").targets if str(target) == "domestic")
    assert len(domestic) == 51
    assert target_of("us-birthplace", "072") == "PRI"


def test_islands_oceania_and_births_at_sea_in_one_code_are_no_area() -> None:
    assert target_of("us-birthplace", "554") == "foreign_unspecified"
