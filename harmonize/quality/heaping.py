"""Age heaping: Whipple's index and Myers' blended index of persons by single year of age.

Whipple's index is 500 times the persons of 23 to 62 whose age ends in 0 or 5, over all of those ages: 100 without
heaping, 500 where all ages end so. Its classes are those of the United Nations. Myers' index is the part of persons, in
percent, who would have to be of an age with another last digit for no digit to be preferred: half the sum of the
absolute deviations from 10 % of the ten digits, each counted over ten spans of equal length that begin one age later
than the one before; from 0 to 90.

Sources: United Nations, Manual II: Methods of Appraisal of Quality of Basic Data for Population Estimates (1955);
Shryock and Siegel, The Methods and Materials of Demography (1976), chapter 8; R. J. Myers, Transactions of the
Actuarial Society of America 41 (1940). Spans of equal length, which keep a population that falls in a straight line at
0 whatever its slope, are how R's DemoTools (`check_heaping_myers`) reads Myers; the spreadsheets of the US Census
Bureau let every span end at the last age, and differ in the first decimals.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WHIPPLE_AGES = (23, 62)
MYERS_AGES = (10, 89)
LEAST_DECADES = 4
#: Whipple's index below which the ages are so; from the last on they are very rough.
CLASSES = ((105.0, "highly accurate"), (110.0, "fairly accurate"), (125.0, "approximate"), (175.0, "rough"))
WORST = "very rough"
ROUGH = 125.0
"""From which the summary of a run tells of the index."""
HEAPED = "heaped"
"""Column for that summary, and in no file: whether it does, decided on the exact numbers of a row that is shown."""


def whipple(ending: float, others: float) -> float:
    """ending: persons of 23 to 62 whose age ends in 0 or 5; others: the rest of them. nan of nobody."""
    whole = ending + others
    return 500 * ending / whole if whole > 0 else float("nan")


def chance_of_whipple(persons: float) -> float:
    """Two standard errors of the index of persons drawn at random from a population without heaping."""
    return 1000 * math.sqrt(0.2 * 0.8 / persons)


def chance_of_myers(persons: float) -> float:
    """What the index of persons drawn so is on average: half the sum of ten mean absolute deviations."""
    return 500 * math.sqrt(2 / math.pi * 0.1 * 0.9 / persons)


def whipple_class(index: float, step: float = 0.0, chance: float = 0.0) -> str:
    """What the United Nations call ages with this index.

    step: of what the index is rounded to. Empty where indices that are rounded to this one have several classes, and
    where chance alone moves the index by more than its class is wide, of which the lowest begins at 100.
    """
    low, below, words = _class(index)
    least, most = (_class(index - step / 2), _class(math.nextafter(index + step / 2, 0) if step else index))
    return words if least == most and chance <= below - low else ""


def _class(index: float) -> tuple[float, float, str]:
    """Where the class of an index begins and ends, and its words."""
    low = 100.0
    for below, words in CLASSES:
        if index < below:
            return low, below, words
        low = below
    return low, 500.0, WORST


def myers(blended: Floats) -> float:
    """blended: of `blend`. nan of nobody."""
    whole = float(blended.sum())
    return 50 * float(np.abs(blended / whole - 0.1).sum()) if whole > 0 else float("nan")


def blend(by_age: Floats, first: int, last: int) -> Floats:
    """(10) persons by last digit, that of `first` first, each age as often as it is in one of the ten spans.

    by_age: (ages from 0 on). first, last: whole decades, both included.
    """
    decades = by_age[first : last + 1].reshape(-1, 10)
    weight = np.arange(10)
    blended: Floats = decades[:-1].sum(axis=0) * (weight + 1) + decades[1:].sum(axis=0) * (9 - weight)
    return blended


def myers_ages(top: float | None) -> tuple[int, int] | None:
    """The ages that the index takes: 10 to 89, or the decades below the age that stands for all older ones."""
    first, last = MYERS_AGES
    if top is not None and top <= last:
        last = int(top) // 10 * 10 - 1
    return (first, last) if last - first + 1 >= 10 * LEAST_DECADES else None
