"""8.5.2 on a few persons, the rate worked out by hand."""

from __future__ import annotations

import pytest

UNEMPLOYMENT = ("8.5.2", "unemployment")


def test_the_rate_is_of_the_labour_force_aged_15_and_over(sample, persons, estimate, status):
    # Four are in the labour force, one of them unemployed. One did not say; one was not asked and leaves the
    # base; who is outside the labour force, 14 years old or of unknown age is not in it.
    has = sample("age", "labour_force_status")
    rows = persons("""
    age | labour_force_status
    15  | unemployed
    30  | employed
    64  | employed
    80  | employed
    40  | outside_labour_force
    40  | ?
    90  | -
    14  | unemployed
    ?   | unemployed
    """)
    assert estimate(UNEMPLOYMENT, has, rows) == (25.0, 4, 1, 1)
    assert status(has, *UNEMPLOYMENT) == ("exact", [])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"definition": "relaxed"}, ("proxy", ["relaxed_unemployment"])),
        ({"standard": "national"}, ("proxy", ["national_unemployment"])),
        ({"standard": "national", "definition": "strict"}, ("exact", [])),
    ],
)
def test_a_definition_that_does_not_take_search_and_availability_is_a_proxy(sample, status, options, expected):
    assert status(sample("age", labour_force_status={"options": options}), *UNEMPLOYMENT) == expected
