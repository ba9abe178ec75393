"""SDG 4.6.1: functional literacy, for which a census has reported literacy (4.6.2 until 2016), and numeracy."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category

NEEDS = (Need("literacy", not_applicable="narrow"),)
PROXIES = (Proxy("reported_literacy"),)
LITERATE = category("able to read and write", "literacy", "literate")

ADULTS = Series(
    indicator="4.6.1",
    name="literacy_15_plus",
    title="Literate, persons aged 15 and over",
    base=(aged(15),),
    needs=NEEDS,
    numerator=LITERATE,
    proxies=PROXIES,
)

YOUTH = Series(
    indicator="4.6.1",
    name="literacy_15_24",
    title="Literate, persons aged 15–24",
    base=(aged(15, 24),),
    needs=NEEDS,
    numerator=LITERATE,
    proxies=PROXIES,
)

NUMERACY = Series(
    indicator="4.6.1",
    name="numeracy",
    title="At least a fixed level of functional numeracy, persons aged 15 and over",
    base=(aged(15),),
    needs=(Need("numeracy", not_applicable="narrow"),),
    numerator=category("who reach the level of numeracy", "numeracy", "yes"),
    sdmx_series=(("", "SE_ADT_FUNS"),),
)

INDICATOR = Indicator(
    number="4.6.1",
    title=(
        "Proportion of population in a given age group achieving at least a fixed level of proficiency "
        "in functional (a) literacy and (b) numeracy skills, by sex"
    ),
    custodian="UNESCO Institute for Statistics",
    series=(ADULTS, YOUTH, NUMERACY),
    official_disaggregations=("sex",),
    census="A proxy: literacy as the person, or another of the household, reports it.",
    caveats=("Literacy is reported in some language, not tested in that of the country.",),
    sources=("S8", "indicators.md 2: 4.6.1"),
)
