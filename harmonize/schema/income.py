"""Income, consumption, poverty, food, accounts and social protection."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.work import PERIODS
from harmonize.schema.yes_no import yes_no

TOPIC = "income"
MONEY = {"period": PERIODS, "currency": ()}

VARIABLES = (
    Variable(
        "household_income",
        TOPIC,
        "number",
        "Income of the household, all members and sources",
        unit="currency",
        universe="persons in private households",
        options=MONEY,
    ),
    Variable(
        "household_consumption",
        TOPIC,
        "number",
        "Consumption of the household",
        unit="currency",
        minimum=0,
        universe="persons in private households",
        options=MONEY,
    ),
    yes_no(
        "below_national_poverty_line",
        TOPIC,
        "Below the national poverty line, as the producer says",
        standard="national",
        universe="persons in private households",
    ),
    yes_no("social_protection_any", TOPIC, "Covered by at least one social protection benefit"),
    yes_no("receives_pension", TOPIC, "Receives a pension"),
    yes_no("health_insurance", TOPIC, "Covered by health insurance"),
    yes_no(
        "food_insecurity_moderate_severe",
        TOPIC,
        "Moderately or severely food insecure, as classed by the Food Insecurity Experience Scale",
        standard="FAO",
    ),
    yes_no(
        "account_ownership",
        TOPIC,
        "Has an account, alone or with others, at a bank or other financial institution, or used mobile money "
        "in the last 12 months",
        standard="World Bank Global Findex",
        universe="adults asked in the module",
    ),
)
