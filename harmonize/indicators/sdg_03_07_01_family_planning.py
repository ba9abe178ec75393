"""SDG 3.7.1: women whose need for family planning is met by a modern method.

Of women aged 15–49 who use a method, or whose partner does, and of those with an unmet need. The global
series is of women married or in a union; here are both.
"""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Series
from harmonize.indicators.populations import aged, all_of, category, in_union, women

METHOD = "family_planning_modern"
IN_NEED = category("with a need for family planning", METHOD, "yes", "no")
SATISFIED = category("whose need is met by a modern method", METHOD, "yes")

ALL_WOMEN = Series(
    indicator="3.7.1",
    name="family_planning",
    title="Need for family planning met by modern methods, women aged 15–49",
    base=(women(), aged(15, 49)),
    # not applicable: no need, or not asked
    needs=(Need(METHOD, not_applicable="no"),),
    denominator=IN_NEED,
    numerator=SATISFIED,
)

WOMEN_IN_UNION = Series(
    indicator="3.7.1",
    name="family_planning_in_union",
    title="Need for family planning met by modern methods, women aged 15–49 married or in a union",
    base=(women(), aged(15, 49)),
    needs=(Need("marital_status", not_applicable="narrow"), Need(METHOD, when=in_union(), not_applicable="no")),
    denominator=all_of(in_union(), IN_NEED),
    numerator=SATISFIED,
    sdmx_series=(("", "SH_FPL_MTMM"),),
)

INDICATOR = Indicator(
    number="3.7.1",
    title=(
        "Proportion of women of reproductive age (aged 15–49 years) who have their need for family planning satisfied "
        "with modern methods"
    ),
    custodian="UN Population Division",
    series=(ALL_WOMEN, WOMEN_IN_UNION),
    official_disaggregations=("age_group", "marital_status", "urban_rural"),
    census="Needs a survey of women: method used, wish for children, recent births.",
    caveats=(
        "The mapping's answer holds the need: a woman who wants a child soon, or can have none, has no answer.",
        "Some surveys ask only women who are or were married; then the first series is of them.",
    ),
    sources=("UN metadata 3.7.1: definition, method of computation", "SDG series list: SH_FPL_MTMM"),
)
