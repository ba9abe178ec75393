"""Age heaping, sex ratios and shares unknown by migratory status: what quality.csv tells, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from harmonize.report.element import Html, element, joined
from harmonize.report.noted import is_hidden, noted, rests
from harmonize.report.release import Release, Row
from harmonize.report.samples import short_name
from harmonize.report.tables import plain_table
from harmonize.words import Words

SHARE = "unknown_share"
#: Each measure, in the order of the table.
MEASURES: Mapping[str, Callable[[Words], str]] = {
    "whipple": lambda words: words("Whipple's index"),
    "myers": lambda words: words("Myers' index"),
    "sex_ratio": lambda words: words("Sex ratio"),
    "sex_ratio_0_14": lambda words: words("Sex ratio, ages 0 to 14"),
    "sex_ratio_15_64": lambda words: words("Sex ratio, ages 15 to 64"),
    "sex_ratio_65_plus": lambda words: words("Sex ratio, ages 65 and over"),
    SHARE: lambda words: words("Share unknown, %"),
}
Found = Mapping[str, Row]  # status -> a row of quality.csv


def demography(words: Words, release: Release) -> Html:
    """The table, less the variables of which nothing is unknown, named below it; empty without quality.csv."""
    tables = [run.quality for run in release.runs if run.quality is not None]
    if not tables:
        return Html()
    whole = pl.concat(tables, how="diagonal_relaxed").sort("country", "year", "sample", maintain_order=True)
    found: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in whole.iter_rows(named=True):
        found.setdefault((row["measure"], row["variable"] or "", row["sample"]), {})[row["status"]] = row
    statuses = {"_T": words("Everybody"), "migrant": words("Migrants"), "non_migrant": words("Non-migrants")}
    shown = [(key, some) for key, some in found.items() if key[0] != SHARE or not _all_known(some)]
    several = len(release.samples) > 1
    places = {variable: place for place, variable in enumerate(dict.fromkeys(variable for _, variable, _ in found))}
    ordered = dict(sorted(shown, key=lambda each: (_rank(each[0][0]), places[each[0][1]])))
    rows = [
        [name, *([short_name(words, next(iter(some.values())), release)] if several else []), *cells]
        for (measure, variable, _), some in ordered.items()
        for name, cells in _lines(words, _name(words, measure, variable), [some.get(each) for each in statuses])
    ]
    heads = [words("Measure"), *([words("Sample")] if several else []), *statuses.values()]
    caption = words("Age heaping, sex ratios and shares unknown, by migratory status")
    table = plain_table(caption, "demographic", heads, rows, 1 + several) if rows else Html()
    said = [
        *_hidden(words, ordered, statuses), *_rests(words, ordered, release), *_complete(words, found),
        *_explained(words, ordered),
    ]  # fmt: skip
    return joined(table, [element("p", each, class_="note") for each in said])


def _lines(words: Words, name: str, rows: list[Row | None]) -> list[tuple[str, list[str]]]:
    """The line of a measure; of an index of heaping also what chance alone makes of it, and how accurate ages are."""
    notes = [noted(row) for row in rows]
    beside = {
        words("{name}, by chance alone", name=name): [words.count(each.chance) for each in notes],
        words("Accuracy of the ages told"): [words(each.accuracy) if each.accuracy else "" for each in notes],
    }
    more = [
        (what, [text or _sign(row) for row, text in zip(rows, texts, strict=True)])
        for what, texts in beside.items() if any(texts)
    ]  # fmt: skip
    return [(name, [_cell(words, row) for row in rows]), *more]


def _hidden(words: Words, found: Mapping[tuple[str, str, str], Found], statuses: Mapping[str, str]) -> list[str]:
    """Of which measures which groups are hidden, in any sample, a sentence."""
    hidden: dict[tuple[str, str], dict[str, None]] = {}
    for (measure, variable, _), some in found.items():
        groups = [group for status, group in statuses.items() if status in some and is_hidden(some[status])]
        if groups:
            hidden.setdefault((measure, variable), {}).update(dict.fromkeys(groups))
    names = [f"{_name(words, *of)} ({words.listed(map(words.inside, groups))})" for of, groups in hidden.items()]
    said = words(
        "Not shown (..), as there are too few persons, or to protect the few of another group: {what}.",
        what=words.listed(names),
    )
    return [said] if names else []


def _rests(words: Words, found: Mapping[tuple[str, str, str], Found], release: Release) -> list[str]:
    """What else is noted: of which measures, and of which samples where not of all."""
    every = len(release.samples)
    said = []
    for note, measures in rests(found).items():
        names = [
            _name(words, *of) if len(rows) == every else
            f"{_name(words, *of)} ({words.listed(short_name(words, row, release) for row in rows)})"
            for of, rows in measures.items()
        ]  # fmt: skip
        listed = words.listed([*names[:1], *map(words.inside, names[1:])])
        said.append(words("{name}: {value}", name=listed, value=words(note)) + ".")
    return said


def _complete(words: Words, found: Mapping[tuple[str, str, str], Found]) -> list[str]:
    """The variables of which nothing is unknown in any sample, a sentence."""
    known: dict[str, bool] = {}
    for (measure, variable, _), some in found.items():
        if measure == SHARE:
            known[variable] = known.get(variable, True) and _all_known(some)
    names = [words.inside(words.dimension(variable)) for variable, complete in known.items() if complete]
    return [words("Nothing is unknown of: {what}.", what=words.listed(names))] if names else []


def _explained(words: Words, found: Mapping[tuple[str, str, str], Found]) -> list[str]:
    measures = {measure for measure, _, _ in found}
    notes = [noted(row) for some in found.values() for row in some.values()]
    told = {
        "whipple": words(
            "Whipple's index: 100 where ages are told without a preference for 0 and 5, 500 where all end in them."
        ),
        "myers": words(
            "Myers' index: 0 where no last digit of an age is preferred, 90 where all ages end in one digit."
        ),
        "sex_ratio": words("Sex ratio: men to 100 women."),
    }
    said = [sentence for measure, sentence in told.items() if measure in measures]
    if {"whipple", "myers"} & measures:
        said.append(
            words(
                "By chance alone: how far Whipple's index of as many persons, with weights as unequal, is from 100 in "
                "one case of twenty, and what Myers' is on average, where there is no heaping; clusters make it more."
            )
        )
    if any(each.chance.startswith("≤") for each in notes):
        said.append(words("≤: at most; it is told in steps, to protect persons."))
    if any(row.get("within") is not None for some in found.values() for row in some.values()):
        said.append(words("±: the exact sex ratio is no farther away; it is told coarsely, to protect persons."))
    return said


def _all_known(found: Found) -> bool:
    return all(row["conf_status"] == "F" and row["value"] == 0 for row in found.values())


def _name(words: Words, measure: str, variable: str) -> str:
    """A measure in words; one that is not known here by its name."""
    name = MEASURES[measure](words) if measure in MEASURES else measure.replace("_", " ")
    return words("{name}: {value}", name=name, value=words.dimension(variable)) if measure == SHARE else name


def _cell(words: Words, row: Row | None) -> str:
    """The value, or the sign of none."""
    if row is None or is_hidden(row) or row["value"] is None:
        return _sign(row)
    if (within := row.get("within")) is not None:
        return f"{words.plain(row['value'])} ± {words.plain(within)}"
    return words.decimal(100 * row["value"] if row["measure"] == SHARE else row["value"])


def _sign(row: Row | None) -> str:
    """What stands where there is no number: `..` where it is hidden."""
    return ".." if row is not None and is_hidden(row) else "-"


def _rank(measure: str) -> int:
    return list(MEASURES).index(measure) if measure in MEASURES else len(MEASURES)
