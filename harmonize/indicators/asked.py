"""What a sample has: which variables its mapping fills, with which categories, and of whom they were asked.

Known from the mapping alone, without data.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ARRIVAL = ("years_since_arrival", "year_of_arrival")  # the first that a sample has tells


@dataclass(frozen=True)
class Asked:
    """What is known of one harmonised variable of a sample.

    reaches: the categories that the mapping can produce, None if that is not known.
    min_age, max_age: whom the questionnaire asked. options: what the mapping states about it.
    not_applicable: whether a number has a Boolean column `<name>__na` beside it. bands: the classes
    (lowest, highest, both included) where a number is known in classes; the column has the lowest.
    top_coded: whether a number above a limit is not told.
    """

    reaches: frozenset[str] | None = None
    min_age: int | None = None
    max_age: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    not_applicable: bool = False
    bands: tuple[tuple[float, float], ...] = ()
    top_coded: bool = False

    def straddles(self, limit: float) -> bool:
        """Whether a class holds both numbers up to `limit` and numbers above it."""
        return any(low <= limit < high for low, high in self.bands)

    @property
    def in_classes(self) -> bool:
        """Whether some class has several values, the open last one (as `10 or more`) apart."""
        return any(low < high < math.inf for low, high in self.bands)


@dataclass(frozen=True)
class Availability:
    """The harmonised variables of a sample, and why others are absent (where the mapping says so).

    lines: poverty lines that the user gives, by indicator, a person and day.
    """

    variables: Mapping[str, Asked]
    absent: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)

    @property
    def tells_arrival(self) -> bool:
        """Whether it is known to the year when a person arrived, but for open first and last classes."""
        told = next((self.variables[name] for name in ARRIVAL if name in self.variables), None)
        return told is not None and not any(-math.inf < low < high < math.inf for low, high in told.bands)

    @classmethod
    def of(cls, source: Any) -> Availability:
        """From a compiled Harmoniser (what the extract has) or a Mapping (what it says).

        Reads `available` and `unavailable`, or `variables`; of each rule its universe, its options and
        the `targets` it can give.
        """
        rules = getattr(source, "available", None)
        absent = dict(getattr(source, "unavailable", None) or {})
        if rules is None:
            rules = {name: rule for name, rule in source.variables.items() if not rule.unavailable}
            absent = {name: rule.unavailable for name, rule in source.variables.items() if rule.unavailable}
        return cls({name: _asked(rule) for name, rule in rules.items()}, absent)

    @property
    def reach(self) -> dict[str, frozenset[str] | None]:
        """Variable to the categories it can have; None where that is not known."""
        return {name: asked.reaches for name, asked in self.variables.items()}

    def in_sample(self, absent: Collection[str], unmet: Collection[tuple[str, str]] = ()) -> Availability:
        """The same for one sample of an extract, which has no answer to the variables `absent`.

        unmet: (variable, category) that the mapping could give and that do not occur in the sample.
        """
        kept: dict[str, Asked] = {}
        for name, asked in self.variables.items():
            gone = {value for variable, value in unmet if variable == name}
            if name in absent:
                continue
            kept[name] = replace(asked, reaches=asked.reaches - gone) if gone and asked.reaches else asked
        told = {name: "not asked in this sample" for name in absent if name in self.variables}
        return replace(self, variables=kept, absent={**self.absent, **told})


def _asked(rule: Any) -> Asked:
    """What a VariableRule, or the Rule of its kind inside it, tells about its variable."""
    universe = getattr(rule, "universe", None) or {}
    reaches = _reaches(rule)
    if reaches is not None and universe.get("others"):
        reaches |= {str(universe["others"])}
    marked = getattr(rule, "not_applicable", None)  # a compiled rule knows whether the column is there
    return Asked(
        reaches=reaches,
        min_age=_whole(universe.get("min_age")),
        max_age=_whole(universe.get("max_age")),
        options={name: str(value) for name, value in (getattr(rule, "options", None) or {}).items()},
        not_applicable=bool(reaches and "not_applicable" in reaches) if marked is None else bool(marked),
        bands=_bands(rule),
        top_coded=any(_top_coded(where) for where in (rule, getattr(rule, "rule", None))),
    )


def _reaches(rule: Any) -> frozenset[str] | None:
    """The categories that a rule can give (of a number: its missing ones), None where it doesn't say."""
    inner = getattr(rule, "rule", None)
    for where in (rule, inner, getattr(inner, "body", None), getattr(rule, "body", None)):
        for name in ("reaches", "targets"):
            told = getattr(where, name, None)
            if told is not None:
                return frozenset(str(value) for value in told)
    return None


def _bands(rule: Any) -> tuple[tuple[float, float], ...]:
    """The classes of a rule of kind bands, or none."""
    inner = getattr(rule, "rule", None)
    for where in (rule, inner, getattr(inner, "body", None), getattr(rule, "body", None)):
        told = getattr(where, "bands", None)
        if told is not None:
            return tuple((float(band.low), float(band.high)) for band in told)
    return ()


def _top_coded(rule: Any) -> bool:
    return "top_code" in (getattr(getattr(rule, "body", None), "bounds", None) or {})


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))
