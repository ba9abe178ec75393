"""Protection, health, safety and children's work, one person at a time: see indicators.py beside this file."""

from __future__ import annotations

from tests.reference.indicators_of_persons import SILENT, UNKNOWN, Person, at_work


def asked_of_all(variable: str, low: int | None = None, high: int | None = None):
    """Whom the form did not ask leaves the base."""

    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if low is not None and (person["age"] is None or person["age"] < low):
            return "outside"
        if high is not None and (person["age"] is None or person["age"] >= high + 1):
            return "outside"
        if person[variable] == "not_applicable":
            return "narrowed"
        return "left_out" if person[variable] in UNKNOWN else person[variable]

    return judge_one


def of_those_asked(variable: str):
    """Whom the form did not ask is of no concern."""

    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if person[variable] == "not_applicable":
            return "outside"
        return "left_out" if person[variable] in UNKNOWN else person[variable]

    return judge_one


def of_the_employed(variable: str):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        found = at_work(person, floor)
        if found != "employed":
            return found
        return "left_out" if person[variable] in SILENT else person[variable]

    return judge_one


def stunted(person: Person, asked: set[str], floor: int) -> str:
    age, z = person["age"], person["height_for_age_z"]
    if age is None or age >= 5:
        return "outside"
    if z in SILENT:
        return "left_out"
    if not -6 <= z <= 6:
        return "outside"  # measured wrongly
    return "yes" if z < -2 else "no"


def attended(person: Person, asked: set[str], floor: int) -> str:
    if person["sex"] != "female" or person["age"] is None or not 15 <= person["age"] < 50:
        return "outside"
    return of_those_asked("last_birth_attendant_skilled")(person, asked, floor)


def partner(person: Person, asked: set[str], floor: int) -> str:
    answer = person["partner_violence_12_months"]
    if person["sex"] != "female" or person["age"] is None or person["age"] < 15:
        return "outside"
    if "marital_status" not in asked:
        return of_those_asked("partner_violence_12_months")(person, asked, floor)
    status = person["marital_status"]
    if status == "not_applicable":
        return "narrowed"
    if status == "never_married":
        return "outside"
    return "left_out" if status in UNKNOWN or answer in SILENT else answer


def child_labour(chores: bool = False, hazards: bool = False):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        age, work, hours = person["age"], person["labour_force_status"], person["hours_worked_week"]
        if age is None or not max(5, floor) <= age < 18:
            return "outside"
        if work == "not_applicable":
            return "narrowed"
        at_home = person["chores_hours_week"] if chores and age < 15 else 0
        if work in UNKNOWN or at_home is None:
            return "left_out"
        if work == "employed":
            hazardous = person["hazardous_work"] if hazards else "no"
            if hours in SILENT or hazardous in SILENT:
                return "left_out"
            least = 1 if age < 12 else 14 if age < 15 else 43
            if hours >= least or hazardous == "yes":
                return "yes"
        return "yes" if at_home != "not_applicable" and at_home >= 21 else "no"

    return judge_one


def poor(person: Person, asked: set[str], floor: int) -> str:
    if "living_quarters" in asked and person["living_quarters"] != "private_household":
        return "outside"
    answer = person["below_national_poverty_line"]
    return "left_out" if answer in SILENT else answer


JUDGES = {
    ("1.2.1", "national_poverty"): poor,
    ("4.6.1", "numeracy"): asked_of_all("numeracy", 15),
    ("1.3.1", "social_protection"): asked_of_all("social_protection_any"),
    ("1.3.1", "pension"): asked_of_all("receives_pension", 65),
    ("1.3.1", "contributors"): of_the_employed("contributes_to_social_security"),
    ("2.2.1", "stunting"): stunted,
    ("3.1.2", "skilled_attendance"): attended,
    ("3.8.1", "health_insurance"): asked_of_all("health_insurance"),
    ("4.1.1", "reading"): of_those_asked("reading_proficiency"),
    ("4.1.1", "mathematics"): of_those_asked("mathematics_proficiency"),
    ("5.2.1", "partner_violence"): partner,
    ("8.7.1", "child_labour"): child_labour(),
    ("8.7.1", "child_labour_and_chores"): child_labour(chores=True),
    ("8.7.1", "child_labour_or_hazardous_work"): child_labour(hazards=True),
    ("8.8.1", "occupational_injuries"): of_the_employed("occupational_injury_12_months"),
    ("10.3.1", "discrimination"): asked_of_all("discrimination_12_months", 18),
    ("16.1.3", "physical_violence"): of_those_asked("violence_physical_12_months"),
    ("16.1.3", "psychological_violence"): of_those_asked("violence_psychological_12_months"),
    ("16.1.3", "sexual_violence"): of_those_asked("violence_sexual_12_months"),
}
