"""methods.csv: a row per sample and series, what was measured of whom and with what reservations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from harmonize.indicators.availability import Resolved
from harmonize.mapping.model import Mapping
from harmonize.rules import Harmoniser

COLUMNS = (
    "country", "year", "sample", "indicator", "series", "title", "measurement", "reasons", "universe", "numerator",
    "status_of", "reference_period", "standard", "age_floor", "population_base", "living_quarters", "top_codes",
    "notes",
)  # fmt: skip


def methods_table(
    samples: Sequence[dict[str, Any]], resolved: dict[str, list[Resolved]], mapping: Mapping, harmoniser: Harmoniser
) -> pl.DataFrame:
    """All text but `year`. samples: the entries of run.json; resolved: sample -> its series."""
    rows = [
        _row(sample, each, mapping, harmoniser)
        for sample in samples
        for each in resolved[str(sample["sample"])]
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={name: pl.Int64() if name == "year" else pl.String() for name in COLUMNS})


def _row(sample: dict[str, Any], done: Resolved, mapping: Mapping, harmoniser: Harmoniser) -> dict[str, Any]:
    variables = [need.variable for need in done.needs]
    rules = [harmoniser.available[name] for name in dict.fromkeys(variables) if name in harmoniser.available]
    floors = [int(str(rule.universe["min_age"])) for rule in rules if rule.universe.get("min_age") is not None]
    return {
        "country": sample["country"], "year": sample["year"], "sample": sample["sample"],
        "indicator": done.series.indicator, "series": done.series.name, "title": done.series.title,
        "measurement": done.status, "reasons": "; ".join(each.words for each in done.reasons),
        "universe": done.universe if done.numerator is not None else "",
        "numerator": done.numerator.words if done.numerator is not None else "",
        "status_of": done.series.status_of,
        "reference_period": _stated(rules, "reference_period", "period"),
        "standard": _stated(rules, "standard"),
        "age_floor": str(max(floors)) if floors else "",
        "population_base": mapping.sample.population_base or "",
        "living_quarters": "told apart" if "living_quarters" in harmoniser.available else "not told apart",
        "top_codes": _top_codes(rules),
        "notes": "left_out_share is of the base: persons whom the series is about, known or not",
    }  # fmt: skip


def _stated(rules: Sequence[Any], *options: str) -> str:
    found = [f"{rule.name}: {rule.options[o]}" for rule in rules for o in options if rule.options.get(o)]
    return "; ".join(found)


def _top_codes(rules: Sequence[Any]) -> str:
    found = [f"{rule.name}: {rule.body.top:g}" for rule in rules if getattr(rule.body, "top", None) is not None]
    return "; ".join(found)
