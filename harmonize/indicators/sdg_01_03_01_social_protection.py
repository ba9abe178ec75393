"""SDG 1.3.1: persons covered by social protection, and two branches of it that a census may ask about."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category, employed

# The official share of older persons is of those above the pensionable age, which differs by country and sex.
PENSION_AGE = 65

ANY = Series(
    indicator="1.3.1",
    name="social_protection",
    title="Covered by at least one social protection benefit",
    needs=(Need("social_protection_any", not_applicable="narrow"),),
    numerator=category("covered by at least one benefit", "social_protection_any", "yes"),
    sdmx_series=(("", "SI_COV_BENFTS"),),
)

PENSION = Series(
    indicator="1.3.1",
    name="pension",
    title=f"Receiving a pension, persons aged {PENSION_AGE} and over",
    base=(aged(PENSION_AGE),),
    needs=(Need("receives_pension", not_applicable="narrow"),),
    numerator=category("who receive a pension", "receives_pension", "yes"),
    proxies=(Proxy("pension_age_65"),),
)

CONTRIBUTORS = Series(
    indicator="1.3.1",
    name="contributors",
    title="Contributing to social security, of the employed aged 15 and over",
    base=(aged(15),),
    needs=(
        Need("labour_force_status", not_applicable="narrow"),
        Need("contributes_to_social_security", when=employed()),
    ),
    denominator=employed(),
    numerator=category("for whom contributions are paid", "contributes_to_social_security", "yes"),
    proxies=(Proxy("part_of_social_protection"),),
)

INDICATOR = Indicator(
    number="1.3.1",
    title=(
        "Proportion of population covered by social protection floors/systems, by sex, distinguishing children, "
        "unemployed persons, older persons, persons with disabilities, pregnant women, newborns, work-injury victims "
        "and the poor and the vulnerable"
    ),
    custodian="International Labour Organization",
    series=(ANY, PENSION, CONTRIBUTORS),
    official_disaggregations=("sex",),
    census="Mostly surveys and administrative data; a census has parts of it.",
    caveats=(
        "Health insurance is not among the benefits.",
        "Benefits in kind, and those that the person does not know of, are missed by asking.",
    ),
    sources=("S8", "indicators.md 2: 1.3.1"),
)
