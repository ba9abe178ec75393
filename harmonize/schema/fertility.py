"""Births, child survival, birth registration, deaths in the household and child growth."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "fertility"
WOMEN = "women above the national age limit"


FAMILIES = ("west", "north", "south", "east")  # of the Coale and Demeny model life tables


def _children(name: str, title: str, options: dict[str, tuple[str, ...]] | None = None) -> Variable:
    return Variable(
        name,
        TOPIC,
        "number",
        title,
        unit="count",
        minimum=0,
        standard="UN P&R Rev.4",
        universe=WOMEN,
        options=options or {},
    )


VARIABLES = (
    _children("children_ever_born", "Children ever born alive", {"model_life_table": FAMILIES}),
    _children("children_surviving", "Children still living"),
    # births as children, or the women who gave birth: twins count once where only that, or the last birth, was asked
    _children("births_12_months", "Live births in the last 12 months", {"counted": ("births", "mothers")}),
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
        "pregnancy_related_deaths_12_months",
        TOPIC,
        "number",
        "Women of the household who died in the last 12 months while pregnant, in childbirth or within six weeks of "
        "it; on one row of the household, or on each",
        unit="count",
        minimum=0,
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
