"""Of each series of each sample, what its rows have in common in SDMX: its SERIES, unit, ages, what it is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from harmonize.indicators.availability import Resolved, ages_of
from harmonize.indicators.model import Population, Series
from harmonize.writers.result import Result
from harmonize.writers.sdmx.codes import CODED, FIXED, UNITS, VARIANTS, constraints

KEY = ("sample", "indicator", "series")
FIXABLE = (*dict.fromkeys(theirs for theirs, _ in CODED.values()), "AGE")
#: What a population of one category is of, in the dimension of that.
WITHIN = ("sex", "urban_rural")
SCHEMA = (
    dict.fromkeys((*KEY, "SERIES", "UNIT_MEASURE", "no_series", "variant", "about"), pl.String())
    | dict.fromkeys(("low", "high"), pl.Int64())
    | dict.fromkeys([f"fixed_{name}" for name in FIXABLE], pl.String())
    | dict.fromkeys([f"within_{name}" for name in WITHIN], pl.String())
)
STANDARDS = ("icls13", "icls19")


def series_table(result: Result) -> pl.DataFrame:
    """A row for each sample and series, columns SCHEMA: `no_series` says why there is no SERIES, `about` what it is."""
    rows = [
        _row(sample, each, result.labour_standard)
        for sample, resolved in result.resolved.items()
        for each in resolved
        if each.status != "unavailable" and each.series.shown and each.series.adjustment == "none"
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def code_of(series: Series, labour_standard: str) -> tuple[str | None, str | None]:
    """The SERIES, or else why there is none."""
    codes = dict(series.sdmx_series)
    if not codes:
        return None, "no series of the global list is this number"
    if "" in codes:
        return codes[""], None
    if labour_standard in codes:
        return codes[labour_standard], None
    what = f"is {labour_standard}" if labour_standard else "is not stated"
    return None, (
        f"{' or '.join(codes.values())}: the 13th or the 19th ICLS decides, and the standard of labour_force_status "
        f"{what}: give standard: {' or '.join(STANDARDS)} in the mapping where it is one of them"
    )


def undecided(result: Result) -> list[str]:
    """The indicators that are measured and have no SERIES as the mapping names no standard of the ICLS."""
    found = [
        each.series.indicator
        for resolved in result.resolved.values()
        for each in resolved
        if each.status != "unavailable"
        and (codes := dict(each.series.sdmx_series))
        and not {"", result.labour_standard} & set(codes)
    ]
    return list(dict.fromkeys(found))


def _row(sample: str, done: Resolved, labour_standard: str) -> dict[str, Any]:
    series = done.series
    code, why = code_of(series, labour_standard)
    fixed = FIXED.get(series.key, {})
    low, high = ages_of(done.base)
    unit = constraints().get(code or "", {}).get("UNIT_MEASURE")
    if code and unit not in UNITS.get(series.unit, ()):
        why = f"{code} is in {unit}, this is in {series.unit}" if unit else f"the unit of {code} is not known"
    only = dict(_only(part) for part in _parts(done))
    proxy = f" Proxy: {'; '.join(each.words for each in done.reasons)}." if done.status == "proxy" else ""
    return (
        {"sample": sample, "indicator": series.indicator, "series": series.shown_as or series.name}
        | {"SERIES": code, "UNIT_MEASURE": unit, "no_series": why, "variant": VARIANTS.get(series.key)}
        | {"about": f"{series.title}. Universe: {done.universe}.{proxy}", "low": low, "high": high}
        | {f"fixed_{name}": fixed.get(name) for name in FIXABLE}
        | {f"within_{name}": CODED[name][1][only[name]] if name in only else None for name in WITHIN}
    )


def _parts(done: Resolved) -> Iterator[Population]:
    """The conditions that all persons of a universe fulfil."""
    waiting = [*done.base, *([done.series.denominator] if done.series.denominator else [])]
    while waiting:
        part = waiting.pop()
        if part.join == "and":
            waiting.extend(part.parts)
        elif not part.parts and part.categories and len(part.categories[1]) == 1:
            yield part


def _only(part: Population) -> tuple[str, str]:
    """The variable and the one category of it."""
    assert part.categories
    return part.categories[0], part.categories[1][0]
