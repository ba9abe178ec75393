"""methods.csv: a row per sample, series and adjustment, what was measured of whom and with what reservations.

`series` is the name in the estimates. A standardised rate has no row of its own: it is of that of adjustment none.
`notes` are the indicator's own caveats, and how its numbers are protected: what to say under its table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Resolved
from harmonize.indicators.model import Series
from harmonize.listing import first_of
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.measure import Measured
from harmonize.plan import Plan
from harmonize.protect.protection import Protection
from harmonize.protect.words import protection_words
from harmonize.rules.harmoniser import Harmoniser
from harmonize.rules.number import top_code
from harmonize.run_record import Counts
from harmonize.second_look.look import Seen
from harmonize.standard_errors import JACKKNIFE, design_entry, error_words, variance_of

COLUMNS = (
    "country", "year", "sample", "indicator", "series", "adjustment", "title", "measurement", "reasons", "universe",
    "numerator", "status_of", "reference_period", "currency", "standard", "age_floor", "population_base",
    "living_quarters", "top_codes", "standard_errors", "notes",
)  # fmt: skip
# what a reader who compares samples must know to differ
COMPARED = (
    "measurement", "reasons", "universe", "numerator", "reference_period", "currency", "standard",
    "population_base", "living_quarters",
)  # fmt: skip

MOST_SENTENCES, MOST_NAMES = 8, 4
MEDIAN_OF = "median of "  # how `numerator` begins where the number is no share


def methods_table(
    measured: Sequence[Measured],
    mapping: MappingFile,
    harmoniser: Harmoniser,
    show: Counts,
    protection: Protection,
) -> pl.DataFrame:
    """All text but `year`: a row for each sample and series. show: counts as they may be printed.

    protection: how the estimates are protected, which the notes say in words.
    """
    protected = protection.as_json()
    shown = ((one, each) for one in measured for each in one.resolved if each.series.shown)
    rows = [_row(one, each, mapping, harmoniser, show, protected) for one, each in shown]
    return pl.DataFrame(rows, schema={name: pl.Int64() if name == "year" else pl.String() for name in COLUMNS})


def differences(methods: pl.DataFrame) -> list[str]:
    """In what the samples of a table differ for the same series, a sentence each; nothing for one sample."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    measured = methods.filter(pl.col("measurement") != "unavailable")
    one_of = ("indicator", "series", "adjustment")
    for (indicator, series, adjustment), rows in measured.group_by(*one_of, maintain_order=True):
        which = "" if adjustment == "none" else f" ({adjustment})"
        for name in COMPARED:
            values = tuple(zip(rows["sample"], rows[name], strict=True))
            if len({value for _, value in values}) > 1:
                found.setdefault((name, values), []).append(f"{indicator} {series}{which}")
    sentences = [
        f"samples differ in {name.replace('_', ' ')} of {first_of(series, MOST_NAMES)}: {_by_value(values)}"
        for (name, values), series in found.items()
    ]
    more = len(sentences) - MOST_SENTENCES
    rest = f"samples differ in {more} more respects: compare their rows in methods.csv"
    return [*sentences[:MOST_SENTENCES], *([rest] if more > 0 else [])]


def not_standardised(plan: Plan, measured: Sequence[Measured], seen: Mapping[str, Seen]) -> list[str]:
    """Of which series a group has no standardised rate, and why: a sentence for each sample, standard and group."""
    found = []
    places = Counter(one.key[1:] for one in measured)
    for one in measured:
        sample, *place = one.key
        shown = {each.series.key for each in one.resolved if each.status != "unavailable"}
        which = "" if len(measured) == 1 else f"{sample if places[one.key[1:]] > 1 else ' '.join(map(str, place))}: "
        lacking: dict[tuple[str, str], dict[str, list[str]]] = {}  # (standard, group) -> ages -> series
        for (standard, basis, s), groups in seen[sample].without.items():
            if basis == one.basis and plan.series[s] in shown:
                for group, ages in groups.items():
                    of_group = lacking.setdefault((standard, group), {})
                    of_group.setdefault(ages, []).append(" ".join(plan.series[s]))
        for (standard, group), by_ages in lacking.items():
            by = "age" if standard == "age" else "age and sex"
            told = "; ".join(f"{', '.join(series)} (nobody of {ages})" for ages, series in by_ages.items())
            found.append(f"{which}no rates of {group.replace('_', '-')}s standardised for {by}: {told}")
    return found


def _by_value(values: Sequence[tuple[str, str]]) -> str:
    """`aged 12 and over (CRI_2011); aged 15 and over (ZWE_2012)`."""
    samples: dict[str, list[str]] = {}
    for sample, value in values:
        samples.setdefault(value or "nothing stated", []).append(sample)
    return "; ".join(f"{value} ({first_of(names, MOST_NAMES)})" for value, names in samples.items())


def _row(
    one: Measured,
    done: Resolved,
    mapping: MappingFile,
    harmoniser: Harmoniser,
    show: Counts,
    protected: Mapping[str, Any],
) -> dict[str, Any]:
    """What identifies the series, whether it is measured and why so; how, only of one that has rows."""
    sample, country, year = one.key
    known = {
        "country": country, "year": year, "sample": sample,
        "indicator": done.series.indicator, "series": done.series.shown_as or done.series.name,
        "adjustment": done.series.adjustment, "title": done.series.title,
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
        "numerator": _counted(done.series, done.numerator.words),
        "reference_period": _stated(rules, "reference_period", "period"),
        "currency": _stated(rules, "currency"),
        "standard": _stated(rules, "standard"),
        "age_floor": str(max(floors)) if floors else "",
        "population_base": mapping.sample.population_base or "",
        "living_quarters": "told apart" if "living_quarters" in one.plan.columns else "not told apart",
        "top_codes": _top_codes(one, done, harmoniser, show),
        "standard_errors": _errors(one, done.series, mapping, show),
        "notes": " ".join([*INDICATORS[done.series.indicator].caveats, protection_words(protected, done.series)]),
    }


def _counted(series: Series, words: str) -> str:
    """Who counts above the line; of a median, of what it is one."""
    return f"{MEDIAN_OF}their {series.amount.words}" if series.amount and series.decided == "median" else words


def _errors(one: Measured, series: Series, mapping: MappingFile, show: Counts) -> str:
    """What the standard errors of a series come from."""
    variance = variance_of(mapping.design)
    if series.from_sums and not mapping.design.full_count:
        return JACKKNIFE
    return error_words(variance, design_entry(mapping.design, one.ratios, show.rounded))


def _stated(rules: Sequence[Any], *options: str) -> str:
    found = [f"{rule.name}: {rule.options[o]}" for rule in rules for o in options if rule.options.get(o)]
    return "; ".join(found)


def _top_codes(one: Measured, done: Resolved, harmoniser: Harmoniser, show: Counts) -> str:
    """The numbers of the series whose highest code occurs in the sample, and of how many persons."""
    names = dict.fromkeys([*(n for part in done.base for n in part.needs), *(need.variable for need in done.needs)])
    hit = {name: one.counts[f"top:{name}"] for name in names if one.counts[f"top:{name}"]}
    tops = {name: top_code(harmoniser.available[name].body) for name in hit}
    return "; ".join(f"{name}: {tops[name]:g} and over, {show(count)} persons" for name, count in hit.items())
