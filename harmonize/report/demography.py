"""Age heaping, sex ratios and shares unknown by migratory status: what quality.csv tells, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from harmonize.report.element import Html, element, joined
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
    rows = [
        [_name(words, measure, variable), short_name(words, next(iter(some.values())), release),
         *(_cell(words, some.get(status)) for status in statuses)]
        for (measure, variable, _), some in sorted(shown, key=lambda each: _rank(each[0][0]))
    ]  # fmt: skip
    heads = [words("Measure"), words("Sample"), *statuses.values()]
    caption = words("Age heaping, sex ratios and shares unknown, by migratory status")
    table = plain_table(caption, "demographic", heads, rows, 2) if rows else Html()
    said = [*_complete(words, found), *_explained(words, {measure for (measure, _, _), _ in shown})]
    return joined(table, [element("p", each, class_="note") for each in said])


def _complete(words: Words, found: Mapping[tuple[str, str, str], Found]) -> list[str]:
    """The variables of which nothing is unknown in any sample, a sentence."""
    known: dict[str, bool] = {}
    for (measure, variable, _), some in found.items():
        if measure == SHARE:
            known[variable] = known.get(variable, True) and _all_known(some)
    names = [words.dimension(variable) for variable, complete in known.items() if complete]
    return [words("Nothing is unknown of: {what}.", what=words.listed(names))] if names else []


def _explained(words: Words, measures: set[str]) -> list[str]:
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
    return said


def _all_known(found: Found) -> bool:
    return all(row["conf_status"] == "F" and row["value"] == 0 for row in found.values())


def _name(words: Words, measure: str, variable: str) -> str:
    """A measure in words; one that is not known here by its name."""
    name = MEASURES[measure](words) if measure in MEASURES else measure.replace("_", " ")
    return words("{name}: {value}", name=name, value=words.dimension(variable)) if measure == SHARE else name


def _cell(words: Words, row: Row | None) -> str:
    """The value with what is noted of it; `..` where it is hidden."""
    if row is None:
        return "-"
    if row["conf_status"] not in (None, "", "F"):
        return ".."
    note = words(row["note"]) if row.get("note") else ""
    if row["value"] is None:
        return note or "-"
    number = words.decimal(100 * row["value"] if row["measure"] == SHARE else row["value"])
    return f"{number} ({note})" if note else number


def _rank(measure: str) -> int:
    return list(MEASURES).index(measure) if measure in MEASURES else len(MEASURES)
