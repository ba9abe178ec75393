"""3.8.1 on a few persons: what a census can say."""

from __future__ import annotations

INSURANCE = ("3.8.1", "health_insurance")


def test_health_insurance_is_a_proxy_and_never_the_index(sample, persons, estimate, status):
    # Three of four are insured; one does not say.
    has = sample("health_insurance")
    rows = persons("health_insurance\nyes\nyes\nyes\nno\n?")
    assert estimate(INSURANCE, has, rows) == (75.0, 4, 1, 0)
    assert status(has, *INSURANCE) == ("proxy", ["insurance_alone"])
