"""The status of every series for a sample, as `harmonize indicators` and run.json list it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harmonize.indicators.asked import Availability
from harmonize.indicators.availability import Status, resolve
from harmonize.indicators.model import Indicator
from harmonize.indicators.reasons import Reason


@dataclass(frozen=True)
class IndicatorStatus:
    """One series of one indicator for one sample."""

    number: str
    series: str
    status: Status
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


def availability(source: Any, indicators: Iterable[Indicator] | None = None) -> list[IndicatorStatus]:
    """The status of every series of every indicator, none skipped, in the registry's order.

    source: an Availability, a Mapping or a Harmoniser.
    """
    if indicators is None:
        from harmonize.indicators import INDICATORS

        indicators = INDICATORS.values()
    has = source if isinstance(source, Availability) else Availability.of(source)
    return [
        IndicatorStatus(each.indicator, each.name, done.status, done.reasons, done.missing)
        for indicator in indicators
        for each in indicator.shown
        for done in (resolve(each, has),)
    ]
