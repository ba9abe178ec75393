"""A harmonised file as an extract: its description gives the mapping and the harmoniser that tabulate it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.distinct.rows import Rows
from harmonize.errors import FitError
from harmonize.harmonised.description import Description
from harmonize.harmonised.replicate_columns import replicate_columns
from harmonize.listing import first_of
from harmonize.mapping.located import Text
from harmonize.mapping.model import Design, Fpc, FromColumn, Include, Keys, Mapping, Replicates, Sample
from harmonize.readers.header import Header
from harmonize.rules.fit import Link
from harmonize.rules.harmoniser import Available, Harmoniser
from harmonize.sample_plan import COMPANIONS
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

MOST_NAMES = 3  # of columns that a message names


@dataclass(frozen=True)
class _Band:
    low: float
    high: float


@dataclass(frozen=True)
class _Told:
    """What a description says of the rule that a variable came from, in the form of a rule's body."""

    bands: tuple[_Band, ...] | None
    bounds: dict[str, float]
    sources: tuple[()] = ()


@dataclass(frozen=True)
class Harmonised(Harmoniser):
    """Takes the columns as they are; what was another person's is in them already."""

    def add_linked(self, rows: Rows) -> None:
        """Nothing."""


def one_description(found: Sequence[Description]) -> Description:
    """The description of several files together. Raises FitError where they were made otherwise."""
    first = found[0]
    for other in found[1:]:
        if other.common != first.common:
            differs = next(key for key in first.common if first.common[key] != other.common.get(key))
            raise FitError(
                f"{other.path} and {first.path} differ in {differs}",
                "files tabulated together must come from one mapping and extracts of the same columns",
            )
    samples: dict[str, Any] = {}
    whole: list[dict[str, Any]] = []  # parts of one file have the same description, which tells of all its rows
    for each in found:
        samples |= each.content["samples"]
        if each.content not in whole:
            whole.append(each.content)
    return Description(first.content | {"samples": samples, "rows": sum(one["rows"] for one in whole)}, first.path)


def mapping_of(told: Description) -> Mapping:
    """The mapping of a harmonised file: what identifies, weights and samples a person, without rules."""
    content, design, named = told.content, told.content["design"], told.named
    fraction, fpc = design["fraction"], design["fpc"]
    common: dict[str, Any] = {
        "population_base": content["population_base"],
        "territories": tuple(content["territories"]),
    }
    column = FromColumn((named("_sample"),))
    sample = Sample(column, column, column, **common)
    if not content["pooled"]:
        ((name, (country, year)),) = told.samples.items()
        sample = Sample(country, year, name, **common)
    reason = content["include"]
    return Mapping(
        id=content["mapping"]["id"],
        version=content["mapping"]["version"],
        title=content["mapping"]["title"],
        source=content["mapping"].get("source") or {"note": content["mapping"].get("note", "")},
        path=told.path,
        sample=sample,
        design=Design(
            person_weight=named("_weight") if design["weight"] else None,
            weight_called=design["weight"] or "",
            stratum=(named("_stratum"),) if design["stratum"] else (),
            cluster=(named("_cluster"),) if design["cluster"] else (),
            weight_kind=design["weight_kind"],
            weight_factor=design["weight_factor"],
            weight_decimals=design["weight_decimals"],
            fpc=Fpc(fraction, named("_fpc") if fpc else None) if fpc or fraction is not None else None,
            full_count=design["full_count"],
            size=named("_persons") if design["size"] else None,
            replicate=_replicates(told),
        ),
        unit=content["unit"],
        include=Include(Text("_include"), reason, ("_include",)) if reason is not None else None,
        keys=Keys(
            household=(named("_household"),) if content["household_key"] else (),
            person=named("_person") if content.get("person_key") else None,
        ),
    )


def _replicates(told: Description) -> Replicates | None:
    made = told.content["design"]["replicates"]
    if made is None:
        return None
    columns = tuple(told.named(name) for name in replicate_columns(made["columns"]))
    return Replicates(columns, made["method"], made["scale"], tuple(made["rscales"]), made["rho"])


def harmoniser_of(told: Description, extract: Header) -> Harmonised:
    """The harmoniser of harmonised files. Raises FitError where a column of the description is not there."""
    content, named = told.content, told.named
    names = list(content["variables"])
    beside = [f"{name}__{what}" for name in names for what in COMPANIONS]
    extra = [name for name in ("_include", "_persons", "_fpc", *beside) if named(name) in extract.columns]
    person = ["_person"] if content.get("person_key") else []
    made = content["design"]["replicates"]
    weights = ["_weight", *(replicate_columns(made["columns"]) if made else ())]
    needed = ["_sample", "_household", *person, "_stratum", "_cluster", *weights, *names, *extra]
    missing = [named(name) for name in needed if named(name) not in extract.columns]
    if missing:
        raise FitError(
            f"{extract.files[0]} has no column {first_of(missing, MOST_NAMES)}, which {told.path.name} tells of",
            "is the description of this file? Run `harmonize apply` again",
        )
    expressions: list[pl.Expr] = []
    unmapped: dict[str, tuple[pl.Expr, tuple[str, ...]]] = {}
    for name in names:
        value, faulty, shown = _column(name, told, extract)
        expressions.append(value)
        expressions += [_companion(each, told) for each in beside if each in extra and each.rpartition("__")[0] == name]
        if told.has_reasons(name):
            expressions.append((_cell(name, told) == NOT_APPLICABLE).fill_null(False).alias(f"{name}__na"))
        unmapped[name] = (faulty, (shown,))
    samples = told.samples
    sample = pl.col(named("_sample"))
    countries = {each: country for each, (country, _) in samples.items()}
    years = {each: year for each, (_, year) in samples.items()}
    return Harmonised(
        columns=tuple(named(name) for name in needed),
        available={name: _available(name, content["variables"][name]) for name in names},
        unavailable=dict(content["unavailable"]),
        expressions=expressions,
        unmapped=unmapped,
        sample=sample.alias("_sample"),
        country=sample.replace_strict(countries, default=None, return_dtype=pl.String).alias("_country"),
        year=sample.replace_strict(years, default=None, return_dtype=pl.Int32).alias("_year"),
        include=_cell("_include", told) == "true" if content["include"] is not None else None,
        through=[
            Link(name, "", (), "", facts["through"]) for name, facts in content["variables"].items() if facts["through"]
        ],
        rows=content["rows"],
    )


def _column(name: str, told: Description, extract: Header) -> tuple[pl.Expr, pl.Expr, str]:
    """Its value, whether it can't be read, and the column to show then: in a pooled extract, blank is not asked."""
    shown, pooled, variable = told.named(name), told.content["pooled"], VARIABLES[name]
    text = _cell(name, told)
    blank = text.is_null() | (text == "")
    if variable.values:
        value = text.cast(variable.dtype, strict=False)
        return value.alias(name), value.is_null(), shown
    if variable.kind != "number":
        # SPSS and Stata have no text that is missing
        return pl.when(~blank).then(text).alias(name), pl.lit(False), shown
    value = text.cast(pl.Float64, strict=False)
    faulty = value.is_null() & ~blank
    if told.has_reasons(name):
        faulty = faulty & ~text.is_in([UNKNOWN, NOT_APPLICABLE])
        faulty = faulty.fill_null(False) | blank if pooled else faulty
    elif pooled and f"{name}__na" in extract.columns:
        beside = pl.col(f"{name}__na")
        unasked = beside.is_null() | (beside == "")
        return value.alias(name), faulty.fill_null(False) | unasked, shown
    return value.alias(name), faulty.fill_null(False), shown


def _cell(name: str, told: Description) -> pl.Expr:
    """The text of a cell, the category where the file has its code."""
    text = pl.col(told.named(name))
    codes = told.content["codes"].get(name)
    if not codes:
        return text
    if name in VARIABLES and VARIABLES[name].values:
        return text.replace_strict(codes, default=None, return_dtype=pl.String)
    return text.replace(codes)


def _companion(name: str, told: Description) -> pl.Expr:
    text = _cell(name, told)
    if name.endswith("__na"):
        return (text == "true").fill_null(False).alias(name)
    return text.cast(pl.Float64, strict=False).alias(name)


def _available(name: str, told: dict[str, Any]) -> Available:
    infinite = float("inf")
    bands = [
        _Band(-infinite if low is None else low, infinite if high is None else high) for low, high in told["bands"]
    ]
    return Available(
        name=Text(name),
        variable=VARIABLES[name],
        kind="harmonised",
        body=_Told(tuple(bands) or None, {} if told["top_code"] is None else {"top_code": told["top_code"]}),  # type: ignore[arg-type]
        universe=dict(told["universe"]),
        options=dict(told["options"]),
        through=("household", told["through"]) if told["through"] else None,
        reaches=None if told["reaches"] is None else frozenset(told["reaches"]),
        not_applicable=told["not_applicable"],
    )


def described(paths: Sequence[Path]) -> Description:
    """The description of the files `paths`, which are one harmonised extract."""
    from harmonize.harmonised.description import read_description

    return one_description([read_description(path) for path in paths])
