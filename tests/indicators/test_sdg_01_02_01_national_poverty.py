"""1.2.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

POVERTY = ("1.2.1", "national_poverty")


def test_it_is_of_persons_in_private_households(sample, persons, estimate, status):
    # One of four; of one household it is not known; an institution has no household's income.
    has = sample("living_quarters", "below_national_poverty_line")
    rows = persons("""
    living_quarters   | below_national_poverty_line
    private_household | yes
    private_household | no
    private_household | no
    private_household | no
    private_household | ?
    institution       | -
    """)
    assert estimate(POVERTY, has, rows) == (25.0, 4, 1, 0)
    assert status(has, *POVERTY) == ("exact", [])
