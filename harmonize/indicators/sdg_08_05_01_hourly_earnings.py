"""SDG 8.5.1: mean earnings an hour of employees, and the gap between migrants and non-migrants.

Each employee's earnings divided by the hours of the same period, then the mean over employees. Earnings of a
month are those of 52/12 weeks, of a year those of 52. The gap is what migrants have less, in per cent of what
non-migrants have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.later import later
from harmonize.indicators.model import Amount, Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, all_of, category, employed

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

EARNINGS, HOURS = "earnings", "hours_worked_week"
EMPLOYEES = all_of(employed(), category("employees", "status_in_employment", "employee"))
WEEKS = {"week": 1.0, "month": 52 / 12, "year": 52.0}


def _hours_and_no_loss() -> pl.Expr:
    import polars as pl

    return (pl.col(HOURS) > 0) & (pl.col(EARNINGS) >= 0)


def _earned() -> pl.Expr:
    import polars as pl

    return pl.col(EARNINGS) > 0


def _an_hour(has: Availability) -> pl.Expr:
    import polars as pl

    period = has.variables[EARNINGS].options["period"]
    return pl.col(EARNINGS) if period == "hour" else pl.col(EARNINGS) / WEEKS[period] / pl.col(HOURS)


HAVE_WORKED = Population("with hours of work and no negative earnings", (HOURS, EARNINGS), _hours_and_no_loss)

MEAN = Series(
    indicator="8.5.1",
    name="mean_hourly",
    title="Mean earnings an hour of employees aged 15 and over",
    unit="currency",
    base=(aged(15),),
    needs=(
        Need("labour_force_status", not_applicable="narrow"),
        Need("status_in_employment", when=employed()),
        Need(EARNINGS, when=EMPLOYEES, single=True),
        Need(HOURS, when=EMPLOYEES, single=True),
    ),
    denominator=all_of(EMPLOYEES, HAVE_WORKED),
    numerator=Population("with earnings", (EARNINGS,), _earned),
    amount=Amount("earnings an hour", (EARNINGS, HOURS), _an_hour, decimals=4, options=((EARNINGS, "period"),)),
    proxies=(Proxy("weeks_assumed", only=(EARNINGS, "period", "year")), Proxy("top_coded", top_coded=EARNINGS)),
    contrasts=("difference", "ratio", "gap"),
    sdmx_series=(("", "SL_EMP_EARN"),),
)

# The median takes the distribution of all values, and the other mean a denominator of hours.
NOT_YET = tuple(
    later("8.5.1", name, title, "age labour_force_status status_in_employment earnings hours_worked_week", "currency")
    for name, title in (
        ("median_hourly", "Median earnings an hour, employees"),
        ("mean_hourly_hours_weighted", "All earnings by all hours, employees"),
    )
)

INDICATOR = Indicator(
    number="8.5.1",
    title="Average hourly earnings of employees, by sex, age, occupation and persons with disabilities",
    custodian="International Labour Organization",
    series=(MEAN, *NOT_YET),
    official_disaggregations=("sex", "age_group", "occupation", "disability"),
    census="Exact where earnings and hours of the same period are asked.",
    caveats=(
        "In the currency of the country at the time; samples do not compare.",
        "Employees without hours of work are not in it.",
        "The gap (statistic gap, in estimates.csv and on the sheet Data) is what migrants earn less, in per cent of "
        "what non-migrants earn: above 0 where they earn less, and so of the opposite sign from the difference.",
        "The mean over employees weighs a short week as a long one; all earnings over all hours would not.",
        "The median, and all earnings over all hours, are not in this version.",
    ),
    sources=("S8", "methods.md: 8.5.1"),
)
