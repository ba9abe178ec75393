"""The measures of quality, each of the persons of one status: registry MEASURES, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from harmonize.protect.left_out import told_share
from harmonize.quality.ages import BROAD, IN_CLASS, OLDEST, SEXES, UNKNOWN
from harmonize.quality.coarse_ratio import coarse_ratio
from harmonize.quality.heaping import (
    MYERS_AGES,
    ROUGH,
    WHIPPLE_AGES,
    blend,
    chance_of_myers,
    chance_of_whipple,
    myers,
    myers_ages,
    whipple,
    whipple_class,
)
from harmonize.quality.persons import Part, Persons
from harmonize.quality.squares import design_effect

MALE, FEMALE = (SEXES.index(name) for name in ("male", "female"))


@dataclass(frozen=True)
class Reading:
    """What a measure says. value: None where there is none. n: persons it is of, unweighted. parts: the persons who
    must be enough, or nobody, for it to be shown. note: words beside it. few: it tells of too few others. withheld: no
    coarse value can be told of so few. chance: by how much chance alone moves it, as it is told, None where that is not
    known. within: how far from it the exact value is at most, None where it is told exactly. heaped:
    whether, exactly, it is ROUGH or more and chance does not explain it.
    """

    value: float | None
    n: int
    parts: tuple[Part, ...] = ()
    note: str = ""
    few: bool = False
    withheld: bool = False
    chance: float | None = None
    within: float | None = None
    heaped: bool = False


@dataclass(frozen=True)
class Context:
    """What the measures of a sample take. top: the age that stands for all older ones, None where there is none.

    base: the persons that a step of what is told is of at least, 0 where it is told exactly. width: of the classes that
    the weight of men is told by, see `coarse_ratio`. told: what counts that are told are multiples of, 0 where they are
    exact. noisy: whether all counts of the release are rounded or have noise. minimum: see told_share.
    """

    top: float | None
    base: int = 0
    width: int = 0
    told: int = 0
    minimum: int = 0
    noisy: bool = False

    def factor(self, persons: int) -> float:
        """The rounded number of persons over that number."""
        return _multiple(persons, self.base) / persons if self.base and persons else 1.0

    def rounded(self, persons: int) -> int:
        """The number as it may be told."""
        return _multiple(persons, self.told)


Measure = Callable[[Persons, Context], Reading | None]  # None: the sample can't have it
ONLY_IN_CLASSES = "age is known in classes only"
NOT_THERE = "no single years of age"
CHANCES = tuple(float(f"{step}e{power}") for power in range(-1, 3) for step in (1, 1.5, 2, 3, 5, 7))
"""What chance is at most, as it is told where tables are protected; of one person it is 400."""
CHANCE, AT_MOST = "by chance alone ", "by chance alone at most "
WITHIN = "within "
"""What notes say before a number."""
PARTS = (1000, 500, 200, 100, 50, 20)
"""Parts of which a protected share is a whole number: as many as the number of persons allows, and it alone."""
FEWEST = 10
"""The parts of an index of fewer persons: they are steps of 50, and chance alone does as much."""


def why_no_heaping(everybody: Persons, context: Context) -> str:
    """Why a sample has no measure of heaping at all, empty where it has."""
    if not everybody.aged(0, OLDEST).persons:
        classes = everybody.aged(0, -1, extra=list(IN_CLASS.values())).persons
        return ONLY_IN_CLASSES if classes else NOT_THERE
    broken = everybody.aged(0, -1, extra=[IN_CLASS["15_64"], IN_CLASS[""]]).persons
    if broken:
        return ONLY_IN_CLASSES.replace("only", "for some")
    top = context.top
    return f"{top:g} stands for all older ages" if top is not None and top <= WHIPPLE_AGES[1] else ""


def _whipple(persons: Persons, context: Context) -> Reading:
    low, high = WHIPPLE_AGES
    whole = persons.aged(low, high)
    ages = range(low, high + 1)
    ending = persons.of_ages([age for age in ages if age % 5 == 0])
    others = persons.of_ages([age for age in ages if age % 5])
    if not whole.weight:
        return Reading(None, whole.persons, (whole,))
    index, step, chance = whipple(ending.weight, others.weight), 0.0, _chance(chance_of_whipple, whole)
    heaped = index >= ROUGH and index - chance > 100
    if context.base:
        parts = _parts(whole.persons, context.base) or FEWEST
        count = _of_parts(ending.weight, whole.weight, parts)
        index, step, chance = whipple(count, parts - count), 500 / parts, at_most(chance)
    note = _joined(whipple_class(index, step, chance), _in_words(chance, context))
    return Reading(index, whole.persons, (whole,), note, chance=chance, heaped=heaped)


def _myers(persons: Persons, context: Context) -> Reading | None:
    ages = myers_ages(context.top)
    if ages is None or persons.aged(0, -1, extra=[IN_CLASS["0_14"]]).persons:
        return None
    whole = persons.aged(*ages)
    weights = persons.weight.sum(axis=0).astype(np.float64)
    count = persons.persons.sum(axis=0)
    by_digit = [int(count[ages[0] + digit : ages[1] + 1 : 10].sum()) for digit in range(10)]
    blended = blend(weights, *ages)
    if context.noisy:  # else too many counts are in one number for any to be told by it
        blended *= np.array([context.factor(each) for each in by_digit])
    cut = f"{context.top:g} stands for all older ages" if ages != MYERS_AGES else ""
    chance = _chance(chance_of_myers, whole) if whole.weight else None
    if chance is not None and context.base:
        chance = at_most(chance)
    note = _joined(f"ages {ages[0]} to {ages[1]}{cut and f': {cut}'}", _in_words(chance, context))
    return Reading(_number(myers(blended)), whole.persons, (whole,), note, chance=chance)


def _sex_ratio(persons: Persons, context: Context, ages: str = "") -> Reading | None:
    male, female = of_sexes(persons, ages)
    n, parts = male.persons + female.persons, (male, female)
    if not female.weight:
        return Reading(None, n, parts)
    if not context.base or not male.weight:
        return Reading(100 * male.weight / female.weight, n, parts)
    told = coarse_ratio(male.weight, female.weight, context.width)
    if told is None:
        return Reading(None, n, parts, withheld=True)
    return Reading(told.value, n, parts, f"{WITHIN}{told.within:g} of the exact ratio", within=told.within)


def of_sexes(persons: Persons, ages: str = "") -> tuple[Part, Part]:
    """Males and females of one of BROAD, of all ages where it is empty."""
    if not ages:
        return persons.everybody([MALE]), persons.everybody([FEMALE])
    of_class = [IN_CLASS[ages]]
    return persons.aged(*BROAD[ages], [MALE], of_class), persons.aged(*BROAD[ages], [FEMALE], of_class)


def _parts(persons: int, least: int) -> int:
    """The most of PARTS of which each is `least` persons or more, 0 where there are none."""
    return next((parts for parts in PARTS if persons >= least * parts), 0)


def _of_parts(some: int, whole: int, parts: int) -> int:
    """How many of so many parts of the whole `some` are, rounded."""
    return (2 * parts * some + whole) // (2 * whole)


def unknown_share(persons: Persons, context: Context, variable: str) -> Reading:
    """The weighted share of unknown among those who were asked, told as `left_out_share` is."""
    everybody = persons.everybody()
    if variable == "age":
        unknown = persons.aged(0, -1, extra=[UNKNOWN])
        count, weight, skipped, of_skipped = unknown.persons, unknown.weight, 0, 0
    elif variable == "sex":
        unknown = persons.everybody([SEXES.index("unknown")])
        count, weight, skipped, of_skipped = unknown.persons, unknown.weight, 0, 0
    else:
        count, weight = persons.answer(f"unknown:{variable}")
        skipped, of_skipped = persons.answer(f"not_asked:{variable}")
    asked, base = everybody.persons - skipped, everybody.weight - of_skipped
    share = np.array([weight / base if base else np.nan])
    told = _number(float(told_share(share, [asked - count], context.minimum)[0]))
    return Reading(told, asked, (Part(asked, min(asked, everybody.households), base),), few=told is None and asked > 0)


#: (measure, variable) -> how it is read.
MEASURES: Mapping[tuple[str, str], Measure] = {
    ("whipple", "age"): _whipple,
    ("myers", "age"): _myers,
    ("sex_ratio", "sex"): _sex_ratio,
    **{(f"sex_ratio_{ages}", "sex"): partial(_sex_ratio, ages=ages) for ages in BROAD},
}
HEAPING = ("whipple", "myers")


def measures(variables: list[str]) -> Iterator[tuple[str, str, Measure]]:
    """Every measure of a sample with these variables: its name, the variable that it is of, how it is read."""
    for (name, variable), measure in MEASURES.items():
        if variable in variables and not (name.startswith("sex_ratio_") and "age" not in variables):
            yield name, variable, measure
    for variable in variables:
        yield "unknown_share", variable, partial(unknown_share, variable=variable)


def _chance(size: Callable[[float], float], whole: Part) -> float:
    """By how much chance alone moves the index of so few persons, whose unequal weights make them fewer still."""
    return size(whole.persons / design_effect(whole.persons, whole.weight, whole.square))


def at_most(chance: float) -> float:
    """The next larger of CHANCES: exactly it is the number of persons, where weights are equal."""
    return next(step for step in CHANCES if step >= chance)


def _multiple(number: int, base: int) -> int:
    return base * round(number / base) if base else number


def _in_words(chance: float | None, context: Context) -> str:
    """Of many persons nothing is said."""
    if chance is None or chance < 1:
        return ""
    return f"{AT_MOST}{chance:g}" if context.base else f"{CHANCE}{chance:.0f}"


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _number(value: float) -> float | None:
    return value if value == value else None
