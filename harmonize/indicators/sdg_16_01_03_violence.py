"""SDG 16.1.3: persons subjected to physical, psychological or sexual violence in the last 12 months."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import category

CODES = {"physical": "VC_VOV_PHYL", "psychological": "", "sexual": "VC_VOV_SEXL"}


def _violence(form: str, code: str) -> Series:
    variable = f"violence_{form}_12_months"
    return Series(
        indicator="16.1.3",
        name=f"{form}_violence",
        title=f"Subjected to {form} violence in the last 12 months, of those asked",
        # not applicable: not of the ages, or not one of the persons, whom the survey asks
        needs=(Need(variable, not_applicable="no"),),
        denominator=category(f"asked about {form} violence", variable, "yes", "no"),
        numerator=category(f"subjected to {form} violence", variable, "yes"),
        sdmx_series=(("", code),) if code else (),
    )


INDICATOR = Indicator(
    number="16.1.3",
    title=(
        "Proportion of population subjected to (a) physical violence, (b) psychological violence and (c) sexual "
        "violence in the previous 12 months"
    ),
    custodian="UNODC",
    series=tuple(_violence(form, code) for form, code in CODES.items()),
    official_disaggregations=("sex", "age_group"),
    census="Needs a victimisation survey.",
    caveats=("The ages asked are the survey's: surveys of other ages do not compare.",),
    sources=("S8", "indicators.md 2: 16.1.3"),
)
