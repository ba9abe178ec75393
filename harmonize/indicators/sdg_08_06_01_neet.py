"""SDG 8.6.1: youth not in education, employment or training."""

from __future__ import annotations

from harmonize.indicators.model import Indicator, Need, Proxy, Series
from harmonize.indicators.populations import (
    aged,
    all_of,
    not_attending_school,
    not_employed,
    not_in_training,
)

NEET = Series(
    indicator="8.6.1",
    name="neet",
    title="Not in education, employment or training, persons aged 15–24",
    base=(aged(15, 24),),
    needs=(
        Need("labour_force_status", not_applicable="narrow"),
        Need("school_attendance", not_applicable="narrow"),
        Need("training_12_months", not_applicable="no", optional=True, without="no_training"),
    ),
    numerator=all_of(not_employed(), not_attending_school(), not_in_training()),
    proxies=(Proxy("full_time_students", only=("school_attendance", "students", "full_time")),),
    sdmx_series=(("icls13", "SL_TLF_NEET"), ("icls19", "SL_TLF_NEET_19ICLS")),
)

INDICATOR = Indicator(
    number="8.6.1",
    title="Proportion of youth (aged 15-24 years) not in education, employment or training",
    custodian="International Labour Organization",
    series=(NEET,),
    official_disaggregations=("sex", "age_group"),
    census="Exact but for training outside school, which censuses seldom ask.",
    caveats=(
        "Members of the armed forces are employed.",
        "Training over 12 months, or attendance over three as the US asks it, is longer than the official four weeks.",
    ),
    sources=("S8", "S15", "S19", "S20"),
)
