"""Alternates and extras that surveys measure, one person at a time: see indicators.py beside this file."""

from __future__ import annotations

from tests.reference.indicators_of_dwellings import housed
from tests.reference.indicators_of_persons import SILENT, UNKNOWN, Person
from tests.reference.indicators_of_surveys import asked_of_all, of_those_asked

IN_UNION = ("married", "in_union")


def aged(person: Person, low: int, high: int = 200) -> bool:
    return person["age"] is not None and low <= person["age"] < high + 1


def of_those_asked_aged(variable: str, low: int, high: int = 200, only_women: bool = False):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if not aged(person, low, high) or (only_women and person["sex"] != "female"):
            return "outside"
        return of_those_asked(variable)(person, asked, floor)

    return judge_one


def union_of(person: Person) -> str:
    """What a woman of 15 to 49 is to a share of those in a union: in, outside, narrowed or left_out."""
    if person["sex"] != "female" or not aged(person, 15, 49):
        return "outside"
    status = person["marital_status"]
    if status == "not_applicable":
        return "narrowed"
    if status in UNKNOWN:
        return "left_out"
    return "in" if status in IN_UNION else "outside"


def family_planning_in_union(person: Person, asked: set[str], floor: int) -> str:
    union, met = union_of(person), person["family_planning_modern"]
    if union in ("outside", "narrowed"):
        return union
    if met == "not_applicable":
        return "outside"  # without a need, whether in a union or not
    return "left_out" if union == "left_out" or met in UNKNOWN else met


def decisions(*variables: str):
    """Yes to all those of the questions that the sample asks."""

    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        union = union_of(person)
        if union != "in":
            return union
        answers = [person[name] for name in variables if name in asked]
        if any(answer in SILENT for answer in answers):
            return "left_out"
        return "yes" if all(answer == "yes" for answer in answers) else "no"

    return judge_one


def completed(low: int, *enough: str):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        if not aged(person, low, low + 2):
            return "outside"
        level = person["educational_attainment"]
        if level == "not_applicable":
            return "narrowed"
        if level in UNKNOWN:
            return "left_out"
        return "yes" if level in enough else "no"

    return judge_one


def health_worker(*codes: str):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        work, code = person["labour_force_status"], person["occupation_detail"]
        if work in UNKNOWN:
            return "left_out"
        if work != "employed":
            return "no"  # not asked, being young, too
        if code in SILENT:
            return "left_out"
        return "yes" if code.startswith(codes) else "no"

    return judge_one


def phone(person: Person, asked: set[str], floor: int) -> str:
    if "mobile_phone_own" in asked:
        return asked_of_all("mobile_phone_own")(person, asked, floor)
    if not housed(person, asked):
        return "outside"
    return "left_out" if person["mobile_phone"] in SILENT else person["mobile_phone"]


def reported(form: str):
    def judge_one(person: Person, asked: set[str], floor: int) -> str:
        violence, told = person[f"violence_{form}_12_months"], person[f"violence_{form}_reported"]
        if violence in ("no", "not_applicable"):
            return "outside"
        return "left_out" if violence in UNKNOWN or told in SILENT else told

    return judge_one


JUDGES = {
    ("2.1.2", "food_insecurity"): asked_of_all("food_insecurity_moderate_severe"),
    ("3.3.1", "hiv_prevalence"): of_those_asked("hiv_positive"),
    ("3.7.1", "family_planning"): of_those_asked_aged("family_planning_modern", 15, 49, only_women=True),
    ("3.7.1", "family_planning_in_union"): family_planning_in_union,
    ("3.c.1", "doctors"): health_worker("221"),
    ("3.c.1", "nurses_and_midwives"): health_worker("222", "322"),
    ("3.c.1", "dentists"): health_worker("2261"),
    ("3.c.1", "pharmacists"): health_worker("2262"),
    ("4.1.2", "completion_primary"): completed(
        14, "primary", "lower_secondary", "upper_secondary", "secondary", "post_secondary", "tertiary"
    ),
    ("4.1.2", "completion_lower_secondary"): completed(
        17, "lower_secondary", "upper_secondary", "post_secondary", "tertiary"
    ),
    ("4.1.2", "completion_upper_secondary"): completed(20, "upper_secondary", "post_secondary", "tertiary"),
    ("5.2.2", "nonpartner_sexual_violence"): of_those_asked_aged(
        "nonpartner_sexual_violence_12_months", 15, only_women=True
    ),
    ("5.6.1", "own_decisions"): decisions("decides_health_care", "decides_contraception", "can_refuse_sex"),
    ("5.6.1", "decides_health_care"): decisions("decides_health_care"),
    ("5.6.1", "decides_contraception"): decisions("decides_contraception"),
    ("5.6.1", "can_refuse_sex"): decisions("can_refuse_sex"),
    ("5.b.1", "mobile_phone"): phone,
    ("8.10.2", "account_ownership"): of_those_asked_aged("account_ownership", 15),
    ("16.1.4", "feels_safe"): of_those_asked_aged("feels_safe_walking_alone", 18),
    ("16.2.1", "violent_discipline"): of_those_asked_aged("violent_discipline_1_month", 1, 17),
    ("16.2.1", "violent_discipline_1_14"): of_those_asked_aged("violent_discipline_1_month", 1, 14),
    ("16.2.3", "sexual_violence_by_18"): of_those_asked_aged("sexual_violence_by_18", 18, 29),
    ("16.3.1", "physical_violence_reported"): reported("physical"),
    ("16.3.1", "psychological_violence_reported"): reported("psychological"),
    ("16.3.1", "sexual_violence_reported"): reported("sexual"),
}
