"""SDG 8.7.1: children aged 5–17 who work as many hours as is child labour at their age.

Economic activity of at least one hour a week at 5–11, 14 hours at 12–14, 43 hours at 15–17. A second series
adds household chores of 21 hours and more at 5–14. Reporting on the SDGs takes these hours to stand for hazardous
work too; a third series, of national use, adds hazardous work of fewer hours where it was asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, all_of, any_of, category, employed

if TYPE_CHECKING:
    import polars as pl

HOURS, CHORES, HAZARDOUS = "hours_worked_week", "chores_hours_week", "hazardous_work"
LEAST_HOURS = ((5, 11, 1), (12, 14, 14), (15, 17, 43))  # ages, and hours a week from which it is child labour
LEAST_CHORES = (5, 14, 21)


def _at_least(variable: str, hours: int) -> Population:
    def build() -> pl.Expr:
        import polars as pl

        return pl.col(variable) >= hours

    return Population(f"for {hours} hours a week or more", (variable,), build)


WORKING = any_of(*(all_of(aged(low, high), employed(), _at_least(HOURS, hours)) for low, high, hours in LEAST_HOURS))
IN_HAZARD = all_of(employed(), category("in hazardous work", HAZARDOUS, "yes"))
DOING_CHORES = all_of(aged(*LEAST_CHORES[:2]), _at_least(CHORES, LEAST_CHORES[2]))
# child labour is by the hours worked in the week that employment is of
NOT_OF_THE_WEEK = tuple(Proxy("hours_not_actual", only=(HOURS, "hours", other)) for other in ("usual", "differs"))
NEEDS = (
    Need("labour_force_status", not_applicable="narrow"),
    Need(HOURS, when=employed(), single=True),
)

LABOUR = Series(
    indicator="8.7.1",
    name="child_labour",
    title="In economic activity for the hours of child labour at their age, children aged 5–17",
    base=(aged(5, 17),),
    needs=NEEDS,
    numerator=WORKING,
    proxies=NOT_OF_THE_WEEK,
    sdmx_series=(("", "SL_TLF_CHLDEA"),),
)

LABOUR_AND_CHORES = Series(
    indicator="8.7.1",
    name="child_labour_and_chores",
    title="In economic activity or household chores for the hours of child labour at their age, children aged 5–17",
    base=(aged(5, 17),),
    needs=(*NEEDS, Need(CHORES, when=aged(*LEAST_CHORES[:2]), not_applicable="zero", single=True)),
    numerator=any_of(WORKING, DOING_CHORES),
    proxies=NOT_OF_THE_WEEK,
    sdmx_series=(("", "SL_TLF_CHLDEC"),),
)

LABOUR_OR_HAZARD = Series(
    indicator="8.7.1",
    name="child_labour_or_hazardous_work",
    title="In economic activity for the hours of child labour at their age, or in hazardous work, children aged 5–17",
    base=(aged(5, 17),),
    needs=(*NEEDS, Need(HAZARDOUS, when=employed())),
    numerator=any_of(WORKING, IN_HAZARD),
    proxies=(*NOT_OF_THE_WEEK, Proxy("with_hazardous_work")),
)

INDICATOR = Indicator(
    number="8.7.1",
    title="Proportion and number of children aged 5-17 years engaged in child labour, by sex and age",
    custodian="International Labour Organization, UNICEF",
    series=(LABOUR, LABOUR_AND_CHORES, LABOUR_OR_HAZARD),
    official_disaggregations=("sex", "age_group"),
    census="A proxy: work is usually asked from 10 or 15 years, hours often not.",
    caveats=(
        "43 and 21 hours are child labour, as UNICEF has it and the metadata's heading; its list says 'more than'.",
        "Fetching water and wood count as chores in reporting on the SDGs; a census may have them as work.",
        "Work without pay in a family's farm or shop is economic activity; a census may miss it.",
        "The season of the census matters where children work in harvests.",
    ),
    sources=(
        "S8",
        "S21",
        "S22",
        "UN metadata 8.7.1: definition, concepts, comment and limitations",
        "UNICEF, childinfo.org, definition of child labour: at least 1, 14 and 43 hours",
        "SDG series list: SL_TLF_CHLDEA, SL_TLF_CHLDEC",
    ),
)
