"""10.3.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

DISCRIMINATION = ("10.3.1", "discrimination")


def test_it_is_of_adults(sample, persons, estimate, status):
    # One of two; one did not answer, one was not asked, one is 17.
    has = sample("age", "discrimination_12_months")
    rows = persons("""
    age | discrimination_12_months
    18  | yes
    70  | no
    30  | ?
    30  | -
    17  | yes
    """)
    assert estimate(DISCRIMINATION, has, rows) == (50.0, 2, 1, 1)
    assert status(has, *DISCRIMINATION) == ("exact", [])
