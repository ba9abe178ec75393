"""Services, dwelling and communication."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "housing"
HOUSEHOLDS = "persons in private households"


def _category(name: str, title: str, categories: tuple[str, ...], standard: str = "") -> Variable:
    return Variable(name, TOPIC, "category", title, categories, standard=standard, universe=HOUSEHOLDS)


VARIABLES = (
    yes_no("electricity", TOPIC, "The dwelling has electricity", universe=HOUSEHOLDS),
    yes_no(
        "internet",
        TOPIC,
        "The household has access to the internet, by whatever device or network",
        universe=HOUSEHOLDS,
        # `some`: only some kinds of access were asked, as by a computer or a fixed line
        options={"access": ("any", "some")},
    ),
    yes_no("mobile_phone", TOPIC, "The household has a mobile phone", universe=HOUSEHOLDS),
    yes_no("internet_use", TOPIC, "Used the internet in the last three months", standard="ITU"),
    yes_no("mobile_phone_own", TOPIC, "Owns a mobile phone", standard="ITU"),
    _category(
        "water_source",
        "Main source of drinking water; `piped`, `not_piped` where that is all the source tells",
        (
            "improved_on_premises",
            "improved_off_premises",
            "improved_unspecified",
            "unimproved",
            "surface",
            "piped",
            "not_piped",
        ),
        "JMP",
    ),
    Variable(
        "water_time_minutes",
        TOPIC,
        "number",
        "Minutes to fetch drinking water and come back, queuing included",
        unit="minutes",
        minimum=0,
        standard="JMP",
        universe=HOUSEHOLDS,
    ),
    _category(
        "sanitation",
        "Sanitation facility; `sewer_or_septic`, `no_sewer_or_septic` where that is all the source tells",
        (
            "improved_not_shared",
            "improved_shared",
            "improved_unspecified",
            "unimproved",
            "open_defecation",
            "sewer_or_septic",
            "no_sewer_or_septic",
        ),
        "JMP",
    ),
    _category("handwashing", "Handwashing facility with soap and water", ("basic", "limited", "none"), "JMP"),
    _category("cooking_fuel", "Main fuel or energy for cooking", ("clean", "polluting", "mixed", "none"), "WHO"),
    _category("waste_collection", "Solid waste is collected", ("collected", "not_collected")),
    _category("tenure", "Tenure of the dwelling", ("owned", "rented", "other")),
    yes_no(
        "secure_tenure",
        TOPIC,
        "Papers that prove the right to the dwelling or land, or protection from eviction",
        standard="UN-Habitat",
        universe=HOUSEHOLDS,
    ),
    Variable(
        "rooms",
        TOPIC,
        "number",
        "Habitable rooms of the dwelling; `counted` says where others are counted",
        unit="count",
        minimum=0,
        universe=HOUSEHOLDS,
        options={"counted": ("habitable", "with_kitchen", "bedrooms")},
    ),
    *(
        _category(f"{part}_material", f"Material of the {words}", ("durable", "non_durable"), "UN-Habitat")
        for part, words in (("wall", "outer walls"), ("roof", "roof"), ("floor", "floor"))
    ),
)
