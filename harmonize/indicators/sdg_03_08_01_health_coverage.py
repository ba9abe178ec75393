"""SDG 3.8.1: coverage of essential health services, of which a census has health insurance at most."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category

INSURANCE = Series(
    indicator="3.8.1",
    name="health_insurance",
    title="Covered by health insurance",
    needs=(Need("health_insurance", not_applicable="narrow"),),
    numerator=category("covered by health insurance", "health_insurance", "yes"),
    proxies=(Proxy("insurance_alone"),),
)

INDICATOR = Indicator(
    number="3.8.1",
    title="Coverage of essential health services",
    custodian="World Health Organization",
    series=(INSURANCE,),
    census="Not from a census: an index of 14 tracers from surveys and administrative data (SH_ACS_UNHC).",
    caveats=("Insurance is no care, and where care is free for all there may be none.",),
    sources=("S8", "indicators.md 2: 3.8.1"),
)
