"""Which rows of quality.csv are hidden: few persons or households (C), and what would tell of them (D)."""

from __future__ import annotations

from collections.abc import Mapping

from harmonize.protect.hidden import Hidden
from harmonize.protect.protection import Protection
from harmonize.quality.measures import Reading
from harmonize.tabulate.statuses import BASES
from harmonize.tabulate.table import TOTAL


def conf_statuses(
    found: Mapping[str, Reading], tells: str, hidden: Hidden, basis: str, protection: Protection
) -> dict[str, str]:
    """Status -> conf_status of its row.

    found: of one measure, by status. tells: the variable of which it tells how many are unknown, empty where it tells
    of none. hidden: what the estimates of the sample hide. A row that is withheld hides no other: from coarse values
    none finer follows.
    """
    if protection.method == "none":
        return dict.fromkeys(found, "F")
    few = {status for status, reading in found.items() if _few(reading, protection)}
    of_basis = BASES[basis][0] if basis else ""
    statuses = bool(few - {TOTAL}) or hidden.migrants or bool({of_basis, tells} & hidden.unknown)
    total = tells in hidden.unknown or any(abs(found[TOTAL].n - n) < protection.min_count for n in hidden.totals)
    rests = {TOTAL: total, "unknown": total or statuses}  # of both groups together everybody's would follow
    own = few | {status for status, reading in found.items() if reading.withheld}
    return {status: "C" if status in own else "D" if rests.get(status, statuses) else "F" for status in found}


def _few(reading: Reading, protection: Protection) -> bool:
    """Whether persons or households of a part are fewer than the minimum, but somebody."""
    least, households = protection.min_count, protection.min_households
    return reading.few or any(
        part.persons and (part.persons < least or part.households < households) for part in reading.parts
    )
