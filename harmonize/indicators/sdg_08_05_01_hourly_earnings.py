"""SDG 8.5.1: mean and median earnings an hour of employees, and the gap between migrants and non-migrants.

Each employee's earnings divided by the hours of the same period, then the mean or median over employees; or
all earnings over all hours. Earnings of a month are those of 52/12 weeks; of a year those of the weeks worked in
it, of the middle of their class where classes alone are known, else of 52. The gap is what migrants have less, in
per cent of what non-migrants have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harmonize.indicators.model import Amount, Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import aged, all_of, category, employed

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

EARNINGS, HOURS = "earnings", "hours_worked_week"
WORKED, IN_CLASSES = "weeks_worked_12_months", "weeks_worked_12_months_in_classes"
EMPLOYEES = replace(all_of(employed(), category("employees", "status_in_employment", "employee")), words="employees")
YEAR = 52.0
WEEKS = {"week": 1.0, "month": 52 / 12, "year": YEAR}


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


def _a_week(has: Availability) -> pl.Expr:
    import polars as pl

    period = has.variables[EARNINGS].options["period"]
    return pl.col(EARNINGS) * pl.col(HOURS) if period == "hour" else pl.col(EARNINGS) / WEEKS[period]


def _hours(has: Availability) -> pl.Expr:
    import polars as pl

    return pl.col(HOURS)


def _weeks(variable: str, has: Availability) -> pl.Expr:
    """The weeks worked, of a class its middle; null where unknown. The column has the lowest of a class."""
    import polars as pl

    weeks = pl.col(variable)
    for low, high in has.variables[variable].bands:
        weeks = pl.when(pl.col(variable) == low).then((low + min(high, YEAR)) / 2).otherwise(weeks)
    return weeks


def _worked(variable: str) -> Population:
    def build() -> pl.Expr:
        import polars as pl

        return pl.col(variable) > 0

    return Population("with weeks of work", (variable,), build)


HAVE_WORKED = Population("with hours of work and no negative earnings", (HOURS, EARNINGS), _hours_and_no_loss)

AN_HOUR = Amount("earnings an hour", (EARNINGS, HOURS), _an_hour, decimals=4, options=((EARNINGS, "period"),))
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
    denominator=replace(all_of(EMPLOYEES, HAVE_WORKED), words=f"employees {HAVE_WORKED.words}"),
    numerator=Population("with earnings", (EARNINGS,), _earned),
    amount=AN_HOUR,
    proxies=(Proxy("weeks_assumed", only=(EARNINGS, "period", "year")), Proxy("top_coded", top_coded=EARNINGS)),
    contrasts=("difference", "ratio", "gap"),
    sdmx_series=(("", "SL_EMP_EARN"),),
)

# each hour counts, not each employee: the weeks of a year cancel, unless they differ
BY_HOURS = replace(
    MEAN,
    name="mean_hourly_hours_weighted",
    title="All earnings over all hours of employees aged 15 and over",
    amount=replace(
        AN_HOUR, words="earnings a week", build=_a_week, per=_hours, per_words="hours a week", per_decimals=4
    ),
)


def by_weeks(series: Series, variable: str) -> Series:
    """The series where the weeks of the year that the earnings are of are known. variable: which of the two."""
    weeks = Need(variable, when=EMPLOYEES, single=variable == WORKED)
    known = () if variable == WORKED else (Proxy("weeks_in_classes"),)
    assert series.amount is not None
    assert series.denominator is not None

    def hours(has: Availability) -> pl.Expr:
        return _hours(has) * _weeks(variable, has) / YEAR

    def an_hour(has: Availability) -> pl.Expr:
        return _a_week(has) / hours(has)

    amount = replace(
        series.amount,
        needs=(*series.amount.needs, variable),
        options=(*series.amount.options, (variable, "same_period_as")),
    )
    if amount.per is None:
        amount = replace(amount, build=an_hour)
    else:
        amount = replace(amount, per=hours, per_words="hours of an average week")
    return replace(
        series,
        needs=(*series.needs, weeks),
        denominator=replace(
            all_of(series.denominator, _worked(variable)),
            words="employees with hours and weeks of work and no negative earnings",
        ),
        amount=amount,
        proxies=(*known, *(proxy for proxy in series.proxies if proxy.reason != "weeks_assumed")),
    )


def best(series: Series) -> Series:
    """By weeks, else by classes of weeks, else with 52 weeks to a year."""
    classes = replace(by_weeks(series, IN_CLASSES), otherwise=series)
    return replace(by_weeks(series, WORKED), otherwise=classes)


MEDIAN = replace(
    MEAN,
    name="median_hourly",
    title="Median earnings an hour of employees aged 15 and over",
    proxies=(Proxy("weeks_assumed", only=(EARNINGS, "period", "year")),),
    decided="median",
)

INDICATOR = Indicator(
    number="8.5.1",
    title="Average hourly earnings of employees, by sex, age, occupation and persons with disabilities",
    custodian="International Labour Organization",
    series=(best(MEAN), best(MEDIAN), best(BY_HOURS)),
    official_disaggregations=("sex", "age_group", "occupation", "disability"),
    census="Exact where earnings and hours of the same period are asked.",
    caveats=(
        "In the currency of the country at the time; samples do not compare.",
        "Employees without hours of work are not in it.",
        "The gap (statistic gap, in estimates.csv and on the sheet Data) is what migrants earn less, in per cent of "
        "what non-migrants earn: above 0 where they earn less, and so of the opposite sign from the difference.",
        "The mean over employees weighs a short week as a long one; all earnings over all hours do not.",
        "Of earnings of a year, the hours of a usual week are taken for each week worked.",
        "The median has Woodruff's interval; a top code does not move it.",
    ),
    sources=("S8", "methods.md: 8.5.1"),
)
