"""What the summary of a run says of numbers that are hidden or blurred, and of the totals beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from harmonize.publishing import RunResult

SERIES = ("sample", "indicator", "series")


def protection_lines(result: RunResult) -> list[str]:
    """A line each: how many numbers are hidden, why the total of everybody is, and how many totals there are."""
    return [*_hidden_lines(result.run), *_everybody_line(result.estimates), *_totals_line(result.estimates)]


def _hidden_lines(run: Mapping[str, Any]) -> list[str]:
    """How many numbers disclosure control hides."""
    protection = run.get("protection", {})
    hidden, method = protection.get("suppressed", {}), str(run.get("protect", "none"))
    if method == "none" or not hidden:
        return []
    lines = []
    if method != "suppress":
        how = "have noise by cell key" if method == "cell-key" else f"are rounded to {method.partition(':')[2]}"
        lines.append(f" counts {how}, and what is made of them: tables do not add up")
    if not any(hidden.values()):
        return [*lines, *([] if lines else [" no number is suppressed"])]
    numbers = "1 number is" if hidden["C"] == 1 else f"{hidden['C']:,} numbers are"
    return [*lines, f" {numbers} suppressed, {hidden['D']:,} more to protect them: see private/release_log.csv"]


def _everybody_line(estimates: pl.DataFrame) -> list[str]:
    """Where both groups are shown and everybody is not, as the rest of everybody, of unknown status, is hidden.

    It tells no more than conf_status does.
    """
    plain = {"statistic": "level", "adjustment": "none", "definition": "default", "status_of": "self"}
    levels = estimates.filter(
        pl.col("unit") != "count",
        pl.col("disaggregation").is_in(["total", "migratory_status"]),
        *(pl.col(name) == value for name, value in plain.items()),
    )
    of, shown = pl.col("migratory_status"), pl.col("conf_status") == "F"
    series = levels.group_by(SERIES).agg(
        everybody=(of.eq("_T") & ~shown).any(),
        groups=(of.is_in(["migrant", "non_migrant"]) & shown).sum() == 2,
        unknown=(of.eq("unknown") & ~shown).any(),
    )
    hidden = series.select(pl.all_horizontal("everybody", "groups", "unknown").sum()).item()
    if not hidden:
        return []
    return [
        f" the total of everybody is suppressed in {hidden:,} of {series.height:,} series: less migrants and "
        "non-migrants it would give back the suppressed numbers of unknown migratory status. To have it, settle who "
        "is of unknown status, or take --protect cell-key (docs/disclosure.md says more)"
    ]


def _totals_line(estimates: pl.DataFrame) -> list[str]:
    """How many totals there are, and how many of them are hidden."""
    totals = estimates.filter(pl.col("unit") == "count")
    if not totals.height:
        return []
    hidden = totals.filter(pl.col("conf_status") != "F").height
    suppressed = f", {hidden:,} of them suppressed as their shares are" if hidden else ""
    return [f" {totals.height:,} totals, how many persons a share is of, are the rows of unit count{suppressed}"]
