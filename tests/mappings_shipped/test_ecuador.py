"""`ecu/census-2022` on made rows: persons and households in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from harmonize.rules.lookups import read_lookup
from harmonize.schema.places import PLACES, iso3_of_numeric
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written
from tests.mappings_shipped.places_of import MAPPINGS

HEALTHY = dict.fromkeys((f"P070{each}" for each in range(1, 7)), 1)
ADULT = {
    "P01": 1, "P02": 2, "P03": 30, "AUR": 1, "P31": 6, "P08": 1, "P08Q": "090150", "P0803A": "", "P09": 1, "P15": 2,
    "P17R": 5, "P18R": 10, "P19": 1, "P20": "", "P22": 1, "P23": 2, "P24": "", "P25": "", "P27": "5223", "P28": "4711",
    "P29": 1, "P30": 1, "P3203": 0, "P3303": "", "P2102": 1,
}  # fmt: skip
NO_WORK = dict.fromkeys(("P23", "P24", "P27", "P28", "P29", "P30"), "")
CAME = {"P08": 3, "P08Q": "881862", "P0803A": 2019, "P09": 3, "P22": 7, "P25": 1, **NO_WORK}
CONTINENTS = {1: "Americas", 2: "Europe", 3: "Asia", 4: "Africa", 5: "Oceania"}


def person(household: int, number: int, **answers: object) -> dict[str, object]:
    return {"ID_VIV": "0101", "ID_HOG": household, "ID_PER": number, **ADULT, **HEALTHY, **answers}


def household(number: int, **answers: object) -> dict[str, object]:
    services = {
        "H01": 2, "H05": 1, "H09": 1, "H1002": 1, "H1004": 1, "H1303": 2, "V09": 1, "V10": 1, "V11": 1, "V12": 1,
        "V13": 5, "V14": 1,
    }  # fmt: skip
    return {"ID_VIV": "0101", "ID_HOG": number, **services, **answers}


PERSONS = [
    person(1, 1),
    person(1, 2, P01=2, **CAME),
    person(2, 1, P19=2, P17R=1, P18R="", P22=6, P25=2, **{**NO_WORK, "P24": 4}),
]


def test_services_are_of_the_household_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS, ";")
    households = written(tmp_path / "h.csv", [household(1), household(2, V12=2)], ";")
    result = unprotected.run("ecu/census-2022", [persons], tmp_path / "out", households=households)
    assert result.run["unmapped"] == []
    lit = the_level(result.estimates, "7.1.1", "electricity", "_T")
    assert lit["estimate"] == pytest.approx(100 * 2 / 3)
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "8.5.2", "unemployment", "_T")["n"] == 2
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == 50.0


def test_use_of_the_internet_is_exact_and_a_fixed_connection_stands_in_for_access(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1), person(1, 2, P01=2, P2102=2), person(2, 1)], ";")
    households = written(tmp_path / "h.csv", [household(1, H1004=2), household(2)], ";")
    result = unprotected.run("ecu/census-2022", [persons], tmp_path / "out", households=households)
    use = the_level(result.estimates, "17.8.1", "internet_use", "_T")
    assert (use["estimate"], use["measurement"]) == (pytest.approx(100 * 2 / 3), "exact")
    access = the_level(result.estimates, "1.4.1", "internet", "_T")
    assert (access["estimate"], access["measurement"]) == (pytest.approx(100 / 3), "proxy")
    assert access["proxy_reason"] == "some_access"


def test_a_country_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1, **{**CAME, "P08Q": "881999"})], ";")
    with pytest.raises(FitError):
        unprotected.run("ecu/census-2022", [persons], tmp_path / "out")


def test_a_code_of_a_country_ends_in_its_number_and_begins_with_its_continent() -> None:
    lookup, findings = read_lookup(MAPPINGS / "lookups" / "ecuador-2022-country.yaml", "ecuador-2022-country")
    assert lookup is not None
    assert findings == []
    strange = []
    for target, codes in lookup.targets:
        if target == "foreign_unspecified":
            continue
        members = [PLACES[each] for each in PLACES[target].members or (target,)]
        for code in codes:
            continent = CONTINENTS[int(code.text) // 1000 % 10]
            if iso3_of_numeric(int(code.text) % 1000) != target or {each.m49_region for each in members} != {continent}:
                strange.append((code.text, target))
    assert strange == []
    assert len(lookup.labels) == 189
