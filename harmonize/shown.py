"""How estimates are made of sums and shown: what `run`, `tabulate` and `merge` have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmonize.errors import UsageError
from harmonize.estimate.reliability import USUAL, Reliability
from harmonize.estimate.taylor import Singleton
from harmonize.protect.protection import Protection
from harmonize.words.words import ENGLISH
from harmonize.writers.sdmx.dsd import Dsd


@dataclass(frozen=True)
class Shown:
    """formats: of the estimates. singleton: what a stratum of one cluster adds to a variance. level: of intervals, in
    percent. allow_unmapped: whether codes that the mapping does not list count as unknown. totals: whether the persons
    of each share are counted too. dsd: that of SDMX, None for the one of the package.
    lang: of what is made to be read, see LANGUAGES.
    """

    formats: Sequence[str]
    protection: Protection
    singleton: Singleton = "centered"
    level: float = 95
    allow_unmapped: bool = False
    reliability: Reliability = USUAL
    totals: bool = False
    dsd: Dsd | None = None
    lang: str = ENGLISH


def refuse_totals_with_noise(totals: bool, protection: Protection) -> None:
    """Raises UsageError where totals were asked for beside counts with noise, of which their errors say nothing."""
    if totals and protection.method in ("cell-key", "round"):
        raise UsageError(
            f"--totals goes with --protect suppress or none, not with {protection.name}",
            "take --protect suppress, or leave --totals out: beside noise or rounding, population times the share is "
            "as near as a total can be told",
        )
