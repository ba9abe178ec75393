"""SDG 4.3.1: participation of youth and adults in education and training."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import aged, any_of, attending_school, in_training

NEEDS = (
    Need("school_attendance", not_applicable="narrow"),
    Need("training_12_months", not_applicable="no", optional=True, without="no_training"),
)
PROXIES = (
    Proxy("current_attendance", unless=("school_attendance", "period", "12_months")),
    Proxy("full_time_students", only=("school_attendance", "students", "full_time")),
)

YOUTH = Series(
    indicator="4.3.1",
    name="participation_15_24",
    title="In education or training, persons aged 15–24",
    base=(aged(15, 24),),
    needs=NEEDS,
    numerator=any_of(attending_school(), in_training()),
    proxies=PROXIES,
    sdmx_series=(("", "SE_ADT_EDUCTRN"),),
)

ADULTS = Series(
    indicator="4.3.1",
    name="participation_25_64",
    title="In education or training, persons aged 25–64",
    base=(aged(25, 64),),
    needs=NEEDS,
    numerator=any_of(attending_school(), in_training()),
    proxies=PROXIES,
    sdmx_series=(("", "SE_ADT_EDUCTRN"),),
)

INDICATOR = Indicator(
    number="4.3.1",
    title=(
        "Participation rate of youth and adults in formal and non-formal education and training "
        "in the previous 12 months, by sex"
    ),
    custodian="UNESCO Institute for Statistics",
    series=(YOUTH, ADULTS),
    official_disaggregations=("sex",),
    census="A proxy: censuses ask for attendance now, seldom for training, so the share is too low.",
    caveats=("Attendance on the day, and formal education alone, give a lower bound.",),
    sources=("S8", "S16"),
)
