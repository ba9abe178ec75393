"""SDG 4.1.2: young persons who completed primary, lower secondary, upper secondary education.

Of persons 3 to 5 years above the intended age for the last grade. With school from 6 years on, and 6, 3 and 3
grades, the last grades are for the ages of 11, 14 and 17, so that the shares are of persons aged 14–16, 17–19
and 20–22. A mapping may state that the country's schools are so; else it is a proxy.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, category

ATTAINMENT = "educational_attainment"
ENTRANCE_AGE = 6
# from the lowest: name, words, category, its grades
LEVELS = (
    ("primary", "primary", "primary", 6),
    ("lower_secondary", "lower secondary", "lower_secondary", 3),
    ("upper_secondary", "upper secondary", "upper_secondary", 3),
)
HIGHER = ("post_secondary", "tertiary")
# a secondary level that is not split is above primary; of lower and upper secondary it does not tell
NOT_SPLIT = "secondary"


def _completed(place: int) -> Series:
    """The series of the level at that place of LEVELS."""
    name, words, _, _ = LEVELS[place]
    grades = sum(level[3] for level in LEVELS[: place + 1])
    low, high = (ENTRANCE_AGE + grades - 1 + years for years in (3, 5))
    enough = [level[2] for level in LEVELS[place:]] + list(HIGHER)
    return Series(
        indicator="4.1.2",
        name=f"completion_{name}",
        title=f"Completed {words} education, persons aged {low}–{high}",
        base=(aged(low, high),),
        needs=(Need(ATTAINMENT, not_applicable="narrow", undecidable=() if place == 0 else (NOT_SPLIT,)),),
        numerator=category(
            f"who completed {words} education", ATTAINMENT, *enough, *((NOT_SPLIT,) if place == 0 else ())
        ),
        proxies=(Proxy("school_ages_assumed", unless=(ATTAINMENT, "school_years", "from_6_6_3_3")),),
        sdmx_series=(("", "SE_TOT_CPLR"),),
    )


INDICATOR = Indicator(
    number="4.1.2",
    title="Completion rate (primary education, lower secondary education, upper secondary education)",
    custodian="UNESCO Institute for Statistics",
    series=tuple(_completed(place) for place in range(len(LEVELS))),
    official_disaggregations=("sex", "urban_rural"),
    census="Exact where the level completed is asked and schools start at 6 with 6, 3 and 3 grades; else a proxy.",
    caveats=(
        "Who started late or repeated a grade may complete the level later.",
        "A migrant's school may have been another country's, with other grades at other ages.",
    ),
    sources=("UN metadata 4.1.2: definition, concepts, method of computation", "indicators.md 2: 4.1.1"),
)
