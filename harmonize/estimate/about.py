"""What the estimates table says of a series and of a sample beside their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from harmonize.estimate.reliability import USUAL, Reliability

# what a ratio is multiplied by, to be in its unit
FACTORS = {"percent": 100.0, "per_1000": 1e3, "per_10000": 1e4, "per_100000": 1e5, "currency": 1.0, "ratio": 1.0}


@dataclass(frozen=True)
class SeriesMeta:
    """What the table says of a series in one sample."""

    indicator: str
    series: str
    unit: str
    status_of: str
    measurement: str
    proxy_reason: str
    mean: bool = False  # of an amount, not a share of persons
    contrasts: tuple[str, ...] = ("difference", "ratio")
    levels: bool = True
    adjustment: str = "none"
    least_events: int = 0
    sensitive: bool = False
    modelled: bool = False  # of many sums
    reason_elsewhere: str = ""  # by country of birth and the like, where it is another
    counts_persons: bool = False  # a share of persons, so that those who have it can be counted

    @property
    def factor(self) -> float:
        """What its ratios are multiplied by."""
        return FACTORS[self.unit]


@dataclass(frozen=True)
class SampleMeta:
    """One sample: its place and time, the basis of migratory status, and how weights become persons.

    scale: fixed-point units of one weight; persons: weighted persons of one weight, None where the
    weights do not add up to a population; sampled: False for a full count, which has no se. reliability: when a
    number is unreliable. minimum: persons left out of a series of whom a release tells; 0 for all. totals: whether the
    persons of each share are counted too.
    """

    country: str
    year: int
    sample: str
    basis: str
    scale: float
    persons: float | None
    sampled: bool = True
    level: float = 95.0
    reliability: Reliability = USUAL
    minimum: int = 0
    totals: bool = False
