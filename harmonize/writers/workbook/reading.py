"""How to read the numbers: the same words on Contents and under each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmonize.estimate.reliability import Reliability

PARITY = (
    "Parity: the share of the group named first over that of the other. At 1 they are equal, above 1 the first has "
    "more. It has no number where nobody of the other group counts."
)


def reading_lines(record: Mapping[str, Any]) -> list[str]:
    """A line a sign. record: run.json, of which the level, what makes a * (u), and how counts are protected."""
    reliability, method = Reliability.of(record["reliability"]), str(record["protection"]["method"])
    blur = "noise" if method == "cell-key" else "rounding" if method.startswith("round") else ""
    totals = "; of numbers of persons there is no difference" if record["totals"] else ""
    few = f", or so few that {blur} leaves none" if blur else ""
    return [
        f"* (u), in grey: unreliable. {reliability.words()}",
        "p: a proxy of the official definition; why is said above its table.",
        "..  a number that is not given, to protect persons.   -  nobody in the group, or nobody of whom enough is "
        f"known (n is 0){few}; or a number that can't be computed.   An empty cell: the run made no such table "
        f"(harmonize run --by asks for more){totals}.",
        "n: persons counted, unweighted; population: their weighted number; s.e.: standard error. Intervals are of "
        f"{record['level']:g} %. Differences are in percentage points or in the unit of the series, with an interval "
        "of their own, since migrants and non-migrants share households.",
    ]
