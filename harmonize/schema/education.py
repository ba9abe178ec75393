"""School, training, attainment, literacy and assessed skills."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "education"

VARIABLES = (
    Variable(
        "school_attendance",
        TOPIC,
        "category",
        "Attendance at school or other formal education",
        ("attending", "not_attending", "never_attended"),
        standard="UN P&R Rev.4",
        universe="persons above the national age limit",
        options={"period": ("current", "4_weeks", "3_months", "12_months"), "students": ("all", "full_time")},
    ),
    yes_no("training_12_months", TOPIC, "Formal or non-formal education or training in the last 12 months"),
    Variable(
        "educational_attainment",
        TOPIC,
        "category",
        "Highest level of education completed; `secondary` where lower and upper are not told apart",
        (
            "less_than_primary",
            "primary",
            "lower_secondary",
            "upper_secondary",
            "secondary",
            "post_secondary",
            "tertiary",
        ),
        standard="ISCED 2011",
        # whether school starts at 6 and has 6 years of primary, 3 of lower and 3 of upper secondary
        options={"school_years": ("from_6_6_3_3",)},
    ),
    Variable(
        "years_of_schooling",
        TOPIC,
        "number",
        "Completed years of schooling",
        unit="years",
        minimum=0,
        maximum=40,
    ),
    Variable(
        "literacy",
        TOPIC,
        "category",
        "Able to read and write a short simple statement",
        ("literate", "illiterate"),
        standard="UNESCO",
    ),
    yes_no("reading_proficiency", TOPIC, "At least minimum proficiency in reading"),
    yes_no("mathematics_proficiency", TOPIC, "At least minimum proficiency in mathematics"),
    yes_no("numeracy", TOPIC, "At least a fixed level of functional numeracy"),
)
