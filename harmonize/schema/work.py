"""Labour force, job, hours, pay and protection at work."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "work"
EMPLOYED = "employed persons"
PERIODS = ("hour", "week", "month", "year")

VARIABLES = (
    Variable(
        "labour_force_status",
        TOPIC,
        "category",
        "Employed (armed forces included), unemployed or outside the labour force",
        ("employed", "unemployed", "outside_labour_force"),
        standard="ICLS 13 or 19",
        universe="persons above the national age limit",
        options={
            "standard": ("icls13", "icls19", "national"),
            "reference_period": (),
            "definition": ("strict", "relaxed"),
        },
    ),
    Variable(
        "status_in_employment",
        TOPIC,
        "category",
        "Status in employment; `self_employed` where employers and own-account workers are not told apart",
        (
            "employee",
            "employer",
            "own_account",
            "self_employed",
            "cooperative_member",
            "contributing_family_worker",
            "other",
        ),
        standard="ICSE-93",
        universe=EMPLOYED,
    ),
    Variable(
        "occupation",
        TOPIC,
        "category",
        "Occupation, major group",
        tuple(f"isco_{group}" for group in range(10)),
        standard="ISCO-08",
        universe=EMPLOYED,
    ),
    Variable(
        "occupation_detail",
        TOPIC,
        "text",
        "Occupation, code in full",
        standard="ISCO-08",
        universe=EMPLOYED,
    ),
    Variable(
        "industry",
        TOPIC,
        "category",
        "Industry, section; `isic_other` where the source joins sections, neither A nor C among them",
        (*(f"isic_{section}" for section in "abcdefghijklmnopqrstu"), "isic_other"),
        standard="ISIC Rev.4",
        universe=EMPLOYED,
    ),
    Variable(
        "hours_worked_week",
        TOPIC,
        "number",
        "Hours worked in a week, actual or usual",
        unit="hours",
        minimum=0,
        maximum=168,
        standard="ICLS 18",
        universe=EMPLOYED,
        options={"hours": ("actual", "usual")},
    ),
    Variable(
        "earnings",
        TOPIC,
        "number",
        "Gross earnings from employment",
        unit="currency",
        standard="ICLS 12",
        universe="employees",
        options={"period": PERIODS, "currency": ()},
    ),
    yes_no(
        "contributes_to_social_security",
        TOPIC,
        "Employer or self pays social security contributions for this job",
        universe=EMPLOYED,
    ),
    yes_no("paid_leave", TOPIC, "Paid annual leave and paid sick leave, both", standard="ILO", universe="employees"),
    yes_no(
        "registered_enterprise",
        TOPIC,
        "The enterprise is registered or keeps accounts",
        universe=EMPLOYED,
    ),
    yes_no(
        "occupational_injury_12_months",
        TOPIC,
        "Injured at work in the last 12 months",
        universe="persons who worked in the last 12 months",
    ),
    Variable(
        "chores_hours_week",
        TOPIC,
        "number",
        "Hours of household chores in a week",
        unit="hours",
        minimum=0,
        maximum=168,
        standard="ICLS 20",
        universe="persons aged 5 to 17",
    ),
    yes_no(
        "hazardous_work",
        TOPIC,
        "Work that is hazardous for children",
        standard="ILO C182",
        universe="persons aged 5 to 17 who work",
    ),
)
