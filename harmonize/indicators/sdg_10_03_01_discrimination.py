"""SDG 10.3.1 (and 16.b.1): adults who felt discriminated against or harassed in the last 12 months."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, category

FELT = "discrimination_12_months"

DISCRIMINATION = Series(
    indicator="10.3.1",
    name="discrimination",
    title="Felt discriminated against or harassed in the last 12 months, persons aged 18 and over",
    base=(aged(18),),
    needs=(Need(FELT, not_applicable="narrow"),),
    numerator=category("who felt discriminated against", FELT, "yes"),
    sdmx_series=(("", "VC_VOV_GDSD"),),
)

INDICATOR = Indicator(
    number="10.3.1",
    title=(
        "Proportion of population reporting having personally felt discriminated against or harassed in the previous "
        "12 months on the basis of a ground of discrimination prohibited under international human rights law"
    ),
    custodian="OHCHR",
    series=(DISCRIMINATION,),
    census="Needs a survey. The same as 16.b.1.",
    caveats=("What a person feels and says, not what was found by a court; groups differ in how they answer.",),
    sources=("S23", "indicators.md 2: 10.3.1"),
)
