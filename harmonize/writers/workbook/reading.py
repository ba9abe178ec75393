"""How to read the numbers: the same words on Contents and under each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmonize.estimate.reliability import Reliability
from harmonize.words import Words

PARITY = (
    "Parity: the share of the group named first over that of the other. At 1 they are equal, above 1 the first has "
    "more. It has no number where nobody of the other group counts."
)


def reading_lines(record: Mapping[str, Any], words: Words) -> list[str]:
    """A line a sign. record: run.json, of which the level, what makes a * (u), and how counts are protected."""
    reliability = Reliability.of(record["reliability"])
    return [
        f"* (u){words(', in grey: unreliable.')} {reliability.words(words)}",
        words("p: a proxy of the official definition; why is said above its table."),
        _signs(str(record["protection"]["method"]), bool(record["totals"]), words),
        words(
            "n: persons counted, unweighted; population: their weighted number; s.e.: standard error. Intervals are of "
            "{level} %. Differences are in percentage points or in the unit of the series, with an interval of their "
            "own, since migrants and non-migrants share households.",
            level=words.plain(record["level"]),
        ),
    ]


def _signs(method: str, totals: bool, words: Words) -> str:
    """What stands where there is no number. totals: whether persons are counted too."""
    few = {
        "cell-key": words(", or so few that noise leaves none"),
        "round": words(", or so few that rounding leaves none"),
    }.get(method.partition(":")[0], "")
    return words(
        "..  a number that is not given, to protect persons.   -  nobody in the group, or nobody of whom enough is "
        "known (n is 0){few}; or a number that can't be computed.   An empty cell: the run made no such table "
        "(harmonize run --by asks for more){totals}.",
        few=few,
        totals=words("; of numbers of persons there is no difference") if totals else "",
    )
