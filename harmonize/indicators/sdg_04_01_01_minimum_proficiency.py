"""SDG 4.1.1: children who read, and calculate, at least at the minimum proficiency level: an assessment's."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import category


def _proficient(name: str, words: str) -> Series:
    variable = f"{name}_proficiency"
    return Series(
        indicator="4.1.1",
        name=name,
        title=f"At least minimum proficiency in {words}, of those assessed",
        # not applicable: not assessed
        needs=(Need(variable, not_applicable="no"),),
        denominator=category(f"assessed in {words}", variable, "yes", "no"),
        numerator=category(f"with minimum proficiency in {words}", variable, "yes"),
        proxies=(Proxy("grades_not_told"),),
    )


INDICATOR = Indicator(
    number="4.1.1",
    title=(
        "Proportion of children and young people (a) in grades 2/3; (b) at the end of primary; and (c) at the end of "
        "lower secondary achieving at least a minimum proficiency level in (i) reading and (ii) mathematics, by sex"
    ),
    custodian="UNESCO Institute for Statistics",
    series=(_proficient("reading", "reading"), _proficient("mathematics", "mathematics")),
    official_disaggregations=("sex",),
    census="Needs an assessment.",
    caveats=("Children out of school are in it only if the assessment reaches them.",),
    sources=("S8", "indicators.md 2: 4.1.1"),
)
