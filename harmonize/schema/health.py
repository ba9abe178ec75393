"""Sexual and reproductive health (survey modules)."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "health"
IN_UNION = "women aged 15 to 49 married or in a union"

VARIABLES: tuple[Variable, ...] = (
    yes_no(
        "hiv_positive",
        TOPIC,
        "Living with HIV, by a test of the survey or as told",
        standard="UNAIDS",
        universe="persons tested or asked",
    ),
    yes_no(
        "family_planning_modern",
        TOPIC,
        "Need for family planning met by a modern method, of her own or her partner's",
        standard="UN Population Division",
        universe="women who use a method or have an unmet need: they want no child, or none soon",
    ),
    yes_no(
        "decides_health_care",
        TOPIC,
        "Decides on her own health care, alone or with her husband or partner",
        standard="UNFPA",
        universe=IN_UNION,
    ),
    yes_no(
        "decides_contraception",
        TOPIC,
        "Decides on the use of contraception, alone or with her husband or partner",
        standard="UNFPA",
        universe=IN_UNION,
    ),
    yes_no(
        "can_refuse_sex",
        TOPIC,
        "Can say no to her husband or partner if she does not want sexual intercourse",
        standard="UNFPA",
        universe=IN_UNION,
    ),
)
