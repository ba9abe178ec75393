"""What is remarkable in quality.csv: a line where ages are heaped, one where much is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from harmonize.quality.heaping import HEAPED, ROUGH, whipple_class
from harmonize.tabulate.table import TOTAL

if TYPE_CHECKING:
    from harmonize.publishing import RunResult

MUCH = 0.10  # of the persons asked
GROUPS = {"migrant": "migrants", "non_migrant": "non-migrants"}
MOST_SAMPLES = 3


def quality_lines(result: RunResult) -> list[str]:
    """None where nothing is remarkable, as nothing is of a run that has no such table."""
    if result.quality is None:
        return []
    lines = []
    samples = result.quality["sample"].unique(maintain_order=True).to_list()
    for (sample,), rows in result.quality.group_by("sample", maintain_order=True):
        of = f" in {sample}" if len(samples) > 1 else ""
        lines += [f" {words}{of}: {told}" for words, told in (_heaped(rows), _unknown(rows)) if told]
    most = 2 * MOST_SAMPLES
    return lines if len(lines) <= most else [*lines[:most], f" and {len(lines) - most} more: see quality.csv"]


def _heaped(rows: pl.DataFrame) -> tuple[str, str]:
    """`Whipple 168, rough (migrants 190)`: of everybody, and of the groups that differ by more than chance."""
    found = {row["status"]: row for row in rows.filter(measure="whipple").iter_rows(named=True)}
    rough = {status: max(row["value"], ROUGH) for status, row in found.items() if row[HEAPED]}  # told, it may be less
    parts = []
    for status, index in rough.items():
        if status == TOTAL:
            parts.append(f"{index:.0f}, {whipple_class(index)}")
        elif status in GROUPS:
            parts.append(f"{index:.0f} of {GROUPS[status]}")
    return "age heaping", f"Whipple {', '.join(parts)}" if parts else ""


def _unknown(rows: pl.DataFrame) -> tuple[str, str]:
    """`12 % literacy, 15 % industry`: of everybody."""
    much = rows.filter((pl.col("measure") == "unknown_share") & (pl.col("status") == TOTAL) & (pl.col("value") >= MUCH))
    told = (f"{100 * row['value']:.0f} % {row['variable'].replace('_', ' ')}" for row in much.iter_rows(named=True))
    return "unknown of those asked", ", ".join(told)
