"""How to read the numbers: the same words on Contents and under each table."""

from __future__ import annotations

from harmonize.estimate.reliability import Reliability

PARITY = (
    "Parity: the share of the group named first over that of the other. At 1 they are equal, above 1 the first has "
    "more. It has no number where nobody of the other group counts."
)


def reading_lines(level: float, reliability: Reliability) -> list[str]:
    """A line a sign; level: of the intervals, in percent; reliability: what makes a * (u)."""
    return [
        f"* (u), in grey: unreliable. {reliability.words()}",
        "p: a proxy of the official definition; why is said above its table.",
        "..  a number that is not given, to protect persons.   -  nobody in the group, or a number that can't be "
        "computed.   An empty cell: the run made no such table (harmonize run --by asks for more).",
        f"n: persons counted, unweighted; population: their weighted number; s.e.: standard error. Intervals are of "
        f"{level:g} %. Differences are in percentage points or in the unit of the series, with an interval of their "
        "own, since migrants and non-migrants share households.",
    ]
