"""SDG 8.10.2: adults with an account at a bank or other financial institution, or with mobile money."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category

ACCOUNT = "account_ownership"

OWNERS = Series(
    indicator="8.10.2",
    name="account_ownership",
    title="With an account or mobile money, persons aged 15 and over asked about it",
    base=(aged(15),),
    # not applicable: not chosen for the module
    needs=(Need(ACCOUNT, not_applicable="no"),),
    denominator=category("asked about it", ACCOUNT, "yes", "no"),
    numerator=category("with an account or mobile money", ACCOUNT, "yes"),
    sdmx_series=(("", "FB_BNK_ACCSS"),),
)

INDICATOR = Indicator(
    number="8.10.2",
    title=(
        "Proportion of adults (15 years and older) with an account at a bank or other financial institution or with a "
        "mobile-money-service provider"
    ),
    custodian="World Bank",
    series=(OWNERS,),
    official_disaggregations=("sex", "age_group", "urban_rural", "educational_attainment"),
    census="Needs a survey; a few censuses ask for a bank account alone.",
    caveats=(
        "An account held alone or with others counts, and mobile money used in the last 12 months.",
        "Where mobile money was not asked the share is too low.",
    ),
    sources=("UN metadata 8.10.2: definition, concepts",),
)
