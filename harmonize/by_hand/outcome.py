"""What a rule makes of one row."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | float | None


@dataclass(frozen=True)
class Outcome:
    """value: None where unmapped, and where a number is missing. unmapped: the mapping says nothing about the code.

    na: of a number, missing because not applicable; of a category with `others` of its universe, not asked.
    low, high: of a number, both ends of its class, the number itself where it is exact.
    beyond: of a category with `others`, outside the universe and yet with another answer.
    """

    value: Value
    unmapped: bool = False
    na: bool = False
    low: float | None = None
    high: float | None = None
    beyond: bool = False


UNMAPPED = Outcome(None, unmapped=True)


def within(low: float, high: float) -> Outcome:
    """A number known as a class, or exactly."""
    return Outcome(low, low=low, high=high)
