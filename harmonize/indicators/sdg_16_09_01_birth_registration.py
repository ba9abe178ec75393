"""SDG 16.9.1: children under 5 whose birth was registered.

By the child's own status migrants are the few born abroad: most children of migrants are born in the
country. So it is also by the mother's status, by nativity.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category

BIRTH_REGISTRATION = Series(
    indicator="16.9.1",
    name="birth_registration_under_5",
    title="Birth registered with a civil authority, children under 5",
    base=(aged(None, 4),),
    needs=(Need("birth_registered", not_applicable="narrow"),),
    numerator=category("whose birth was registered", "birth_registered", "yes"),
    sdmx_series=(("", "SG_REG_BRTH"),),
    also_by_mother=True,
)

INDICATOR = Indicator(
    number="16.9.1",
    title=(
        "Proportion of children under 5 years of age whose births have been registered with a civil authority, by age"
    ),
    custodian="UNICEF",
    series=(BIRTH_REGISTRATION,),
    official_disaggregations=("age",),
    census="Exact where asked: a certificate, seen or not, or a birth reported as registered.",
    caveats=(
        "By the child's own status migrants are few: most children of migrants are born in the country. By the "
        "mother's (status_of mother), where her birthplace is known, it is always by nativity, never by citizenship.",
        "Births that nobody reports in the census are not in it.",
    ),
    sources=("S26",),
)
