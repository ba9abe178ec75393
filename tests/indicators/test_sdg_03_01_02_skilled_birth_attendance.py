"""3.1.2 on a few women, the share worked out by hand."""

from __future__ import annotations

SKILLED = ("3.1.2", "skilled_attendance")


def test_it_is_of_women_of_15_to_49_who_had_a_birth(sample, persons, estimate, status):
    # Two of three births were attended. Who had none is of no concern; one does not know; one is 50.
    has = sample("sex", "age", "last_birth_attendant_skilled")
    rows = persons("""
    sex    | age | last_birth_attendant_skilled
    female | 15  | yes
    female | 49  | yes
    female | 30  | no
    female | 30  | -
    female | 30  | ?
    female | 50  | no
    """)
    assert estimate(SKILLED, has, rows) == (100 * 2 / 3, 3, 1, 0)
    assert status(has, *SKILLED) == ("proxy", ["last_births"])
