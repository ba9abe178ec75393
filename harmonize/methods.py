"""methods.csv: a row per sample and series, what was measured of whom and with what reservations.

`notes` are the indicator's own caveats: what to say under its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Resolved
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.measure import Measured
from harmonize.plan import Plan
from harmonize.rules import Harmoniser
from harmonize.rules.number import top_code
from harmonize.second_look.look import Seen

COLUMNS = (
    "country", "year", "sample", "indicator", "series", "title", "measurement", "reasons", "universe", "numerator",
    "status_of", "reference_period", "currency", "standard", "age_floor", "population_base", "living_quarters",
    "top_codes", "notes",
)  # fmt: skip
# what a reader who compares samples must know to differ
COMPARED = (
    "measurement", "reasons", "universe", "numerator", "reference_period", "currency", "standard",
    "population_base", "living_quarters",
)  # fmt: skip

MOST_SENTENCES, MOST_NAMES = 8, 4
MOST_TOLD = 5  # series in a sentence


def methods_table(
    measured: Sequence[Measured], mapping: MappingFile, harmoniser: Harmoniser, show: Callable[[int], int | str]
) -> pl.DataFrame:
    """All text but `year`: a row for each sample and series. show: a count as it may be printed."""
    shown = ((one, each) for one in measured for each in one.resolved if each.series.shown)
    rows = [_row(one, each, mapping, harmoniser, show) for one, each in shown]
    return pl.DataFrame(rows, schema={name: pl.Int64() if name == "year" else pl.String() for name in COLUMNS})


def differences(methods: pl.DataFrame) -> list[str]:
    """In what the samples of a table differ for the same series, a sentence each; nothing for one sample."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    measured = methods.filter(pl.col("measurement") != "unavailable")
    for (indicator, series), rows in measured.group_by(["indicator", "series"], maintain_order=True):
        for name in COMPARED:
            values = tuple(zip(rows["sample"], rows[name], strict=True))
            if len({value for _, value in values}) > 1:
                found.setdefault((name, values), []).append(f"{indicator} {series}")
    sentences = [
        f"samples differ in {name.replace('_', ' ')} of {_listed(series)}: {_by_value(values)}"
        for (name, values), series in found.items()
    ]
    more = len(sentences) - MOST_SENTENCES
    rest = f"samples differ in {more} more respects: compare their rows in methods.csv"
    return [*sentences[:MOST_SENTENCES], *([rest] if more > 0 else [])]


def not_standardised(plan: Plan, measured: Sequence[Measured], seen: Mapping[str, Seen]) -> list[str]:
    """Of which series a group has no standardised rate, and why: a sentence for each sample and standard."""
    found = []
    for one in measured:
        sample = one.key[0]
        shown = {each.series.key for each in one.resolved if each.status != "unavailable"}
        for standard in plan.options.standardise:
            told = [
                f"{' '.join(plan.series[s])} ({why})"
                for (name, basis, s), why in seen[sample].without.items()
                if (name, basis) == (standard, one.basis) and plan.series[s] in shown
            ]
            if told:
                more = f", and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
                which = "" if len(measured) == 1 else f"{sample}: "
                by = "age" if standard == "age" else "age and sex"
                found.append(f"{which}no rates standardised for {by} of {', '.join(told[:MOST_TOLD])}{more}")
    return found


def _by_value(values: Sequence[tuple[str, str]]) -> str:
    """`aged 12 and over (CRI_2011); aged 15 and over (ZWE_2012)`."""
    samples: dict[str, list[str]] = {}
    for sample, value in values:
        samples.setdefault(value or "nothing stated", []).append(sample)
    return "; ".join(f"{value} ({_listed(names)})" for value, names in samples.items())


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _row(
    one: Measured, done: Resolved, mapping: MappingFile, harmoniser: Harmoniser, show: Callable[[int], int | str]
) -> dict[str, Any]:
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
    asked_from = [int(str(rule.universe["min_age"])) for rule in rules if rule.universe.get("min_age") is not None]
    floors = [*asked_from, *(part.ages[0] for part in done.base if part.ages and part.ages[0] is not None)]
    return known | {
        "universe": done.universe,
        "numerator": done.numerator.words,
        "reference_period": _stated(rules, "reference_period", "period"),
        "currency": _stated(rules, "currency"),
        "standard": _stated(rules, "standard"),
        "age_floor": str(max(floors)) if floors else "",
        "population_base": mapping.sample.population_base or "",
        "living_quarters": "told apart" if "living_quarters" in one.plan.columns else "not told apart",
        "top_codes": _top_codes(one, done, harmoniser, show),
        "notes": " ".join(INDICATORS[done.series.indicator].caveats),
    }


def _stated(rules: Sequence[Any], *options: str) -> str:
    found = [f"{rule.name}: {rule.options[o]}" for rule in rules for o in options if rule.options.get(o)]
    return "; ".join(found)


def _top_codes(one: Measured, done: Resolved, harmoniser: Harmoniser, show: Callable[[int], int | str]) -> str:
    """The numbers of the series whose highest code occurs in the sample, and of how many persons."""
    names = dict.fromkeys([*(n for part in done.base for n in part.needs), *(need.variable for need in done.needs)])
    hit = {name: one.counts[f"top:{name}"] for name in names if one.counts[f"top:{name}"]}
    tops = {name: top_code(harmoniser.available[name].body) for name in hit}
    return "; ".join(f"{name}: {tops[name]:g} and over, {show(count)} persons" for name, count in hit.items())
