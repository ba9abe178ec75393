"""6.1.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

import pytest

STANDARD = frozenset({"improved_on_premises", "improved_off_premises", "improved_unspecified", "unimproved", "surface"})

PERSONS = """
living_quarters   | water_source          | water_time_minutes
private_household | improved_on_premises  | -
private_household | improved_off_premises | 30
private_household | improved_unspecified  | -
private_household | improved_off_premises | 45
private_household | unimproved            | 10
private_household | surface               | 10
private_household | improved_off_premises | ?
private_household | ?                     | 10
institution       | surface               | 10
"""


@pytest.fixture
def has(sample):
    return sample("living_quarters", "water_time_minutes", water_source={"reaches": STANDARD})


@pytest.mark.parametrize(
    ("series", "share", "counted", "left_out"),
    [
        # Six persons have everything known: three have basic water (on the premises, at 30 minutes, and
        # where no time was asked because it is at home), one limited, one unimproved, one surface water.
        # Of two something is unknown. The person in the institution is not of the population.
        ("basic_water", 100 * 3 / 6, 6, 2),
        ("limited_water", 100 * 1 / 6, 6, 2),
        # All four are shares of the same persons, so that they add up.
        ("unimproved_water", 100 * 1 / 6, 6, 2),
        ("surface_water", 100 * 1 / 6, 6, 2),
    ],
)
def test_the_steps_of_the_ladder(has, persons, estimate, series, share, counted, left_out):
    percent, *counts = estimate(("6.1.1", series), has, persons(PERSONS))
    assert percent == pytest.approx(share)
    assert counts == [counted, left_out, 0]


def test_the_four_steps_add_up_whatever_is_unknown(has, persons, estimate):
    # the river whose way nobody timed is in no step, as it is not in that of basic water
    rows = persons(PERSONS + "private_household | surface | ?\nprivate_household | unimproved | -\n")
    shares = [
        estimate(("6.1.1", name), has, rows)[0]
        for name in ("basic_water", "limited_water", "unimproved_water", "surface_water")
    ]
    assert sum(shares) == pytest.approx(100)


def test_every_step_is_a_proxy_of_safely_managed_water(has, status):
    for name in ("basic_water", "limited_water", "unimproved_water", "surface_water"):
        assert status(has, "6.1.1", name) == ("proxy", ["not_safely_managed"])


def test_without_the_time_the_limited_step_is_unavailable_and_the_basic_one_says_so(sample, status):
    has = sample("living_quarters", water_source={"reaches": STANDARD})
    assert status(has, "6.1.1", "basic_water") == ("proxy", ["no_time", "not_safely_managed"])
    assert status(has, "6.1.1", "limited_water") == ("unavailable", ["missing_variable"])
    assert status(has, "6.1.1", "surface_water") == ("proxy", ["not_safely_managed"])


def test_not_piped_may_be_a_well_or_a_river_so_that_no_step_can_be_told(sample, status):
    has = sample("living_quarters", "water_time_minutes", water_source={"reaches": {"piped", "not_piped", "surface"}})
    for name in ("basic_water", "limited_water", "unimproved_water", "surface_water"):
        assert status(has, "6.1.1", name) == ("unavailable", ["undecidable_categories"])


def test_piped_water_without_its_place_still_tells_who_drinks_surface_water(sample, status):
    has = sample("living_quarters", water_source={"reaches": {"piped", "unimproved", "surface"}})
    assert status(has, "6.1.1", "surface_water") == ("proxy", ["not_safely_managed"])
    assert status(has, "6.1.1", "basic_water") == ("unavailable", ["undecidable_categories"])
