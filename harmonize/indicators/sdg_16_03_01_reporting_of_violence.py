"""SDG 16.3.1: victims of violence in the last 12 months who told the police or another competent authority."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import category

# forms of violence, with the code of the global series of the police
CODES = {"physical": "VC_PRR_PHYV", "psychological": "", "sexual": "VC_PRR_SEXV"}


def _reported(form: str, code: str) -> Series:
    violence = f"violence_{form}_12_months"
    reported = f"violence_{form}_reported"
    victims = category(f"subjected to {form} violence", violence, "yes")
    return Series(
        indicator="16.3.1",
        name=f"{form}_violence_reported",
        title=f"Told an authority of {form} violence in the last 12 months, of its victims",
        # not applicable: not asked about violence; a victim must be known to have told or not
        needs=(Need(violence, not_applicable="no"), Need(reported, when=victims)),
        denominator=victims,
        numerator=category(f"who told an authority of {form} violence", reported, "yes"),
        sdmx_series=(("", code),) if code else (),
    )


INDICATOR = Indicator(
    number="16.3.1",
    title=(
        "Proportion of victims of violence in the previous 12 months who reported their victimization to competent "
        "authorities or other officially recognized conflict resolution mechanisms"
    ),
    custodian="UNODC",
    series=tuple(_reported(form, code) for form, code in CODES.items()),
    official_disaggregations=("sex", "migratory_status", "citizenship_status"),
    census="Needs a victimisation survey.",
    caveats=(
        "Victims are few: read the number of persons beside each share.",
        "Persons, not events: of several the survey asks about one, mostly the last.",
        "Authorities are the police, prosecutors and others that can act, and recognised courts of custom.",
    ),
    sources=(
        "UN metadata 16.3.1: definition, concepts, disaggregation",
        "SDG series list: VC_PRR_PHYV, VC_PRR_SEXV",
    ),
)
