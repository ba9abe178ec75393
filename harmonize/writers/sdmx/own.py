"""Our own data structure definition, HARMONIZE:SDG_MIGRATION: every column of the estimates, so that nothing is lost.

Its codes are the categories of the schema, the derivations and the indicators, whatever of them a run has; with `--by`
it has further dimensions and another id, so that a DSD of one id and version is always the same. A code is the value in
the estimates, with `-` for what SDMX has no place for (`8-6-1`); `_Z` is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from harmonize.derivations import DERIVATIONS
from harmonize.estimate.table import (
    ADJUSTMENTS,
    COUNT,
    COUNTS,
    DEFINITION_ORDER,
    KEY,
    NOTES,
    NUMBERS,
    STATISTICS,
    UNITS,
)
from harmonize.indicators import INDICATORS
from harmonize.schema import VARIABLES
from harmonize.schema.places import PLACES
from harmonize.tabulate.statuses import BASES, DEFINITIONS, STATUS
from harmonize.tabulate.tables import DIMENSIONS, PARITIES
from harmonize.words.english import category_label, definition_label, dimension_label, unit_label
from harmonize.writers.sdmx.dsd import MEASURE, OBSERVATION, TIME, Component, Dsd

AGENCY, NAME = "HARMONIZE", "SDG_MIGRATION"
#: Of the DSD, its concepts and its lists: another one whenever a code or a component is another.
VERSION = "1.0"
TOTAL, EMPTY = "_T", "_Z"
NO_ID = re.compile(r"[^A-Za-z0-9_@$-]")
HIDDEN = ("C", "D")

#: Columns that SDMX has a name for.
NAMED = {"country": "REF_AREA", "year": TIME, "unit": "UNIT_MEASURE", "estimate": MEASURE}
#: Columns of free text.
FREE = ("sample", "disaggregation", "proxy_reason")
#: Attributes that every row has; SDMX calls them mandatory.
ALWAYS = ("measurement", "obs_status", "conf_status")
WORDS = {
    "country": "Country",
    "year": "Year",
    "sample": "Sample",
    "indicator": "SDG indicator",
    "series": "Series of the indicator",
    "unit": "Unit",
    "statistic": "Statistic",
    "comparison": "The groups compared, the first with the second",
    "adjustment": "What the number is standardised or adjusted for",
    "definition": "Definition of a migrant",
    "status_of": "Whose migratory status it is by",
    "disaggregation": "The dimensions of the table that the number is of, joined by *",
    "estimate": "Estimate",
    "se": "Standard error",
    "ci_lower": "Confidence interval, lower bound",
    "ci_upper": "Confidence interval, upper bound",
    "cv": "Coefficient of variation",
    "df": "Degrees of freedom",
    "deff": "Design effect",
    "n": "Persons counted, unweighted",
    "n_numerator": "Of these, in the numerator, unweighted",
    "population": "Weighted number of the persons counted",
    "left_out_share": "Part of the persons of whom something needed is not known",
    "measurement": "As the indicator is defined, or a proxy",
    "proxy_reason": "Why it is a proxy, reasons joined by ;",
    "basis": "What migratory status rests on",
    "obs_status": "Observation status",
    "conf_status": "Confidentiality status",
}
STATES = {
    "measurement": {"exact": "As the indicator is defined", "proxy": "Proxy"},
    "obs_status": {"A": "Normal", "U": "Unreliable", "M": "No number"},
    "conf_status": {
        "F": "Free for publication",
        "C": "Suppressed, few persons",
        "D": "Suppressed to protect others",
    },
    "status_of": {"self": "The person's own", "mother": "The mother's", "head": "That of the head of the household"},
}


@dataclass(frozen=True)
class Column:
    """A column of the estimates as a component. codes: our value -> code, in order; empty where values are free.

    words: of a code. text: the type of free values, as SDMX names it.
    """

    ours: str
    component: Component
    title: str
    codes: dict[str, str]
    words: dict[str, str]
    text: str


@dataclass(frozen=True)
class Structure:
    """The DSD, and the columns that it is of, dimensions first."""

    dsd: Dsd
    columns: tuple[Column, ...]


def structure_of(estimates: pl.DataFrame) -> Structure:
    """The DSD of a table of estimates, by its columns alone, unless it has values that no list of ours has."""
    names = [name for name in estimates.columns if name not in (*KEY, *NUMBERS, *NOTES)]
    columns = tuple(_column(name, estimates) for name in (*KEY, *names, *NUMBERS, *NOTES))
    further = sorted(set(names) - set(DIMENSIONS))
    lists = {each.component.codelist: tuple(each.codes.values()) for each in columns if each.codes}
    name = "-".join([NAME, *(["BY"] if further else []), *(each.upper() for each in further)])
    order = ("dimension", "time", "measure", "attribute")
    components = sorted((each.component for each in columns), key=lambda each: order.index(each.kind))
    return Structure(Dsd(AGENCY, name, VERSION, tuple(components), lists), columns)


def observations_of(estimates: pl.DataFrame, structure: Structure) -> pl.DataFrame:
    """Every row of the estimates, as SDMX-CSV 2.0 has them. Of a suppressed row no number, whatever it came with."""
    hidden = pl.col("conf_status").is_in(HIDDEN)
    made: dict[str, pl.Expr] = {}
    for each in structure.columns:
        own, value = each.component, pl.col(each.ours)
        if each.codes:
            value = value.replace_strict(each.codes, default=None, return_dtype=pl.String)
        elif each.text == "String":
            value = pl.when(value != "").then(value).otherwise(pl.lit(EMPTY if own.kind == "dimension" else None))
        elif each.ours in NUMBERS:
            value = pl.when(~hidden).then(value)
        made[own.name] = (value.cast(pl.String) if own.kind == "time" else value).alias(own.name)
    return estimates.select(
        pl.lit("datastructure").alias("STRUCTURE"),
        pl.lit(structure.dsd.id).alias("STRUCTURE_ID"),
        pl.lit("A").alias("ACTION"),
        *(made[each.name] for each in structure.dsd.components),
    )


def code_of(value: str) -> str:
    """The code of a value: `8.6.1` is `8-6-1`, `migrant:non_migrant` is `migrant-non_migrant`, nothing is `_Z`."""
    return NO_ID.sub("-", value) if value else EMPTY


def _column(name: str, estimates: pl.DataFrame) -> Column:
    component = Component(NAMED.get(name, name.upper()), _kind(name), True, "")
    if component.kind == "attribute":
        component = replace(component, required=name in ALWAYS, attached=OBSERVATION)
    title = WORDS.get(name) or dimension_label(name)
    if name in NUMBERS or name == "year" or name in FREE:
        text = "Long" if name in COUNTS else "Double" if name in NUMBERS else "String"
        return Column(name, component, title, {}, {}, "ObservationalTimePeriod" if name == "year" else text)
    words = _words(name)
    used = estimates[name].filter(estimates[name] != "") if component.kind == "attribute" else estimates[name]
    words |= {value: value or "Nothing" for value in used.unique().sort() if value not in words}
    codes = {value: code_of(value) for value in words}
    listed = replace(component, codelist=f"CL_{component.name}")
    return Column(name, listed, title, codes, {codes[value]: text for value, text in words.items()}, "")


def _kind(name: str) -> str:
    if name in (*NUMBERS, *NOTES):
        return "measure" if NAMED.get(name) == MEASURE else "attribute"
    return "time" if name == "year" else "dimension"


def _words(name: str) -> dict[str, str]:
    """The values that a column may have, in order, with words."""
    if name in STATES:
        return dict(STATES[name])
    if name == "country":
        return {code: place.name for code, place in PLACES.items() if place.kind != "area"}
    if name == "indicator":
        return {number: f"{number} {each.title}" for number, each in INDICATORS.items()}
    series = [each for indicator in INDICATORS.values() for each in indicator.shown]
    if name == "series":
        return _first((each.shown_as or each.name, each.title) for each in series)
    if name == "unit":
        units = dict.fromkeys([*(each.unit for each in series), "percentage_points", *UNITS.values(), COUNT])
        return {unit: unit_label(unit) for unit in units}
    if name == "comparison":
        pairs = ["migrant:non_migrant", *(f"{first}:{second}" for _, first, second in PARITIES)]
        return {"": "Nothing, of a level"} | {pair: category_label("comparison", pair) for pair in pairs}
    if name == "definition":
        return {each: definition_label(each) for each in DEFINITION_ORDER}
    if name == "basis":
        bases = dict.fromkeys([*BASES, *(basis for _, basis in DEFINITIONS.values())])
        return {each: category_label("", each) for each in bases}
    if name in ("statistic", "adjustment"):
        return {each: category_label("", each) for each in (STATISTICS if name == "statistic" else ADJUSTMENTS)}
    return {TOTAL: "Total"} | {each: category_label(name, each) for each in _categories(name)}


def _categories(dimension: str) -> Iterable[str]:
    if dimension == "migratory_status":
        return STATUS
    derived: Mapping[str, tuple[str, ...]] = {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    variable = VARIABLES[dimension].values if dimension in VARIABLES else ()
    return dict.fromkeys((*derived.get(dimension, ()), *variable))


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, words in pairs:
        found.setdefault(value, words)
    return found
