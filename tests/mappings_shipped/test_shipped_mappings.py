"""Every shipped mapping loads, passes its cases, and says where its codes come from."""

from __future__ import annotations

import pytest

from harmonize.mapping import check_mapping, load_mapping
from tests.mappings_shipped.places_of import IDS, LOOKUPS, MAPPINGS

CHANGED_ONLY_WEIGHT = {"ipums/cps-basic", "ipums/cps-supplement"}
NEEDED = {
    "8.6.1": ("age", "labour_force_status", "school_attendance"),
    "8.5.2": ("age", "labour_force_status"),
    "4.3.1": ("age", "school_attendance"),
    "4.6.1": ("age", "literacy"),
    "7.1.1": ("electricity",),
    "8.3.1": ("labour_force_status", "status_in_employment", "industry"),
    "9.2.2": ("labour_force_status", "industry"),
    "5.3.1": ("marital_status", "age_at_first_union"),
    "8.7.1": ("labour_force_status", "hours_worked_week"),
    "3.2.1": ("children_ever_born", "children_surviving"),
    "11.1.1": ("urban_rural", "household_size", "rooms", "floor_material"),
    "1.4.1": ("electricity", "internet", "water_source", "sanitation", "cooking_fuel"),
    "migratory status": (
        "nativity",
        "country_of_birth",
        "citizenship_status",
        "country_of_birth_mother",
        "year_of_arrival",
        "years_since_arrival",
        "reason_for_migration",
        "residence_5_years_ago",
    ),
}


def test_there_are_mappings_and_lookups() -> None:
    assert {"usa/acs-pums", "ipums/international", "ipums/international-2015", "ipums/cps", "ipums/usa"} <= set(IDS)
    assert {"gbr/census-2011-teaching", "mex/eic-2015-dwellings"} <= set(IDS)
    assert {"bol/census-2024", "chl/census-2017", "col/census-2018", "gtm/census-2018"} <= set(IDS)
    assert {"mex/2020-census", "mex/eic-2025", "ury/census-2023"} <= set(IDS)
    assert {"bra/census-2010", "bra/census-2022-public", "can/census-2021-individuals", "chl/census-2024"} <= set(IDS)
    assert {"ecu/census-2022", "fra/census-2020", "gbr/census-2021-teaching", "pan/census-2023"} <= set(IDS)
    assert {"canada-2021-birthplace", "chile-2024-country", "ecuador-2022-country"} <= set(LOOKUPS)
    assert {"bolivia-2024-country", "chile-2017-country", "inegi-country-2020", "uruguay-2023-country"} <= set(LOOKUPS)
    assert {"ipums-country", "ipums-birthplace", "us-birthplace", "cps-birthplace"} <= set(LOOKUPS)
    assert {"ipums-birthplace-2015", "ipums-usa-birthplace", "ipums-usa-sample"} <= set(LOOKUPS)


@pytest.mark.parametrize("id", IDS)
def test_a_shipped_mapping_has_no_finding(id: str) -> None:
    findings = check_mapping(id)
    if id in CHANGED_ONLY_WEIGHT:
        findings = [finding for finding in findings if finding.code != "C005"]
    assert [f"{f.path}:{f.line} {f.code} {f.message}" for f in findings] == []


@pytest.mark.parametrize("id", IDS)
def test_a_shipped_mapping_has_cases_beside_it(id: str) -> None:
    assert (MAPPINGS / f"{id}.cases.yaml").is_file()


@pytest.mark.parametrize("id", IDS)
def test_every_variable_says_where_its_codes_were_seen(id: str) -> None:
    silent = [
        name
        for name, rule in load_mapping(id).variables.items()
        if rule.unavailable is None and rule.through is None and not rule.reference.get("seen_in")
    ]
    assert silent == []


@pytest.mark.parametrize("id", IDS)
def test_every_mapping_was_compared_with_its_documentation_on_a_day(id: str) -> None:
    source = load_mapping(id).source
    assert source["checked_on"]
    assert source["documentation"]


def test_ipums_international_has_what_the_measured_indicators_and_the_ladder_need() -> None:
    variables = load_mapping("ipums/international").variables
    lacking = {words: [name for name in names if name not in variables] for words, names in NEEDED.items()}
    assert not any(lacking.values()), lacking


@pytest.mark.parametrize("id", ["ipums/international", "ipums/usa", "ipums/cps"])
def test_every_variable_of_ipums_is_optional_as_extracts_are_made_to_order(id: str) -> None:
    variables = load_mapping(id).variables
    assert [name for name, rule in variables.items() if not rule.optional and rule.unavailable is None] == []


def test_nobody_below_the_age_that_was_asked_counts_in_the_united_states() -> None:
    variables = load_mapping("usa/acs-pums").variables
    assert variables["labour_force_status"].universe == {"min_age": 16}
    assert variables["school_attendance"].universe == {"min_age": 3}
    assert variables["nativity"].options["concept"] == "citizenship_at_birth"


@pytest.mark.parametrize(
    ("id", "definition"),
    [
        ("usa/acs-pums", "strict"),
        ("ipums/cps", "strict"),
        ("gbr/census-2011-teaching", "strict"),
        ("ecu/census-2022", "strict"),
        ("gbr/census-2021-teaching", None),
        ("ipums/usa", None),
        ("ipums/international", None),
    ],
)
def test_unemployment_is_strict_only_where_a_source_says_so(id: str, definition: str | None) -> None:
    assert load_mapping(id).variables["labour_force_status"].options.get("definition") == definition


def test_a_mapping_says_whom_school_and_rooms_count() -> None:
    assert load_mapping("gbr/census-2011-teaching").variables["school_attendance"].options["students"] == "full_time"
    assert load_mapping("usa/acs-pums").variables["school_attendance"].options["period"] == "3_months"
    assert load_mapping("mex/eic-2015-dwellings").variables["rooms"].options["counted"] == "with_kitchen"


def test_the_american_survey_has_eighty_replicate_weights_that_an_extract_may_lack() -> None:
    mapping = load_mapping("usa/acs-pums")
    replicates = mapping.design.replicate
    assert replicates is not None
    assert len(replicates.columns) == 80
    assert replicates.method == "sdr"
    without, gone = mapping.lacking(["PWGTP", "SERIALNO"])
    assert without.design.replicate is None
    assert gone == ("PWGTP1 to PWGTP80",)
