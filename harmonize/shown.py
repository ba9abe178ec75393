"""How estimates are made of sums and shown: what `run`, `tabulate` and `merge` have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmonize.estimate.reliability import USUAL, Reliability
from harmonize.estimate.taylor import Singleton
from harmonize.protect.protection import Protection


@dataclass(frozen=True)
class Shown:
    """formats: of the estimates. singleton: what a stratum of one cluster adds to a variance. level: of intervals, in
    percent. allow_unmapped: whether codes that the mapping does not list count as unknown.
    """

    formats: Sequence[str]
    protection: Protection
    singleton: Singleton = "centered"
    level: float = 95
    allow_unmapped: bool = False
    reliability: Reliability = USUAL
