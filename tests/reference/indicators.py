"""The indicators again, one person at a time, written as plainly as possible and never made fast.

`judge` takes one person as a dict (variable -> category, number, None for missing; a number that the form
did not ask is "not_applicable") and the sample's `asked` variables, and says what the person is to the
series: "outside" (not in the base), "narrowed" (would be, was not asked), "left_out" (something needed is
unknown), "apart" (known, not in the denominator), "no" or "yes".
"""

from __future__ import annotations

Person = dict[str, object]

UNKNOWN = ("unknown", None)


def judge(series: tuple[str, str], person: Person, asked: set[str], floor: int = 0) -> str:
    """What the person is to the series. floor: the lowest age that was asked about work."""
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
        return "apart"
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


def housed(person: Person, asked: set[str]) -> bool:
    return "living_quarters" not in asked or person["living_quarters"] == "private_household"


def answer(person: Person, variable: str, *good: str) -> str:
    if person[variable] in (*UNKNOWN, "not_applicable"):
        return "left_out"
    return "yes" if person[variable] in good else "no"


def water(person: Person, asked: set[str]) -> str:
    source = person["water_source"]
    if source in (*UNKNOWN, "not_applicable"):
        return "left_out"
    if source == "improved_on_premises":
        return "yes"
    if "water_time_minutes" not in asked:
        return "yes" if source in ("improved_off_premises", "improved_unspecified") else "no"
    time = person["water_time_minutes"]
    if time is None:
        return "left_out"
    if time == "not_applicable":
        if source == "improved_unspecified":  # not asked, so on the premises
            return "yes"
        return "left_out" if source == "improved_off_premises" else "no"
    if source in ("unimproved", "surface"):
        return "no"
    return "yes" if time <= 30 else "no"


def service(of_the_person):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        return of_the_person(person, asked) if housed(person, asked) else "outside"

    return judge_one


def sanitation(person: Person, asked: set[str]) -> str:
    return answer(person, "sanitation", "improved_not_shared", "improved_unspecified")


def electricity(person: Person, asked: set[str]) -> str:
    return answer(person, "electricity", "yes")


def cooking(person: Person, asked: set[str]) -> str:
    return answer(person, "cooking_fuel", "clean")


def internet(person: Person, asked: set[str]) -> str:
    return answer(person, "internet", "yes")


def all_asked(person: Person, asked: set[str]) -> str:
    results = []
    if "water_source" in asked and "straddling" not in asked:
        results.append(water(person, asked))
    if "sanitation" in asked and "straddling" not in asked:
        results.append(sanitation(person, asked))
    if "electricity" in asked:
        results.append(electricity(person, asked))
    if "cooking_fuel" in asked:
        results.append(cooking(person, asked))
    if "internet" in asked:
        results.append(internet(person, asked))
    if "left_out" in results:
        return "left_out"
    return "no" if "no" in results else "yes"


def piped(person: Person, asked: set[str]) -> str:
    return answer(person, "water_source", "piped")


def sewer(person: Person, asked: set[str]) -> str:
    return answer(person, "sanitation", "sewer_or_septic")


JUDGES = {
    ("8.6.1", "neet"): neet,
    ("8.5.2", "unemployment"): unemployment,
    ("4.3.1", "participation_15_24"): participation(15, 24),
    ("4.3.1", "participation_25_64"): participation(25, 64),
    ("4.6.1", "literacy_15_plus"): literacy(15, 200),
    ("4.6.1", "literacy_15_24"): literacy(15, 24),
    ("7.1.1", "electricity"): service(electricity),
    ("1.4.1", "electricity"): service(electricity),
    ("1.4.1", "basic_water"): service(water),
    ("1.4.1", "basic_sanitation"): service(sanitation),
    ("1.4.1", "clean_cooking"): service(cooking),
    ("1.4.1", "internet"): service(internet),
    ("1.4.1", "all_asked"): service(all_asked),
    ("1.4.1", "piped_water"): service(piped),
    ("1.4.1", "sewer_or_septic"): service(sewer),
}
