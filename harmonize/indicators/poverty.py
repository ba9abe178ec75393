"""What indicators of poverty share: income or consumption a person and day, and lines that it is compared with.

Per capita: that of the household over its persons, not equivalised. Source: methods.md, Income and earnings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.model import Amount, Need, Population, Series
from harmonize.indicators.populations import all_of

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

INCOME, CONSUMPTION, SIZE = "household_income", "household_consumption", "household_size"
DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}  # `hour` is no period of a household


def a_person_and_day(measure: str, has: Availability) -> pl.Expr:
    """The measure of the household over its persons and the days of its period; null where it is unknown."""
    import polars as pl

    days = DAYS.get(has.variables[measure].options.get("period", "year"), 365.0)
    return pl.col(measure) / pl.col(SIZE) / days


def needs_of(measure: str) -> tuple[Need, ...]:
    """Both must be single numbers; a household of no persons has none."""
    return Need(measure, single=True), Need(SIZE, single=True)


def with_persons() -> Population:
    """Persons whose household has a size of at least one."""
    return Population("in a household with a known number of persons", (SIZE,), _has_persons)


def _has_persons() -> pl.Expr:
    import polars as pl

    return pl.col(SIZE) >= 1


def by_line(series: Series, measure: str, words: str) -> Series:
    """The series of persons whose measure is under a line that the user gives. words: of the numerator."""

    def under(has: Availability) -> Population:
        told = f"{words}, {has.lines[series.indicator]:.6g} a person and day"
        return Population(told, (measure, SIZE), lambda: _less(has.lines[series.indicator], measure, has))

    others = () if series.denominator is None else (series.denominator,)
    return replace(
        series,
        needs=(*series.needs, *needs_of(measure)),
        denominator=all_of(*others, with_persons()),
        numerator=Population(words, (measure, SIZE)),
        by_line=under,
        options=((measure, "period"),),
    )


def _less(line: float, measure: str, has: Availability) -> pl.Expr:
    """Who has just the line is not under it: what is known to cents is not divided, and rounding is no difference."""
    import polars as pl

    days = DAYS.get(has.variables[measure].options.get("period", "year"), 365.0)
    return pl.col(measure).round(4) < (pl.col(SIZE) * (line * days)).round(4)


def per_capita(measure: str) -> Amount:
    """The amount a person and day, to compare persons by; four decimals."""
    return Amount(
        f"{measure.replace('_', ' ')} a person and day", (measure, SIZE),
        lambda has: a_person_and_day(measure, has), decimals=4, options=((measure, "period"),),
    )  # fmt: skip
