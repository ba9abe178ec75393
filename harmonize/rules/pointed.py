"""The values that come `through` a pointer: those of the mother or father in the same household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.rules.cells import Cell, holds
from harmonize.rules.extract_columns import source_column
from harmonize.rules.source_codes import compare_as_numbers
from harmonize.rules.through import pointer_codes
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

if TYPE_CHECKING:
    from harmonize.distinct.rows import Rows
    from harmonize.rules.harmoniser import Harmoniser

LARGEST = 1_000_000  # person numbers up to this go straight into the search key
SHARED = "_number_of_another"  # whether a person's number is that of another of the household
Pointed = npt.NDArray[np.int64]


def pointed_row(frame: pl.DataFrame, person: str, pointer: str) -> Pointed:
    """Row of the person whom `pointer` names in the same household, -1 where there is none.

    frame: `_hh` UInt32 with households in unbroken runs, `person` and `pointer` String columns. A
    number that two persons of a household share finds the first of them.
    """
    own, wanted = _numbered(frame, person, pointer)
    if not len(own):
        return np.zeros(0, dtype=np.int64)
    if (row := _counted(frame["_hh"].to_numpy(), own, wanted)) is not None:
        return row
    household = frame["_hh"].to_numpy().astype(np.int64) * (max(int(own.max()), int(wanted.max())) + 2)
    key, sought = household + own, household + wanted
    order = None if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")
    ordered = key if order is None else key[order]
    at = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found = (ordered[at] == sought) & (wanted >= 0)
    return np.where(found, at if order is None else order[at], -1)


def number_of_another(frame: pl.DataFrame, person: str) -> npt.NDArray[np.bool_]:
    """Whether another person of the household has the same number, (rows); a blank is no number. frame: as above."""
    own, _ = _numbered(frame, person, person)
    household = frame["_hh"].to_numpy()
    if not len(own) or _counted(household, own, own) is not None:
        return np.zeros(len(own), dtype=np.bool_)
    pairs = pl.DataFrame({"household": household, "own": own})
    return pairs.select(pl.struct("household", "own").is_duplicated() & (pl.col("own") >= 0)).to_series().to_numpy()


def _counted(household: npt.NDArray[np.uint32], own: Pointed, wanted: Pointed) -> Pointed | None:
    """The same where each household counts its persons from 1 in the order of its rows; None where one does not."""
    starts = np.flatnonzero(np.concatenate(([True], household[1:] != household[:-1])))
    sizes = np.diff(np.append(starts, len(household)))
    start = np.repeat(starts, sizes)
    if not np.array_equal(own, np.arange(1, len(own) + 1) - start):
        return None
    there = (wanted >= 1) & (wanted <= np.repeat(sizes, sizes))
    return np.where(there, start + wanted - 1, -1)


def _numbered(frame: pl.DataFrame, person: str, pointer: str) -> tuple[Pointed, Pointed]:
    """Small whole numbers, equal where person and pointer are the same; -1 where blank."""
    plain = [_whole(frame[column]) for column in (person, pointer)]
    if plain[0] is not None and plain[1] is not None:
        return plain[0], plain[1]
    cells = {"own": Cell(person, True), "wanted": Cell(pointer, True)}
    numbers = [cell.number.fill_null(-1).alias(name) for name, cell in cells.items()]
    strange = [_is_strange(cell).alias(f"{name}_strange") for name, cell in cells.items()]
    both = frame.select(*numbers, *strange)
    if not (both["own_strange"].any() or both["wanted_strange"].any()):
        return both["own"].cast(pl.Int64).to_numpy(), both["wanted"].cast(pl.Int64).to_numpy()
    texts = frame.select(
        pl.when(cell.number == 0).then(pl.lit("0"))  # -0 is 0, and is written otherwise
        .otherwise(pl.coalesce(cell.number.cast(pl.String), cell.text)).alias(name)
        for name, cell in cells.items()
    )  # fmt: skip
    ranks = pl.concat([texts["own"], texts["wanted"]]).rank("dense").cast(pl.Int64).fill_null(-1).to_numpy()
    return ranks[: len(frame)], ranks[len(frame) :]


def _whole(column: pl.Series) -> Pointed | None:
    """The column's numbers, -1 where blank; None unless every cell is blank or a small whole number as it stands."""
    numbers = column.cast(pl.Int64, strict=False)
    blank = numbers.null_count()
    if blank and blank != column.null_count() + int((column == "").sum()):
        return None
    found = numbers.fill_null(-1).to_numpy()
    return found if len(found) and found.min() >= -1 and found.max() <= LARGEST and not (numbers < 0).any() else None


def _is_strange(cell: Cell) -> pl.Expr:
    """Whether a person number is something else than a small whole number, or blank."""
    number = cell.number.fill_null(0)
    return (number.floor() != number) | (number > LARGEST) | (number < 0) | (cell.number.is_null() & ~cell.blank)


def nobody_of(pointer: str, none: tuple[str, ...]) -> pl.Expr:
    """Boolean `_nobody`, never null: the pointer's code is one of `none`, so that it means nobody."""
    codes = pointer_codes(none)
    told = holds(Cell(pointer, compare_as_numbers(codes, None)), codes) if codes else pl.lit(False)
    return told.alias("_nobody")


def through_series(values: pl.Series, row: Pointed, nobody: pl.Series, variable: Variable) -> pl.Series:
    """The pointed persons' `values`, as a Series named and typed as `variable`.

    A pointer that means nobody (a code of `none`, or blank when `none` lists it) gives not_applicable;
    one that finds nobody gives unknown. For numbers both are null.
    """
    values = values.cast(variable.dtype)
    if variable.values:
        enum = pl.Enum(variable.values)
        unknown, absent = (variable.values.index(word) for word in (UNKNOWN, NOT_APPLICABLE))
        known = values.to_physical().fill_null(unknown).to_numpy()
        codes = np.where(row >= 0, known[row], unknown) if len(known) else known
        codes = np.where(nobody.to_numpy(), absent, codes).astype(np.uint32)
        return pl.Series(variable.name, codes).cat.to(enum)
    taken = values.gather(pl.Series(np.maximum(row, 0))) if len(values) else values
    parts = pl.DataFrame({"taken": taken, "found": pl.Series(row >= 0) & ~nobody})
    return parts.select(pl.when("found").then("taken").alias(variable.name)).to_series()


def add_through(rows: Rows, harmoniser: Harmoniser) -> None:
    """Add the variables that are another person's. Whole households, source values filled."""
    told: dict[str, tuple[Pointed, pl.Series]] = {}  # several variables come through one pointer
    made: list[pl.Series] = []
    for link in harmoniser.through:
        person, pointer = source_column(link.person), source_column(link.pointer)
        if pointer not in told:
            rows.add([harmoniser.nobody[link.pointer]])
            frame = rows.frame(dict.fromkeys(("_hh", person, pointer)))
            told[pointer] = pointed_row(frame, person, pointer), rows.series("_nobody")
        made.append(through_series(rows.series(link.source), *told[pointer], VARIABLES[link.variable]))
    for series in made:
        rows.put(series)
    if harmoniser.through:
        person = source_column(harmoniser.through[0].person)  # all links have the one key of persons
        rows.put(pl.Series(SHARED, number_of_another(rows.frame(["_hh", person]), person)))
