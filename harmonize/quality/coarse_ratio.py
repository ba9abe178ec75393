"""Sex ratios as protected tables tell them: so coarsely that many numbers of men give each of them.

The weight of men, of every group and span of ages of a sample, is told by classes of one width: from 0 to one width,
from one to two, and so on, each by its middle. Since the classes of parts and of their sums begin at multiples of the
same width, all ratios together leave a number of men as unknown as its own does, but for some ones: where classes are
open at their ends, a sum that could only be reached with a part at its lower end could not be reached at all. Classes
that differ in width, or are centred on multiples, do not have this: in a corner of them all numbers may be known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harmonize.quality.persons import Part

WIDE = 2
"""How many times the minimum of persons a class is wide."""
STEPS = tuple(float(f"{step}e{power}") for power in range(-1, 6) for step in (1, 1.5, 2, 3, 4, 5, 7))
"""What a ratio is told in multiples of."""
FARTHEST = 3
"""A class that reaches farther up from its middle than one part in so many of it is not told."""


@dataclass(frozen=True)
class Told:
    """Men per 100 women, no farther from the exact ratio than `within`."""

    value: float
    within: float


def class_width(parts: Iterable[Part], base: int) -> int:
    """The weight of WIDE times `base` persons in that part, of those who are enough, in which they weigh most."""
    enough = [part for part in parts if part.persons >= base]
    return max((-(-WIDE * base * part.weight // part.persons) for part in enough), default=0) or 1


def coarse_ratio(men: int, women: int, width: int) -> Told | None:
    """The ratio of these weights. None where persons are too few for it, or it is too near to no men or no women.

    It is told in steps of a quarter of the class or more, so that it does not tell exactly the weight of both together
    either, which may be of ages of which it is not told: beside the class of men it leaves that half a class.
    """
    whole, low = men + women, men // width * width
    high = low + width
    if high >= whole:
        return None
    middle = 100 * (low + high) / (2 * whole - low - high)
    half = 100 * high / (whole - high) - middle
    if half > middle / FARTHEST:
        return None
    step = next((each for each in STEPS if 2 * each >= half), half)
    return Told(round(step * round(middle / step), 2), round(2.5 * step, 3))  # half and half a step
