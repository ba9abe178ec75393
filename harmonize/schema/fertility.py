"""Births, child survival, birth registration, deaths in the household and child growth."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "fertility"
WOMEN = "women above the national age limit"


def _children(name: str, title: str) -> Variable:
    return Variable(
        name,
        TOPIC,
        "number",
        title,
        unit="count",
        minimum=0,
        standard="UN P&R Rev.4",
        universe=WOMEN,
    )


VARIABLES = (
    _children("children_ever_born", "Children ever born alive"),
    _children("children_surviving", "Children still living"),
    _children("births_12_months", "Live births in the last 12 months"),
    yes_no(
        "birth_registered",
        TOPIC,
        "Birth registered with a civil authority",
        universe="children under 5",
    ),
    yes_no(
        "last_birth_attendant_skilled",
        TOPIC,
        "Last birth attended by a doctor, nurse or midwife",
        standard="WHO, UNICEF",
        universe="women with a recent birth",
    ),
    Variable(
        "household_deaths",
        TOPIC,
        "records",
        "Deaths in the household in the last 12 months: sex, age, pregnancy_related (a file or columns)",
        standard="UN P&R Rev.4",
        universe="households",
    ),
    Variable(
        "height_for_age_z",
        TOPIC,
        "number",
        "Height for age in standard deviations from the reference median",
        unit="z",
        minimum=-10,
        maximum=10,
        standard="WHO child growth standards",
        universe="children under 5",
    ),
)
