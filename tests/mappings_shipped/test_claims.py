"""What shipped mappings do not claim to measure exactly, as their source counts, or asks, something else."""

from __future__ import annotations

import pytest

from harmonize.mapping import load_mapping
from tests.mappings_shipped.places_of import IDS

LAST_BIRTH_ALONE = {
    "bra/census-2010", "chl/census-2017", "gtm/census-2018", "ipums/usa", "ipums/usa-replicates", "mex/2020-census",
    "mex/eic-2025", "usa/acs-pums", "usa/acs-pums-2012", "usa/acs-pums-5-year", "usa/acs-pums-5-year-2015",
    "usa/acs-pums-5-year-2016",
}  # fmt: skip


def option(id: str, variable: str, name: str) -> str | None:
    return load_mapping(id).variables[variable].options.get(name)


def test_every_mapping_with_births_counts_mothers_as_none_asks_for_twins() -> None:
    have = {
        id
        for id in IDS
        if (rule := load_mapping(id).variables.get("births_12_months")) is not None and not rule.unavailable
    }
    assert have == LAST_BIRTH_ALONE
    assert {id for id in have if option(id, "births_12_months", "counted") == "mothers"} == have


@pytest.mark.parametrize("id", ["bra/census-2010", "ecu/census-2022"])
def test_access_to_the_internet_was_asked_of_some_kinds_alone(id: str) -> None:
    assert option(id, "internet", "access") == "some"


def test_ipums_international_joins_samples_that_asked_differently() -> None:
    assert option("ipums/international", "age_at_first_union", "event") == "differs"
    assert option("ipums/international", "hours_worked_week", "hours") == "differs"


@pytest.mark.parametrize("id", ["usa/acs-pums", "ipums/usa", "ipums/cps"])
def test_the_hours_of_a_usual_week_of_the_year_are_not_those_of_the_week_of_child_labour(id: str) -> None:
    assert option(id, "hours_worked_week", "hours") == "usual"
