"""The shelf of indicators: all are there, each says what the contract asks for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import harmonize.indicators as shelf
from harmonize.indicators import (
    INDICATORS,
    MEASURED_MODULES,
    PROXY_REASONS,
    UNAVAILABLE_REASONS,
    measured_series,
)
from harmonize.indicators.membership import MEMBERSHIP
from harmonize.indicators.reasons import reason
from harmonize.schema import VARIABLES

ALL_SERIES = [series for indicator in INDICATORS.values() for series in indicator.series]
WITH_STAND_INS = [(series, series.otherwise) for series in ALL_SERIES if series.otherwise]
CONTRACT = {
    "8.6.1": ["neet"],
    "8.5.2": ["unemployment"],
    "7.1.1": ["electricity"],
    "1.4.1": [
        "basic_water",
        "basic_sanitation",
        "electricity",
        "clean_cooking",
        "internet",
        "all_asked",
        "piped_water",
    ],
    "4.3.1": ["participation_15_24", "participation_25_64"],
    "4.5.1": ["participation_15_24", "participation_25_64", "literacy_15_plus", "literacy_15_24"],
    "4.6.1": ["literacy_15_plus", "literacy_15_24"],
    "5.3.1": ["union_before_15", "union_before_18"],
    "8.3.1": ["informal_employment"],
    "8.5.1": ["mean_hourly", "median_hourly"],
    "9.2.2": ["manufacturing"],
    "3.2.1": ["under_five_mortality"],
    "3.7.2": ["births_10_14", "births_15_19"],
    "6.1.1": ["basic_water"],
    "6.2.1": ["basic_sanitation", "open_defecation", "handwashing"],
    "11.1.1": ["slum"],
    "16.9.1": ["birth_registration_under_5"],
    "17.8.1": ["internet_use"],
}
# a step of a ladder has its own code, not that of safely managed services
STEPS = {("6.1.1", "basic_water"), ("6.2.1", "basic_sanitation")}


def test_every_file_named_after_an_indicator_is_in_the_registry():
    folder = Path(shelf.__file__).parent
    files = {path.stem for path in folder.glob("sdg_*.py")}
    assert files
    assert files == {module.__name__.rpartition(".")[2] for module in MEASURED_MODULES}


@pytest.mark.parametrize("module", MEASURED_MODULES, ids=lambda module: module.INDICATOR.number)
def test_a_file_is_named_by_the_number_of_its_indicator(module):
    number = re.match(r"sdg_(\d\d)_(\d[\da-d])_(\d\d)_", module.__name__.rpartition(".")[2])
    assert ".".join(part.lstrip("0") for part in number.groups()) == module.INDICATOR.number


def test_importing_the_indicators_does_not_import_polars():
    code = "import sys, harmonize.indicators as i; i.INDICATORS; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_twenty_four_are_members_by_one_reading_or_another_and_the_others_are_extras():
    assert set(INDICATORS) == set(MEMBERSHIP)
    standing = Counter(indicator.membership for indicator in INDICATORS.values())
    assert standing == {"named": 1, "likely": 14, "candidate": 9, "extra": 21}
    assert all(indicator.evidence for indicator in INDICATORS.values())


def test_parity_has_every_series_of_the_education_indicators_and_shows_comparisons_alone():
    parities = {series.name: series for series in INDICATORS["4.5.1"].series}
    education = [series for number in ("4.1.1", "4.1.2", "4.3.1", "4.6.1") for series in INDICATORS[number].series]
    assert list(parities) == [series.name for series in education]
    for series in education:
        parity = parities[series.name]
        assert parity.contrasts == ("parity",)
        assert not parity.levels
        assert (parity.base, parity.needs, parity.numerator) == (series.base, series.needs, series.numerator)
        assert (parity.denominator, parity.proxies) == (series.denominator, series.proxies)


def test_every_indicator_has_a_file_of_its_own_and_all_of_its_series_are_measured():
    assert len(INDICATORS) == len(MEASURED_MODULES)
    assert set(measured_series()) == set(ALL_SERIES)


def test_indicators_come_in_the_order_of_their_numbers():
    places = [[(part.isalpha(), part.zfill(2)) for part in number.split(".")] for number in INDICATORS]
    assert places == sorted(places)
    assert list(INDICATORS).index("5.6.1") < list(INDICATORS).index("5.b.1") < list(INDICATORS).index("6.1.1")


def test_the_series_of_the_contract_have_their_names():
    for number, names in CONTRACT.items():
        have = [series.name for series in INDICATORS[number].series]
        assert [name for name in have if name in names] == names


@pytest.mark.parametrize(
    "series", [*ALL_SERIES, *(stand_in for _, stand_in in WITH_STAND_INS)], ids=lambda series: "/".join(series.key)
)
def test_a_series_reads_variables_and_categories_of_the_schema_alone(series):
    assert series.indicator in INDICATORS
    assert set(series.variables) <= set(VARIABLES)
    assert series.variables
    populations = [*series.base, *(need.when for need in series.needs if need.when)]
    populations += [part for part in (series.denominator, series.numerator) if part]
    while populations:
        population = populations.pop()
        populations += population.parts
        if population.categories:
            variable, values = population.categories
            assert set(values) <= set(VARIABLES[variable].values)
    for need in series.needs:
        assert VARIABLES[need.variable].kind == "text" or set(need.undecidable) <= set(VARIABLES[need.variable].values)
        assert need.without in (*PROXY_REASONS, "")
    for proxy in series.proxies:
        assert proxy.reason in PROXY_REASONS
        for stated in (each for each in (proxy.only, proxy.unless) if each):
            variable, option, value = stated
            assert value in VARIABLES[variable].options[option]
        if proxy.reached:
            assert set(proxy.reached[1]) <= set(VARIABLES[proxy.reached[0]].values)


def test_no_series_that_is_a_proxy_in_every_sample_has_a_code():
    always = {
        series.key: series.sdmx_series
        for series in ALL_SERIES
        if any(not (proxy.reached or proxy.unless or proxy.only or proxy.top_coded) for proxy in series.proxies)
    }
    assert ("3.3.1", "hiv_prevalence") in always
    assert {key for key, codes in always.items() if codes} == STEPS


def test_keys_of_series_are_unique():
    assert max(Counter(series.key for series in ALL_SERIES).values()) == 1


def test_what_stands_in_for_a_series_has_its_name_and_unit_and_no_other_code():
    assert WITH_STAND_INS
    for series, stand_in in WITH_STAND_INS:
        assert (stand_in.key, stand_in.unit) == (series.key, series.unit)
        assert stand_in.sdmx_series in (series.sdmx_series, ())
        assert set(stand_in.variables) <= set(series.variables)


def test_no_code_of_safely_managed_services_or_of_use_stands_on_what_is_less():
    for key in (("6.1.1", "basic_water"), ("6.2.1", "basic_sanitation")):
        codes = next(series for series in ALL_SERIES if series.key == key).sdmx_series
        assert codes
        assert not any(code.endswith("_SAFE") for _, code in codes)
    access = next(stand_in for series, stand_in in WITH_STAND_INS if series.key == ("17.8.1", "internet_use"))
    assert access.sdmx_series == ()


def test_a_run_watches_for_the_categories_that_matter_to_what_stands_in():
    # a run looks in each sample for the categories that the needs and proxies of a series and its components name
    def matter(series):
        named = {(need.variable, value) for need in series.needs for value in need.undecidable}
        return named | {
            (proxy.reached[0], value) for proxy in series.proxies if proxy.reached for value in proxy.reached[1]
        }

    for series, stand_in in WITH_STAND_INS:
        assert matter(stand_in) <= matter(series)


def test_a_series_of_official_components_has_all_of_them():
    counted = [series for series in ALL_SERIES if series.official_components]
    assert counted
    assert all(len(series.components) == series.official_components for series in counted)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda indicator: indicator.number)
def test_an_indicator_names_its_custodian_its_route_from_a_census_and_its_sources(indicator):
    assert indicator.title
    assert indicator.custodian
    assert indicator.census
    assert indicator.sources
    assert {series.indicator for series in indicator.series} == {indicator.number}


def test_a_reason_with_an_age_says_the_age():
    assert reason("not_asked_under_16").words == "asked only of persons aged 16 and over"
    assert reason("not_asked_over_64").code == "not_asked_over_64"


def test_a_reason_with_a_count_says_it():
    assert reason("4_of_5").words == "4 of the 5 official criteria were asked"


def test_no_code_is_a_reason_for_both_a_proxy_and_a_gap():
    assert not set(PROXY_REASONS) & set(UNAVAILABLE_REASONS)
