"""Why a series is a proxy or unavailable: every reason code, in one place and in one order.

`not_asked_under_16` and `not_asked_over_64` are made from their age, `4_of_5` from how many criteria of
the official ones a sample asks; all others stand as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PROXY_REASONS: dict[str, str] = {
    "institutions_not_separated": "the sample does not tell institutions from private households",
    "no_time": "the time to fetch water was not asked",
    "no_sharing": "whether the toilet is shared with other households was not always asked",
    "mixed_fuels": "a fuel, or a category of fuels, that is clean and polluting counts as not clean",
    "no_training": "training outside formal education was not asked",
    "current_attendance": "attendance now or lately, not at any time in the last 12 months",
    "full_time_students": "full-time students alone attend; who studies part-time counts as not attending",
    "relaxed_unemployment": "unemployed by looking for work or being available alone",
    "national_unemployment": "a national definition, not known to take both that work was sought and availability",
    "reported_literacy": "literacy as reported, not a tested level of functional literacy",
    "household_access": "access of the household, not use by the person",
    "some_access": "not every kind of access to the internet was asked, so that the share is too low",
    "not_safely_managed": "a step of the ladder up to basic; a census can't tell what is safely managed",
    "first_marriage": "the age at the first marriage; unions without marriage are not counted",
    "unions_differ": "in some samples the age at the first marriage, where unions without marriage are not counted",
    "girls_15_17": "girls aged 15–17 ever in a union, not women aged 20–24 who were in one before 18",
    "no_registration": "informal by status alone, as the registration of enterprises was not asked",
    "no_occupation": "own-account professionals are not told from other own-account workers",
    "no_social_security": "social security was not asked of employees; paid leave decides, where it was",
    "no_paid_leave": "paid leave was not asked of employees either, so that they count as formal",
    "kitchens_as_rooms": "kitchens are counted as rooms, habitable or not",
    "bedrooms_as_rooms": "bedrooms alone are counted as rooms",
    "age_at_census": "by the age at the census; at the birth women are half a year younger on average",
    "mothers_not_births": "women who gave birth, twins as one birth",
    "weeks_assumed": "earnings of a year are taken to be of 52 weeks: the mean is too low by those who worked fewer",
    "weeks_in_classes": "the weeks of a year are known in classes alone; each is taken to be the middle of its class",
    "pregnancy_related": "deaths in pregnancy or soon after of whatever cause, not maternal deaths",
    "status_of_head": "by the migratory status of the head of the household, not of the woman",
    "indirect_estimate": "estimated indirectly, from children ever born and surviving by age of mother",
    "exposure_abroad": "migrants' children were in part born, and died, before their mothers came",
    "income_not_consumption": "income, where the line is of consumption",
    "consumption_not_income": "consumption, as income was not asked",
    "top_coded": "high values are not told: the mean is too low",
    "pension_age_65": "the pensionable age is taken to be 65",
    "part_of_social_protection": "one branch of social protection, not all of them",
    "last_births": "the last birth of each woman, not every birth",
    "insurance_alone": "health insurance, not the index of essential services",
    "grades_not_told": "children of whatever grade was assessed, not those of the official grades",
    "classed_food_insecure": "persons classed as food insecure, not the mean of their probabilities",
    "prevalence_not_incidence": "persons who live with HIV, not new infections a year",
    "school_ages_assumed": "the usual ages of school, from 6 with 6, 3 and 3 grades, not stated to be the country's",
    "phone_of_household": "a mobile phone in the household, not the person's own",
    "psychological_too": "psychological violence counted too, which the global series leaves out",
    "hours_not_actual": "usual hours, in all samples or in some, not those of the week that employment is of",
    "with_hazardous_work": "hazardous work counted too, which reporting on the SDGs leaves out",
    "not_after_dark": "walking alone at whatever time, not after dark",
    "persons_injured": "persons who say that they were injured, of those employed now, not injuries recorded",
    "not_all_materials": "of walls, roof and floor not all were asked",
    "asked_components": "the services that the sample asks about, not all those of the official definition",
    "of_official": "{asked} of the {official} official criteria were asked",
    "not_asked_under": "asked only of persons aged {age} and over",
    "not_asked_over": "asked only of persons aged {age} and under",
    "not_asked_of_some": "some persons of the universe were not asked; they are not in it",
}

UNAVAILABLE_REASONS: dict[str, str] = {
    "missing_variable": "the sample lacks a variable",
    "undecidable_categories": "a source category lies on both sides of the definition",
    "undecidable_classes": "a number is known in classes too wide for the definition",
    "no_poverty_line": "no line was given",
    "option_not_stated": "the mapping does not state what a number is of",
    "undecidable_ages": "the age is known in bands that lie on both sides of the age limits",
    "not_asked_of_these_ages": "nobody of the ages concerned was asked",
    "nobody_in_universe": "the extract has nobody of whom the series could be measured",
    "no_components": "the sample has none of the parts it is made of",
    "too_many_left_out": "more than half of the persons concerned have something unknown",
}

_WITH_AGE = re.compile(r"(?P<code>not_asked_(?:under|over))_(?P<age>\d+)")
_COUNTED = re.compile(r"(?P<asked>\d+)_of_(?P<official>\d+)")


@dataclass(frozen=True)
class Reason:
    """One reason: `code` for tables, `words` for people (with the names of what it is about)."""

    code: str
    words: str


def reason(code: str, detail: str = "") -> Reason:
    """The reason of that code, `detail` added to its words. KeyError for a code that is not listed."""
    listed, numbers = _listed(code)
    words = {**PROXY_REASONS, **UNAVAILABLE_REASONS}[listed].format(**numbers)
    return Reason(code, f"{words}: {detail}" if detail else words)


def in_order(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The reasons without repeats of a code, in the order of this file."""
    order = {code: place for place, code in enumerate((*PROXY_REASONS, *UNAVAILABLE_REASONS))}
    first: dict[str, Reason] = {}
    for each in reasons:
        first.setdefault(each.code, each)
    return tuple(sorted(first.values(), key=lambda each: (order[_listed(each.code)[0]], each.code)))


def _listed(code: str) -> tuple[str, dict[str, str]]:
    """The code as it is listed, and the numbers that a code made from numbers has."""
    if matched := _WITH_AGE.fullmatch(code):
        return matched["code"], {"age": matched["age"]}
    if matched := _COUNTED.fullmatch(code):
        return "of_official", matched.groupdict()
    return code, {}
