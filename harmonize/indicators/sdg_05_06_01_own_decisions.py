"""SDG 5.6.1: women who decide on their own health care, on contraception, and can say no to sex.

Of women aged 15–49 married or in a union; only who decides on all three counts. A decision taken together
with the husband or partner is her own too.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category, in_union, women


def _decision(name: str, title: str, variable: str, words: str, code: str) -> Series:
    return Series(
        indicator="5.6.1",
        name=name,
        title=f"{title}, women aged 15–49 married or in a union",
        base=(women(), aged(15, 49)),
        needs=(Need("marital_status", not_applicable="narrow"), Need(variable, when=in_union())),
        denominator=in_union(),
        numerator=category(words, variable, "yes"),
        sdmx_series=(("", code),),
    )


DECISIONS = (
    _decision(
        "decides_health_care",
        "Decides on her own health care",
        "decides_health_care",
        "who decide on their health care",
        "SH_FPL_INFMRH",
    ),
    _decision(
        "decides_contraception",
        "Decides on contraception",
        "decides_contraception",
        "who decide on contraception",
        "SH_FPL_INFMCU",
    ),
    _decision(
        "can_refuse_sex",
        "Can say no to sexual intercourse",
        "can_refuse_sex",
        "who can say no to sexual intercourse",
        "SH_FPL_INFMSR",
    ),
)

ALL_THREE = Series(
    indicator="5.6.1",
    name="own_decisions",
    title="Decides on all of the matters that the sample asks about, women aged 15–49 married or in a union",
    denominator=in_union(),
    components=DECISIONS,
    official_components=len(DECISIONS),
    sdmx_series=(("", "SH_FPL_INFM"),),
)

INDICATOR = Indicator(
    number="5.6.1",
    title=(
        "Proportion of women aged 15–49 years who make their own informed decisions regarding sexual relations, "
        "contraceptive use and reproductive health care"
    ),
    custodian="UNFPA",
    series=(ALL_THREE, *DECISIONS),
    official_disaggregations=("age_group", "urban_rural", "educational_attainment"),
    census="Needs a survey of women.",
    caveats=(
        "The fewer of the three a sample asks, the higher its share.",
        "A woman who is not sure whether she can say no can't, as the official number has it.",
    ),
    sources=("UN metadata 5.6.1: definition", "SDG series list: SH_FPL_INFM and its three parts"),
)
