"""Births, children and deaths of mothers, one person at a time: see indicators.py beside this file."""

from __future__ import annotations

from tests.reference.indicators_of_persons import children, gave_birth

Person = dict[str, object]

UNKNOWN = ("unknown", None)
TELLS = "_tells_of_deaths"  # whether the deaths of the household count on this row of it
GROUPS = tuple((low, low + 4) for low in range(15, 50, 5))


def born(person: Person) -> float:
    ever = person["children_ever_born"]
    return 0.0 if ever == "not_applicable" else float(ever)


def dead(person: Person) -> float:
    return born(person) - float(person["children_surviving"]) if born(person) > 0 else 0.0


def women(person: Person, low: int, high: int) -> bool:
    age = person["age"]
    return person["sex"] == "female" and age is not None and low <= age < high + 1


def lost_a_child(low: int, high: int):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if not women(person, low, high):
            return "outside"
        ever, living = person["children_ever_born"], person["children_surviving"]
        if ever is None:
            return "left_out"
        if born(person) == 0:
            return "no"
        if living in (None, "not_applicable"):
            return "left_out"
        if living > ever:
            return "outside"
        return "yes" if living < ever else "no"

    return judge_one


def has_children(low: int, high: int, wanted: bool):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if not women(person, low, high):
            return "outside"
        if person["children_ever_born"] is None:
            return "left_out"
        return "yes" if (born(person) > 0) == wanted else "no"

    return judge_one


def gave_birth_and_told_all(person: Person, asked: set[str], floor: int) -> str:
    found = gave_birth(15, 19)(person, asked, floor)
    return "left_out" if found in ("no", "yes") and person["children_ever_born"] is None else found


def halves(low: int, high: int):
    return lambda person: 0.5 if person["age"] in (low, high + 1) else 1.0


def births_by_half(low: int, high: int):
    return lambda person: children(person) * halves(low, high)(person)


def deaths_of(person: Person) -> float:
    deaths = person["pregnancy_related_deaths_12_months"]
    return 0.0 if not person[TELLS] or deaths == "not_applicable" else float(deaths)


def tells_of_deaths(household: list[Person]) -> list[bool]:
    """Of each of a household whether its deaths count there: the row that tells of most, its head's among equals."""
    included = [person for person in household if person["included"]] or household[:1]

    def standing(person: Person) -> tuple[float, bool]:
        deaths = person["pregnancy_related_deaths_12_months"]
        return -1.0 if deaths in (None, "not_applicable") else deaths, person["relationship_to_head"] == "head"

    first = max(included, key=standing)  # of several that are equal the first
    return [person is first for person in household]


def births_of(person: Person) -> float:
    return children(person) if women(person, 15, 49) else 0.0


def of_household_or_woman(person: Person, asked: set[str], floor: int) -> str:
    if "living_quarters" in asked and person["living_quarters"] != "private_household":
        return "outside"
    sex = person["sex"]
    tells, woman = person[TELLS], women(person, 15, 49)
    missing = sex in (*UNKNOWN, "not_applicable")
    missing |= person["pregnancy_related_deaths_12_months"] is None  # of the household
    missing |= woman and person["births_12_months"] is None
    if not tells and not woman:  # who may be one is left out: the sex is not known of somebody of the age
        return "left_out" if sex in (*UNKNOWN, "not_applicable") else "outside"
    if missing:
        return "left_out"
    deaths = person["pregnancy_related_deaths_12_months"]
    return "yes" if tells and deaths != "not_applicable" and deaths > 0 else "no"


AMOUNTS: dict = {("3.1.1", "pregnancy_related_mortality"): deaths_of}
PER: dict = {("3.1.1", "pregnancy_related_mortality"): births_of}
JUDGES: dict = {
    ("3.1.1", "pregnancy_related_mortality"): of_household_or_woman,
    ("3.2.1", "under_five_mortality"): lost_a_child(25, 34),
    ("3.7.2", "births_15_19_pf"): gave_birth_and_told_all,
}
AMOUNTS[("3.7.2", "births_15_19_pf")] = children
AMOUNTS[("3.2.1", "under_five_mortality")], PER[("3.2.1", "under_five_mortality")] = dead, born
for low, high in GROUPS:
    ages = f"{low}_{high}"
    JUDGES |= {
        ("3.2.1", f"mean_parity_{ages}"): has_children(low, high, wanted=False),
        ("3.2.1", f"childless_{ages}"): has_children(low, high, wanted=False),
        ("3.7.2", f"birth_rate_{ages}"): gave_birth(low, high),
        ("3.7.2", f"parity_{ages}"): has_children(low, high, wanted=True),
    }
    AMOUNTS |= {
        ("3.2.1", f"mean_parity_{ages}"): born,
        ("3.7.2", f"birth_rate_{ages}"): children,
        ("3.7.2", f"parity_{ages}"): born,
    }
    if low > 15:
        JUDGES[("3.2.1", f"under_five_mortality_{ages}")] = lost_a_child(low, high)
        AMOUNTS[("3.2.1", f"under_five_mortality_{ages}")] = dead
        PER[("3.2.1", f"under_five_mortality_{ages}")] = born
for low, high in ((10, 14), (15, 19)):
    key = ("3.7.2", f"births_{low}_{high}_age_shift")
    JUDGES[key] = gave_birth(low, high + 1)
    AMOUNTS[key], PER[key] = births_by_half(low, high), halves(low, high)
