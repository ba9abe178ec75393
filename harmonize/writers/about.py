"""What methods.csv says of a row of the estimates: of its series and sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
#: (sample, indicator, series, adjustment, status_of) -> a row of methods.csv
Methods = Mapping[tuple[str, ...], Row]

#: The adjustments that are not of a series with a title of its own: of these methods.csv has no rows.
ADJUSTED = {
    "standardised_age": "standardised for age",
    "standardised_age_sex": "standardised for age and sex",
}


def about_of(row: Row, methods: Methods) -> Row:
    """What methods.csv says of the series and sample of a row of the estimates."""
    adjustment = "none" if row["adjustment"] in ADJUSTED else row["adjustment"]
    return methods[row["sample"], row["indicator"], row["series"], adjustment, row["status_of"]]


def currencies(stated: Iterable[str | None]) -> list[str]:
    """The currencies in what methods.csv states, each once: of `earnings: USD; household_income: USD` USD."""
    return list(dict.fromkeys(each.rpartition(": ")[2] for text in stated if text for each in text.split("; ")))
