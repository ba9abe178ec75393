"""Poverty, half the median and earnings of an hour, one person at a time: see indicators.py beside this file."""

from __future__ import annotations

from tests.reference.indicators_of_persons import at_work, earning, hourly

Person = dict[str, object]

UNKNOWN = ("unknown", None)
SILENT = (*UNKNOWN, "not_applicable")
LINES = {"1.1.1": 3.0}  # an amount a person and day


def a_day(person: Person) -> float:
    """Of a household income of a year: what one of its persons has a day."""
    return person["household_income"] / person["household_size"] / 365


def poor(person: Person, asked: set[str], floor: int) -> str:
    if "living_quarters" in asked and person["living_quarters"] != "private_household":
        return "outside"
    income, size = person["household_income"], person["household_size"]
    if size not in SILENT and size < 1:
        return "outside"
    if income in SILENT or size in SILENT:
        return "left_out"
    return "yes" if a_day(person) < LINES["1.1.1"] else "no"


def working_poor(person: Person, asked: set[str], floor: int) -> str:
    if "living_quarters" in asked and person["living_quarters"] != "private_household":
        return "outside"
    found = at_work(person, floor)
    if found in ("outside", "narrowed"):
        return found
    rest = poor(person, asked, floor)
    return "left_out" if found == "left_out" and rest != "outside" else rest


def has_income(person: Person, asked: set[str], floor: int) -> str:
    """Below half the median or not is decided later: all who count are in."""
    return "yes" if poor(person, asked, floor) in ("no", "yes") else poor(person, asked, floor)


def has_wage(person: Person, asked: set[str], floor: int) -> str:
    """The median is found later: all who count are in."""
    return "yes" if earning(person, asked, floor) in ("no", "yes") else earning(person, asked, floor)


def weekly(person: Person) -> float:
    """Of earnings of a month."""
    return person["earnings"] / (52 / 12)


AMOUNTS = {
    ("8.5.1", "median_hourly"): hourly,
    ("8.5.1", "mean_hourly_hours_weighted"): weekly,
    ("10.2.1", "below_half_median"): a_day,
}
PER = {("8.5.1", "mean_hourly_hours_weighted"): lambda person: person["hours_worked_week"]}
JUDGES = {
    ("1.1.1", "international_poverty"): poor,
    ("1.1.1", "working_poor"): working_poor,
    ("8.5.1", "median_hourly"): has_wage,
    ("8.5.1", "mean_hourly_hours_weighted"): earning,
    ("10.2.1", "below_half_median"): has_income,
}
