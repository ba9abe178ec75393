"""Builds what the indicators read: an Availability, and a frame of persons with the schema's types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from harmonize.indicators import Asked, Availability
from harmonize.indicators.household_deaths import COLUMN, DEATHS
from harmonize.schema import VARIABLES


def sample(*names: str, without: Iterable[str] = (), **facts: Mapping[str, object]) -> Availability:
    """The named variables, each with all its categories but those in `without`; `facts` override."""
    made = {}
    for name in dict.fromkeys((*names, *facts)):
        given = {
            "reaches": frozenset(VARIABLES[name].values) - set(without) or None,
            "not_applicable": VARIABLES[name].kind == "number",
            **facts.get(name, {}),
        }
        made[name] = Asked(**given)
    return Availability(made)


def people(rows: list[dict[str, object]], has: Availability) -> pl.DataFrame:
    """Persons as harmonised columns; a number "not_applicable" is null and marked in `<name>__na`.

    Where there are deaths of households each row says whether its household's count there.
    """
    columns = {}
    for name, asked in has.variables.items():
        values = [row.get(name) for row in rows]
        if VARIABLES[name].kind == "number":
            skipped = [value == "not_applicable" for value in values]
            numbers = [None if value == "not_applicable" else value for value in values]
            columns[name] = pl.Series(numbers, dtype=pl.Float64)
            if asked.not_applicable:
                columns[f"{name}__na"] = pl.Series(skipped, dtype=pl.Boolean)
        else:
            columns[name] = pl.Series(values, dtype=VARIABLES[name].dtype)
    if DEATHS in columns:
        columns[COLUMN] = pl.Series([bool(row[COLUMN]) for row in rows], dtype=pl.Boolean)
    return pl.DataFrame(columns)


def table(text: str) -> list[dict[str, object]]:
    """Persons written as a table: a line of variables, a line each; `?` is unknown, `-` not applicable.

    An unknown number is null. A column `weight` counts a person as that many; one that begins with `_` is 0 or 1.
    """
    head, *lines = [line.split("|") for line in text.strip().splitlines()]
    names = [name.strip() for name in head]
    return [{name: _answer(name, cell.strip()) for name, cell in zip(names, cells, strict=True)} for cells in lines]


def _answer(name: str, cell: str) -> object:
    number = name == "weight" or name.startswith("_") or VARIABLES[name].kind == "number"
    if cell == "-":
        return "not_applicable"
    if cell == "?":
        return None if number else "unknown"
    return float(cell) if number else cell
