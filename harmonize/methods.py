"""methods.csv: a row per sample and series, what was measured of whom and with what reservations.

`notes` are the indicator's own caveats: what to say under its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Resolved
from harmonize.mapping.model import Mapping
from harmonize.measure import Measured
from harmonize.rules import Harmoniser
from harmonize.rules.number import top_code

COLUMNS = (
    "country", "year", "sample", "indicator", "series", "title", "measurement", "reasons", "universe", "numerator",
    "status_of", "reference_period", "standard", "age_floor", "population_base", "living_quarters", "top_codes",
    "notes",
)  # fmt: skip


def methods_table(measured: Sequence[Measured], mapping: Mapping, harmoniser: Harmoniser) -> pl.DataFrame:
    """All text but `year`: a row for each sample and series."""
    rows = [_row(one, each, mapping, harmoniser) for one in measured for each in one.resolved]
    return pl.DataFrame(rows, schema={name: pl.Int64() if name == "year" else pl.String() for name in COLUMNS})


def _row(one: Measured, done: Resolved, mapping: Mapping, harmoniser: Harmoniser) -> dict[str, Any]:
    """What identifies the series, whether it is measured and why so; how, only of one that has rows."""
    sample, country, year = one.key
    known = {
        "country": country, "year": year, "sample": sample,
        "indicator": done.series.indicator, "series": done.series.name, "title": done.series.title,
        "measurement": done.status, "reasons": "; ".join(each.words for each in done.reasons),
        "status_of": done.series.status_of,
    }  # fmt: skip
    if done.status == "unavailable" or done.numerator is None:
        return dict.fromkeys(COLUMNS, "") | known
    variables = [need.variable for need in done.needs]
    rules = [harmoniser.available[name] for name in dict.fromkeys(variables) if name in harmoniser.available]
    floors = [int(str(rule.universe["min_age"])) for rule in rules if rule.universe.get("min_age") is not None]
    return known | {
        "universe": done.universe,
        "numerator": done.numerator.words,
        "reference_period": _stated(rules, "reference_period", "period"),
        "standard": _stated(rules, "standard"),
        "age_floor": str(max(floors)) if floors else "",
        "population_base": mapping.sample.population_base or "",
        "living_quarters": "told apart" if "living_quarters" in one.plan.columns else "not told apart",
        "top_codes": _top_codes(rules),
        "notes": " ".join(INDICATORS[done.series.indicator].caveats),
    }


def _stated(rules: Sequence[Any], *options: str) -> str:
    found = [f"{rule.name}: {rule.options[o]}" for rule in rules for o in options if rule.options.get(o)]
    return "; ".join(found)


def _top_codes(rules: Sequence[Any]) -> str:
    found = {rule.name: top_code(rule.body) for rule in rules}
    return "; ".join(f"{name}: {number:g}" for name, number in found.items() if number is not None)
