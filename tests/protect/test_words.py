"""How a release is protected, in words, by method and by what a series is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harmonize.indicators import INDICATORS
from harmonize.protect.protection import Protection, as_protection
from harmonize.protect.words import protection_words

BACK = "what would give one of these numbers back."
SMALL = "Not shown, to protect persons: groups of fewer than 10 persons or 5 households (unweighted)"


def words(number: str | None, protection: Protection | str) -> str:
    """Of the first series of an indicator; None: of any."""
    series = None if number is None else INDICATORS[number].shown[0]
    return protection_words(as_protection(protection).as_json(), series)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (None, f"{SMALL}; and {BACK}"),
        ("7.1.1", f"{SMALL}; and {BACK}"),
        ("1.2.1", f"{SMALL}; groups of which 1 to 9 are in the numerator, or outside it; and {BACK}"),
        ("3.7.2", f"{SMALL}; groups of which 1 to 9 are in the numerator; and {BACK}"),
        ("8.5.1", f"{SMALL}; means of which one person has 80 % or more; and {BACK}"),
    ],
)
def test_suppression_names_the_rules_that_hold_for_the_series(number: str | None, expected: str) -> None:
    assert words(number, "suppress") == expected


def test_it_names_the_thresholds_that_were_typed() -> None:
    strict = Protection(min_count=20, min_households=8, group_disclosure=True)
    assert words("1.2.1", strict) == (
        "Not shown, to protect persons: groups of fewer than 20 persons or 8 households (unweighted); groups of which "
        f"0 to 19 are in the numerator, or outside it; and {BACK}"
    )
    lax = Protection(min_count=1, min_households=1)
    assert words("1.2.1", lax) == "No group is hidden for being small."
    assert "fewer than 5 households (unweighted)" in words("1.2.1", replace(lax, min_households=5))


@pytest.mark.parametrize(
    ("method", "count", "error"),
    [
        ("cell-key", "has noise of at most 5 up or down (cell-key method)", "the noise"),
        ("round:3", "is rounded to a multiple of 3", "the rounding"),
    ],
)
def test_noise_and_rounding_say_what_they_do_to_counts_errors_and_totals(method: str, count: str, error: str) -> None:
    for number in (None, "7.1.1", "1.2.1", "3.7.2"):
        assert words(number, method) == (
            f"Every count {count}, and the numbers are made of these counts: standard errors include {error}, and "
            "groups do not add up to their total."
        )
    assert words("8.5.1", method) == (
        f"n {count}, and population is made of it: groups do not add up to their total. The number itself is made of "
        f"the true counts. {SMALL}; and means of which one person has 80 % or more."
    )
    assert words("3.2.1", method).endswith(f"The number itself is made of the true counts. {SMALL}.")


def test_what_is_not_protected_says_so() -> None:
    assert words("7.1.1", "none") == "Not protected: numbers of few persons are shown too."
