"""Violence and discrimination in the last 12 months (survey modules)."""

from __future__ import annotations

from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "safety"
ADULTS = "adults asked in the module"


def _details(name: str, title: str, universe: str) -> tuple[Variable, ...]:
    """The two text companions of an experience: its form and its ground."""
    return (
        Variable(f"{name}_form", TOPIC, "text", f"{title}: form", universe=universe),
        Variable(f"{name}_ground", TOPIC, "text", f"{title}: ground", universe=universe),
    )


# the forms of violence that the answer holds; the global series is of the first
FORMS: dict[str, dict[str, tuple[str, ...]]] = {"partner_violence_12_months": {"forms": ("physical_or_sexual", "any")}}
VARIABLES = tuple(
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
