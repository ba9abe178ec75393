"""6.2.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

import pytest

TOLD = frozenset({"improved_not_shared", "improved_shared", "unimproved", "open_defecation"})
STEPS = ("basic_sanitation", "limited_sanitation", "unimproved_sanitation", "open_defecation")

PERSONS = """
living_quarters   | sanitation          | handwashing
private_household | improved_not_shared | basic
private_household | improved_not_shared | limited
private_household | improved_shared     | none
private_household | unimproved          | ?
private_household | open_defecation     | basic
private_household | ?                   | basic
homeless          | open_defecation     | none
"""


@pytest.mark.parametrize(
    ("series", "share"),
    [
        # Five persons in private households of known sanitation: two basic, and one on each other step.
        ("basic_sanitation", 40.0),
        ("limited_sanitation", 20.0),
        ("unimproved_sanitation", 20.0),
        ("open_defecation", 20.0),
    ],
)
def test_the_steps_of_the_ladder(sample, persons, estimate, series, share):
    has = sample("living_quarters", "handwashing", sanitation={"reaches": TOLD})
    assert estimate(("6.2.1", series), has, persons(PERSONS)) == (share, 5, 1, 0)


def test_handwashing_takes_soap_and_water(sample, persons, estimate, status):
    # Five of the six in private households are known; three of them have soap and water.
    has = sample("living_quarters", "handwashing", sanitation={"reaches": TOLD})
    assert estimate(("6.2.1", "handwashing"), has, persons(PERSONS)) == (60.0, 5, 1, 0)
    assert status(has, "6.2.1", "handwashing") == ("exact", [])


def test_every_step_is_a_proxy_of_safely_managed_sanitation(sample, status):
    has = sample("living_quarters", sanitation={"reaches": TOLD})
    for name in STEPS:
        assert status(has, "6.2.1", name) == ("proxy", ["not_safely_managed"])


def test_a_toilet_that_may_be_shared_is_basic_with_a_reason_and_leaves_the_limited_step_open(sample, status):
    has = sample("living_quarters", sanitation={"reaches": TOLD | {"improved_unspecified"}})
    assert status(has, "6.2.1", "basic_sanitation") == ("proxy", ["no_sharing", "not_safely_managed"])
    assert status(has, "6.2.1", "limited_sanitation") == ("unavailable", ["undecidable_categories"])
    assert status(has, "6.2.1", "open_defecation") == ("proxy", ["not_safely_managed"])


def test_without_a_sewer_there_may_be_a_latrine_or_nothing_so_that_no_step_can_be_told(sample, status):
    has = sample("living_quarters", sanitation={"reaches": {"sewer_or_septic", "no_sewer_or_septic"}})
    for name in STEPS:
        assert status(has, "6.2.1", name) == ("unavailable", ["undecidable_categories"])


def test_a_sewer_beside_no_toilet_tells_who_has_none(sample, status):
    has = sample("living_quarters", sanitation={"reaches": {"sewer_or_septic", "unimproved", "open_defecation"}})
    assert status(has, "6.2.1", "open_defecation") == ("proxy", ["not_safely_managed"])
    assert status(has, "6.2.1", "basic_sanitation") == ("unavailable", ["undecidable_categories"])
