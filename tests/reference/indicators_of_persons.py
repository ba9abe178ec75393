"""Unions, births and jobs, one person at a time: see indicators.py beside this file."""

from __future__ import annotations

Person = dict[str, object]

UNKNOWN = ("unknown", None)
SILENT = (*UNKNOWN, "not_applicable")


def union_before(years: int):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        age, first = person["age"], person["age_at_first_union"]
        if person["sex"] != "female" or age is None or not 20 <= age < 25:
            return "outside"
        if "marital_status" in asked:
            status = person["marital_status"]
            if status in SILENT:
                return "left_out"
            if status == "never_married" and first in SILENT:
                return "no"
            if first in SILENT:
                return "left_out"
        if first == "not_applicable":
            return "no"
        if first is None:
            return "left_out"
        return "yes" if first < years else "no"

    return judge_one


def girls_in_union(person: Person, asked: set[str], floor: int) -> str:
    age, status = person["age"], person["marital_status"]
    if person["sex"] != "female" or age is None or not 15 <= age < 18:
        return "outside"
    if status == "not_applicable":
        return "narrowed"
    if status in UNKNOWN:
        return "left_out"
    return "no" if status == "never_married" else "yes"


def gave_birth(low: int, high: int):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        age, births = person["age"], person["births_12_months"]
        if person["sex"] != "female" or age is None or not low <= age < high + 1:
            return "outside"
        if births is None:
            return "left_out"
        return "no" if births in ("not_applicable", 0) else "yes"

    return judge_one


def children(person: Person) -> float:
    births = person["births_12_months"]
    return 0.0 if births == "not_applicable" else float(births)


def earning(person: Person, asked: set[str], floor: int) -> str:
    found = at_work(person, floor)
    status, earnings, hours = (person[name] for name in ("status_in_employment", "earnings", "hours_worked_week"))
    if found in ("outside", "narrowed"):
        return found
    if status not in SILENT and status != "employee":
        return "outside"
    if hours not in SILENT and earnings not in SILENT and (hours == 0 or earnings < 0):
        return "outside"  # no hours of work, or a loss, is no wage, whatever else is unknown
    if found == "left_out" or status in SILENT or earnings in SILENT or hours in SILENT:
        return "left_out"
    return "yes" if earnings > 0 else "no"


def hourly(person: Person) -> float:
    """Of earnings of a month."""
    return person["earnings"] / (52 / 12) / person["hours_worked_week"]


AMOUNTS = {
    ("3.7.2", "births_10_14"): children,
    ("3.7.2", "births_15_19"): children,
    ("8.5.1", "mean_hourly"): hourly,
}


def registered(person: Person, asked: set[str], floor: int) -> str:
    age, answer = person["age"], person["birth_registered"]
    if age is None or age >= 5:
        return "outside"
    if answer == "not_applicable":
        return "narrowed"
    if answer in UNKNOWN:
        return "left_out"
    return answer


def at_work(person: Person, floor: int) -> str:
    """What a person is to a share of the employed, as far as the labour force status tells."""
    age, work = person["age"], person["labour_force_status"]
    if age is None or age < max(15, floor):
        return "outside"
    if work == "not_applicable":
        return "narrowed"
    if work in UNKNOWN:
        return "left_out"
    return "employed" if work == "employed" else "outside"


def manufacturing(person: Person, asked: set[str], floor: int) -> str:
    found = at_work(person, floor)
    if found != "employed":
        return found
    if person["industry"] in SILENT:
        return "left_out"
    return "yes" if person["industry"] == "isic_c" else "no"


def informal_job(person: Person, asked: set[str]) -> str:
    """yes, no or left_out, of an employed person."""
    status = person["status_in_employment"]
    if status in SILENT:
        return "left_out"
    if status == "contributing_family_worker":
        return "yes"
    if status in ("employee", "other"):
        for right in ("contributes_to_social_security", "paid_leave"):
            if right in asked:  # the first that was asked decides
                if person[right] in SILENT:
                    return "left_out"
                return "yes" if person[right] == "no" else "no"
        return "no"
    if "registered_enterprise" in asked:
        if person["registered_enterprise"] in SILENT:
            return "left_out"
        return "yes" if person["registered_enterprise"] == "no" else "no"
    if status != "own_account":
        return "no"
    if "occupation" in asked:
        if person["occupation"] in SILENT:
            return "left_out"
        if person["occupation"] == "isco_2":
            return "no"
    return "yes"


def informal(sector: str):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        found = at_work(person, floor)
        if found in ("outside", "narrowed"):
            return found
        silent = sector != "" and person["industry"] in SILENT
        if sector and not silent and (person["industry"] == "isic_a") != (sector == "agriculture"):
            return "outside"  # at work or not, it is the other sector
        if found == "left_out" or silent:
            return "left_out"
        return informal_job(person, asked)

    return judge_one


JUDGES = {
    ("3.7.2", "births_10_14"): gave_birth(10, 14),
    ("3.7.2", "births_15_19"): gave_birth(15, 19),
    ("8.5.1", "mean_hourly"): earning,
    ("5.3.1", "union_before_15"): union_before(15),
    ("5.3.1", "union_before_18"): union_before(18),
    ("5.3.1", "ever_in_union_15_17"): girls_in_union,
    ("8.3.1", "informal_employment"): informal(""),
    ("8.3.1", "informal_employment_agriculture"): informal("agriculture"),
    ("8.3.1", "informal_employment_non_agriculture"): informal("elsewhere"),
    ("9.2.2", "manufacturing"): manufacturing,
    ("16.9.1", "birth_registration_under_5"): registered,
}
