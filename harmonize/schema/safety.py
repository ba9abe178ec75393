"""Violence, discrimination, safety and the discipline of children (survey modules)."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "safety"
ADULTS = "adults asked in the module"
# the forms of violence that the answer holds; the global series is of the first
FORMS: dict[str, dict[str, tuple[str, ...]]] = {"partner_violence_12_months": {"forms": ("physical_or_sexual", "any")}}


def _details(name: str, title: str, universe: str) -> tuple[Variable, ...]:
    """The two text companions of an experience: its form and its ground."""
    return (
        Variable(f"{name}_form", TOPIC, "text", f"{title}: form", universe=universe),
        Variable(f"{name}_ground", TOPIC, "text", f"{title}: ground", universe=universe),
    )


EXPERIENCES = tuple(
    variable
    for name, title, universe in (
        (
            "partner_violence_12_months",
            "Violence by a current or former intimate partner in the last 12 months",
            "women and girls aged 15 and over who ever had a partner",
        ),
        ("violence_physical_12_months", "Physical violence in the last 12 months", ADULTS),
        ("violence_psychological_12_months", "Psychological violence in the last 12 months", ADULTS),
        ("violence_sexual_12_months", "Sexual violence in the last 12 months", ADULTS),
        (
            "discrimination_12_months",
            "Personally felt discriminated against or harassed in the last 12 months",
            ADULTS,
        ),
    )
    for variable in (
        yes_no(name, TOPIC, title, universe=universe, options=FORMS.get(name)),
        *_details(name, title, universe),
    )
)

OTHERS = (
    yes_no(
        "nonpartner_sexual_violence_12_months",
        TOPIC,
        "Sexual violence by others than an intimate partner in the last 12 months",
        universe="women and girls aged 15 and over asked in the module",
    ),
    *(
        yes_no(
            f"violence_{form}_reported",
            TOPIC,
            f"Told the police or another competent authority of the {form} violence of the last 12 months",
            standard="UNODC",
            universe=f"victims of {form} violence in the last 12 months",
        )
        for form in ("physical", "psychological", "sexual")
    ),
    yes_no(
        "feels_safe_walking_alone",
        TOPIC,
        "Feels safe or very safe walking alone in the neighbourhood; `no` also of who never goes out alone",
        standard="UNODC",
        universe=ADULTS,
        options={"time": ("after_dark", "any_time")},
    ),
    yes_no(
        "violent_discipline_1_month",
        TOPIC,
        "Physical punishment or psychological aggression by a caregiver in the last month",
        standard="UNICEF MICS",
        universe="children aged 1 to 17 chosen for the module",
    ),
    yes_no(
        "sexual_violence_by_18",
        TOPIC,
        "Sexual violence before the age of 18, at any time of childhood",
        universe="young women and men aged 18 to 29 asked in the module",
    ),
)
VARIABLES = (*EXPERIENCES, *OTHERS)
