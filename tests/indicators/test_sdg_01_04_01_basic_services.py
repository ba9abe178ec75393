"""1.4.1 on a few persons, the shares worked out by hand."""

from __future__ import annotations

import pytest

WATER = frozenset({"improved_on_premises", "improved_off_premises", "unimproved", "surface"})
TOILET = frozenset({"improved_not_shared", "improved_shared", "unimproved", "open_defecation"})

PERSONS = """
living_quarters   | water_source          | water_time_minutes | sanitation          | electricity | cooking_fuel | internet
private_household | improved_on_premises  | -                  | improved_not_shared | yes         | clean        | yes
private_household | improved_off_premises | 30                 | improved_not_shared | yes         | clean        | no
private_household | improved_off_premises | 31                 | improved_shared     | yes         | polluting    | no
private_household | unimproved            | -                  | open_defecation     | no          | none         | no
private_household | improved_off_premises | ?                  | ?                   | ?           | ?            | ?
institution       | improved_on_premises  | -                  | improved_not_shared | yes         | clean        | yes
"""  # noqa: E501


@pytest.fixture
def has(sample):
    """A sample that asks all five services, by the categories of the definitions."""
    asked = {"water_source": {"reaches": WATER}, "sanitation": {"reaches": TOILET}}
    return sample("living_quarters", "water_time_minutes", "electricity", "internet", **asked, cooking_fuel=FUELS)


FUELS = {"reaches": frozenset({"clean", "polluting", "none"})}


@pytest.mark.parametrize(
    ("series", "percent"),
    [
        ("basic_water", 50.0),  # on the premises, and 30 minutes away; not 31, not unimproved
        ("basic_sanitation", 50.0),  # two improved and not shared
        ("electricity", 75.0),
        ("clean_cooking", 50.0),
        ("internet", 25.0),
    ],
)
def test_each_service_is_of_four_persons_in_private_households(series, percent, has, persons, estimate, status):
    assert estimate(("1.4.1", series), has, persons(PERSONS)) == (percent, 4, 1, 0)
    assert status(has, "1.4.1", series) == ("exact", [])


def test_where_not_every_kind_of_access_was_asked_internet_is_a_proxy_and_so_is_what_it_stands_in_for(sample, status):
    has = sample("living_quarters", internet={"options": {"access": "some"}})
    assert status(has, "1.4.1", "internet") == ("proxy", ["some_access"])
    assert status(has, "17.8.1", "internet_use") == ("proxy", ["household_access", "some_access"])


def test_one_of_four_has_all_of_the_services(has, persons, estimate, status):
    assert estimate(("1.4.1", "all_asked"), has, persons(PERSONS)) == (25.0, 4, 1, 0)
    assert status(has, "1.4.1", "all_asked") == ("proxy", ["asked_components"])


def test_where_the_source_tells_piped_or_not_alone_the_narrower_series_are_had(sample, persons, estimate, status):
    told = {"water_source": {"reaches": frozenset({"piped", "not_piped"})}}
    sewers = {"sanitation": {"reaches": frozenset({"sewer_or_septic", "no_sewer_or_septic"})}}
    narrow = sample("living_quarters", **told, **sewers)
    rows = persons("""
    living_quarters   | water_source | sanitation
    private_household | piped        | sewer_or_septic
    private_household | not_piped    | no_sewer_or_septic
    private_household | ?            | no_sewer_or_septic
    """)
    assert estimate(("1.4.1", "piped_water"), narrow, rows) == (50.0, 2, 1, 0)
    assert estimate(("1.4.1", "sewer_or_septic"), narrow, rows) == (pytest.approx(100 / 3), 3, 0, 0)
    assert status(narrow, "1.4.1", "piped_water") == ("exact", [])
    assert status(narrow, "1.4.1", "basic_water") == ("unavailable", ["undecidable_categories"])
