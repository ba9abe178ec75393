"""Sex, age, family position and where a person lives."""

from __future__ import annotations

from harmonize.schema.variable import Variable

TOPIC = "demographic"

VARIABLES = (
    Variable("sex", TOPIC, "category", "Sex", ("male", "female"), standard="UN P&R Rev.4"),
    Variable(
        "age",
        TOPIC,
        "number",
        "Age in completed years",
        unit="years",
        minimum=0,
        maximum=120,
        standard="UN P&R Rev.4",
    ),
    Variable(
        "relationship_to_head",
        TOPIC,
        "category",
        "Relationship to the head or reference person of the household",
        ("head", "spouse", "child", "other_relative", "non_relative"),
        standard="UN P&R Rev.4",
        universe="persons in households",
    ),
    Variable(
        "marital_status",
        TOPIC,
        "category",
        "Marital status, consensual unions apart where the census asks them",
        ("never_married", "married", "in_union", "separated_divorced", "widowed"),
        standard="UN P&R Rev.4",
        universe="persons above the national age limit",
    ),
    Variable(
        "age_at_first_union",
        TOPIC,
        "number",
        "Age at first marriage or union",
        unit="years",
        minimum=0,
        maximum=120,
        universe="persons ever married or in a union",
        options={"event": ("first_union", "first_marriage", "differs")},
    ),
    Variable(
        "urban_rural",
        TOPIC,
        "category",
        "Urban or rural place of residence",
        ("urban", "rural"),
        standard="national",
    ),
    Variable(
        "living_quarters",
        TOPIC,
        "category",
        "Kind of living quarters",
        ("private_household", "institution", "other_collective", "homeless"),
        standard="UN P&R Rev.4",
    ),
    Variable(
        "disability",
        TOPIC,
        "category",
        "Disability status",
        ("with_disability", "without_disability"),
        standard="Washington Group where asked",
        options={"instrument": ("washington_group_short", "washington_group_extended", "other")},
    ),
    Variable(
        "household_size",
        TOPIC,
        "number",
        "Persons in the household",
        unit="persons",
        minimum=1,
        universe="persons in households",
    ),
)
