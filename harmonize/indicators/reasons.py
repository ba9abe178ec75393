"""Why a series is a proxy or unavailable: every reason code, in one place and in one order.

`not_asked_under_16` and `not_asked_over_64` are made from their age; all others stand as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PROXY_REASONS: dict[str, str] = {
    "institutions_not_separated": "the sample does not tell institutions from private households",
    "no_time": "the time to fetch water was not asked",
    "no_sharing": "whether the toilet is shared with other households was not always asked",
    "mixed_fuels": "households that cook with clean and polluting fuels count as without clean cooking",
    "no_training": "training outside formal education was not asked",
    "current_attendance": "attendance now, not at any time in the last 12 months",
    "relaxed_unemployment": "unemployed by looking for work or being available alone",
    "reported_literacy": "literacy as reported, not a tested level of functional literacy",
    "asked_components": "the services that the sample asks about, not all those of the official definition",
    "not_asked_under": "asked only of persons aged {age} and over",
    "not_asked_over": "asked only of persons aged {age} and under",
    "not_asked_of_some": "some persons of the universe were not asked; they are not in it",
}

UNAVAILABLE_REASONS: dict[str, str] = {
    "missing_variable": "the sample lacks a variable",
    "undecidable_categories": "a source category lies on both sides of the definition",
    "undecidable_ages": "the age is known in bands that lie on both sides of the age limits",
    "not_asked_of_these_ages": "nobody of the ages concerned was asked",
    "nobody_in_universe": "the extract has nobody of whom the series could be measured",
    "no_components": "the sample has none of the services",
    "too_many_left_out": "more than half of the persons concerned have something unknown",
    "not_yet_measured": "not yet measured by this version",
}

_WITH_AGE = re.compile(r"(not_asked_(?:under|over))_(\d+)")


@dataclass(frozen=True)
class Reason:
    """One reason: `code` for tables, `words` for people (with the names of what it is about)."""

    code: str
    words: str


def reason(code: str, detail: str = "") -> Reason:
    """The reason of that code, `detail` added to its words. KeyError for a code that is not listed."""
    matched = _WITH_AGE.fullmatch(code)
    if matched:
        words = PROXY_REASONS[matched[1]].format(age=matched[2])
    else:
        words = PROXY_REASONS[code] if code in PROXY_REASONS else UNAVAILABLE_REASONS[code]
    return Reason(code, f"{words}: {detail}" if detail else words)


def in_order(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The reasons without repeats of a code, in the order of this file."""
    order = {code: place for place, code in enumerate((*PROXY_REASONS, *UNAVAILABLE_REASONS))}
    first: dict[str, Reason] = {}
    for each in reasons:
        first.setdefault(each.code, each)
    return tuple(sorted(first.values(), key=lambda each: (order[re.sub(r"_\d+$", "", each.code)], each.code)))
