"""Which standard errors the numbers of a sample have: for run.json, and in words for whoever reads the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from harmonize.estimate.taylor import Ratios
from harmonize.mapping.model import Design
from harmonize.words import Words, words_in

ENGLISH = words_in("en")
JACKKNIFE = "jackknife over groups of clusters"  # of 3.2.1, whatever the design


def variance_of(design: Design) -> str:
    """What standard errors come from, as run.json has it."""
    if design.full_count:
        return "none: a full count has no sampling error"
    if design.replicate is None:
        return "taylor"
    return f"replicate weights ({design.replicate.method}, {len(design.replicate.columns)})"


def design_entry(design: Design, found: Ratios, rounded: Callable[[int], int]) -> dict[str, Any]:
    """The design of a sample, as run.json has it. rounded: how the number of clusters may be told."""
    entry: dict[str, Any] = {
        "strata": found.strata,
        "clusters": rounded(found.clusters),
        "singletons": found.singletons,
    }
    if design.replicate is not None:
        method, number = design.replicate.method, len(design.replicate.columns)
        entry["replicates"] = {"method": method, "number": number, "dropped": found.dropped}
    return entry


def error_words(variance: str, design: Mapping[str, Any], words: Words = ENGLISH) -> str:
    """`Taylor linearisation, 8 strata, 275 clusters`; empty where run.json does not tell.

    variance, design: see `variance_of` and `design_entry`.
    """
    if variance.startswith("none"):
        return words("none, a full count")
    if "replicates" in design:
        number, method = words.count(design["replicates"]["number"]), design["replicates"]["method"]
        return words("{number} replicate weights, {method}", number=number, method=method)
    if variance != "taylor" or not design:
        return ""
    strata, clusters = design["strata"], design["clusters"]
    return words(
        "Taylor linearisation, {strata}, {clusters}",
        strata=words("1 stratum") if strata == 1 else words("{n} strata", n=words.count(strata)),
        clusters=words("1 cluster") if clusters == 1 else words("{n} clusters", n=words.count(clusters)),
    )
