"""The indicators again, one person at a time, written as plainly as possible and never made fast.

`judge` takes one person as a dict (variable -> category, number, None for missing; a number that the form
did not ask is "not_applicable") and the sample's `asked` variables, and says what the person is to the
series: "outside" (not in the base, or known not to be in the denominator), "narrowed" (would be, was not asked),
"left_out" (something needed is unknown), "no" or "yes".
"""

from __future__ import annotations

from tests.reference import (
    indicators_of_alternates,
    indicators_of_births,
    indicators_of_dwellings,
    indicators_of_money,
    indicators_of_persons,
    indicators_of_surveys,
)

Person = dict[str, object]

UNKNOWN = ("unknown", None)
# what bases are made of, beside age: variable, a value inside, a value outside
BELONGING = (
    ("living_quarters", "private_household", "institution"),
    ("urban_rural", "urban", "rural"),
    ("sex", "female", "male"),
)


def judge(series: tuple[str, str], person: Person, asked: set[str], floor: int = 0) -> str:
    """What the person is to the series. floor: the lowest age that was asked about work.

    Of whom it is not known whether they belong to the base, though they may, are left out.
    """
    for variable, inside, beyond in BELONGING:
        if variable in person and person[variable] in UNKNOWN:
            could, could_not = (judge(series, {**person, variable: value}, asked, floor) for value in (inside, beyond))
            if could != could_not:
                return could if could in ("outside", "narrowed") else "left_out"
    return JUDGES[series](person, asked, floor)


def neet(person: Person, asked: set[str], floor: int) -> str:
    age = person["age"]
    if age is None or age < max(15, floor) or age >= 25:
        return "outside"
    work = person["labour_force_status"]
    school = person["school_attendance"]
    if work == "not_applicable" or school == "not_applicable":
        return "narrowed"
    if work in UNKNOWN or school in UNKNOWN:
        return "left_out"
    training = "no"
    if "training_12_months" in asked:
        training = person["training_12_months"]
        if training in UNKNOWN:
            return "left_out"
    if work == "employed":
        return "no"
    if school == "attending":
        return "no"
    if training == "yes":
        return "no"
    return "yes"


def unemployment(person: Person, asked: set[str], floor: int) -> str:
    age = person["age"]
    if age is None or age < max(15, floor):
        return "outside"
    work = person["labour_force_status"]
    if work == "not_applicable":
        return "narrowed"
    if work in UNKNOWN:
        return "left_out"
    if work == "outside_labour_force":
        return "outside"
    return "yes" if work == "unemployed" else "no"


def participation(lowest: int, highest: int):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        age = person["age"]
        if age is None or not lowest <= age < highest + 1:
            return "outside"
        school = person["school_attendance"]
        if school == "not_applicable":
            return "narrowed"
        if school in UNKNOWN:
            return "left_out"
        if "training_12_months" in asked:
            if person["training_12_months"] in UNKNOWN:
                return "left_out"
            if person["training_12_months"] == "yes":
                return "yes"
        return "yes" if school == "attending" else "no"

    return judge_one


def literacy(lowest: int, highest: int):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        age = person["age"]
        if age is None or not lowest <= age < highest + 1:
            return "outside"
        if person["literacy"] == "not_applicable":
            return "narrowed"
        if person["literacy"] in UNKNOWN:
            return "left_out"
        return "yes" if person["literacy"] == "literate" else "no"

    return judge_one


# what a person adds to a series that is a mean, and to what stands below its line where that is not the person
TELLS = indicators_of_births.TELLS
AMOUNTS = {**indicators_of_persons.AMOUNTS, **indicators_of_money.AMOUNTS, **indicators_of_births.AMOUNTS}
PER = {**indicators_of_money.PER, **indicators_of_births.PER}
LINES = indicators_of_money.LINES
JUDGES = {
    ("8.6.1", "neet"): neet,
    ("8.5.2", "unemployment"): unemployment,
    ("4.3.1", "participation_15_24"): participation(15, 24),
    ("4.3.1", "participation_25_64"): participation(25, 64),
    ("4.6.1", "literacy_15_plus"): literacy(15, 200),
    ("4.6.1", "literacy_15_24"): literacy(15, 24),
    **indicators_of_dwellings.JUDGES,
    **indicators_of_persons.JUDGES,
    **indicators_of_surveys.JUDGES,
    **indicators_of_alternates.JUDGES,
    **indicators_of_money.JUDGES,
    **indicators_of_births.JUDGES,
}
EDUCATION = ("4.1.1", "4.1.2", "4.3.1", "4.6.1")
# parity is of the same persons: the shares that it compares are those of these
JUDGES |= {("4.5.1", name): one for (number, name), one in JUDGES.items() if number in EDUCATION}
