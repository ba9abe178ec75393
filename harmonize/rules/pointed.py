"""The values that come `through` a pointer: those of the mother or father in the same household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.mapping.located import Text
from harmonize.rules.apply import apply_expressions, group_by_columns
from harmonize.rules.cells import Cell, holds
from harmonize.rules.extract_columns import source_column
from harmonize.rules.source_codes import Code, compare_as_numbers, parse_code
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

if TYPE_CHECKING:
    from harmonize.rules.harmoniser import Harmoniser

LARGEST = 1_000_000  # person numbers up to this go straight into the search key
Rows = npt.NDArray[np.int64]


def pointer_codes(none: tuple[str, ...]) -> list[Code]:
    """The codes of a pointer that mean nobody; `keys` has checked how they are written."""
    codes = (parse_code(Text(text), "")[0] for text in none)
    return [code for code in codes if code is not None]


def pointed_row(frame: pl.DataFrame, person: str, pointer: str) -> Rows:
    """Row of the person whom `pointer` names in the same household, -1 where there is none.

    frame: `_hh` UInt32 with households in unbroken runs, `person` and `pointer` String columns. A
    number that two persons of a household share finds the first of them.
    """
    own, wanted = _numbered(frame, person, pointer)
    if not len(own):
        return np.zeros(0, dtype=np.int64)
    household = frame["_hh"].to_numpy().astype(np.int64) * (max(int(own.max()), int(wanted.max())) + 2)
    key, sought = household + own, household + wanted
    order = None if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")
    ordered = key if order is None else key[order]
    at = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found = (ordered[at] == sought) & (wanted >= 0)
    return np.where(found, at if order is None else order[at], -1)


def _numbered(frame: pl.DataFrame, person: str, pointer: str) -> tuple[Rows, Rows]:
    """Small whole numbers, equal where person and pointer are the same; -1 where blank."""
    cells = {"own": Cell(person, True), "wanted": Cell(pointer, True)}
    numbers = [cell.number.fill_null(-1).alias(name) for name, cell in cells.items()]
    strange = [_is_strange(cell).alias(f"{name}_strange") for name, cell in cells.items()]
    both = apply_expressions(frame.select(person, pointer), group_by_columns([*numbers, *strange]))
    if not (both["own_strange"].any() or both["wanted_strange"].any()):
        return both["own"].cast(pl.Int64).to_numpy(), both["wanted"].cast(pl.Int64).to_numpy()
    texts = frame.select(
        pl.coalesce(cell.number.cast(pl.String), cell.text).alias(name) for name, cell in cells.items()
    )
    ranks = pl.concat([texts["own"], texts["wanted"]]).rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()
    return ranks[: len(frame)], ranks[len(frame) :]


def _is_strange(cell: Cell) -> pl.Expr:
    """Whether a person number is something else than a small whole number, or blank."""
    number = cell.number.fill_null(0)
    return (number.floor() != number) | (number > LARGEST) | (number < 0) | (cell.number.is_null() & ~cell.blank)


def through_series(
    frame: pl.DataFrame,
    values: pl.Series,
    person: str,
    pointer: str,
    none: tuple[str, ...],
    variable: Variable,
    row: Rows | None = None,
) -> pl.Series:
    """The pointed persons' `values`, as a Series named and typed as `variable`.

    A pointer that means nobody (a code of `none`, or blank when `none` lists it) gives not_applicable;
    one that finds nobody gives unknown. For numbers both are null.
    """
    row = pointed_row(frame, person, pointer) if row is None else row
    taken = values.cast(variable.dtype).gather(pl.Series(np.maximum(row, 0))) if len(values) else values
    codes = pointer_codes(none)
    cell = Cell(pointer, compare_as_numbers(codes, None))
    nobody = pl.repeat(False, len(frame), eager=True)
    if codes:
        tells = group_by_columns([holds(cell, codes).alias("_nobody")])
        nobody = apply_expressions(frame.select(pointer), tells)["_nobody"]
    has_values = bool(variable.values)
    lost = pl.lit(UNKNOWN if has_values else None, dtype=variable.dtype)
    absent = pl.lit(NOT_APPLICABLE if has_values else None, dtype=variable.dtype)
    parts = pl.DataFrame({"taken": taken, "found": pl.Series(row >= 0), "nobody": nobody})
    value = pl.when("nobody").then(absent).when("found").then(pl.col("taken")).otherwise(lost)
    filled = value.fill_null(UNKNOWN) if has_values else value
    return parts.select(filled.alias(variable.name)).to_series()


def add_through(frame: pl.DataFrame, harmoniser: Harmoniser, keys: Any = None) -> pl.DataFrame:
    """The batch with the variables that are another person's. Whole households, source values filled."""
    columns = []
    rows: dict[str, Rows] = {}  # several variables come through one pointer
    for link in harmoniser.through:
        person, pointer = source_column(link.person), source_column(link.pointer)
        if pointer not in rows:
            rows[pointer] = pointed_row(frame, person, pointer)
        variable, row = VARIABLES[link.variable], rows[pointer]
        columns.append(through_series(frame, frame[link.source], person, pointer, link.none, variable, row))
    return frame.with_columns(columns) if columns else frame
