"""The values that come `through` a pointer: those of the mother or father in the same household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.lookup import Column, Lookup
from harmonize.distinct.values import TRUE, Codes
from harmonize.rules.cells import Cell, holds
from harmonize.rules.extract_columns import source_column
from harmonize.rules.pointed_kernels import find_counted, mark, take_pointed
from harmonize.rules.source_codes import compare_as_numbers
from harmonize.rules.through import pointer_codes
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

if TYPE_CHECKING:
    from harmonize.distinct.rows import Rows
    from harmonize.rules.harmoniser import Harmoniser

NOBODY = -2  # the row of a person who is told not to be there
LARGEST = 1_000_000  # person numbers up to this go straight into the search key
SHARED = "_number_of_another"  # whether a person's number is that of another of the household
_NOBODYS = grouped([pl.lit(False).alias(SHARED)])
Numbers = npt.NDArray[np.int64]


def pointed_row(rows: Rows, person: str, pointer: str) -> Codes:
    """Row of the person whom `pointer` names in the same household, -1 where there is none.

    rows: `_hh` UInt32 with households in unbroken runs, `person` and `pointer` String columns. A
    number that two persons of a household share finds the first of them.
    """
    if (row := _counted(rows, person, pointer)) is not None:
        return row
    frame = rows.frame(dict.fromkeys(("_hh", person, pointer)))
    own, wanted = _numbered(frame, person, pointer)
    if not len(own):
        return np.zeros(0, dtype=np.int32)
    household = frame["_hh"].to_numpy().astype(np.int64) * (max(int(own.max()), int(wanted.max())) + 2)
    key, sought = household + own, household + wanted
    order = None if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")
    ordered = key if order is None else key[order]
    at = np.minimum(np.searchsorted(ordered, sought), len(ordered) - 1)
    found = (ordered[at] == sought) & (wanted >= 0)
    return np.where(found, at if order is None else order[at], -1).astype(np.int32)


def number_of_another(rows: Rows, person: str) -> pl.Series | None:
    """Whether another person of the household has the same number, (rows); a blank is no number. rows: as above.

    None where nobody has.
    """
    if _counted(rows, person, person) is not None:
        return None
    frame = rows.frame(["_hh", person])
    pairs = pl.DataFrame({"household": frame["_hh"], "own": _numbered(frame, person, person)[0]})
    return pairs.select(pl.struct("household", "own").is_duplicated() & (pl.col("own") >= 0)).to_series()


def _counted(rows: Rows, person: str, pointer: str) -> Codes | None:
    """The same where each household counts its persons from 1 in the order of its rows; None where one does not."""
    own, wanted = _small(rows, person), _small(rows, pointer)
    if own is None or wanted is None:
        return None
    row = np.empty(rows.height, np.int32)
    return row if find_counted(rows.series("_hh").to_numpy(), *own, *wanted, row) else None


def _small(rows: Rows, name: str) -> tuple[Codes, Numbers] | None:
    """A column of few values, all blank or small whole numbers: of each row which of the numbers, and the numbers."""
    column = rows.column(name)
    numbers = None if column is None else _whole(column.values.cells)
    return None if column is None or numbers is None else (column.lookup.index, column.lookup.of(numbers))


def _numbered(frame: pl.DataFrame, person: str, pointer: str) -> tuple[Numbers, Numbers]:
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


def _whole(column: pl.Series) -> Numbers | None:
    """The column's numbers, -1 where blank; None unless every cell is blank or a small whole number as it stands."""
    numbers = column.cast(pl.Int64, strict=False)
    blank = numbers.null_count()
    if blank and blank != column.null_count() + int((column == "").sum()):
        return None
    found = (numbers.fill_null(-1) if blank else numbers).to_numpy()
    return found if len(found) and found.max() <= LARGEST and np.count_nonzero(found < 0) == blank else None


def _is_strange(cell: Cell) -> pl.Expr:
    """Whether a person number is something else than a small whole number, or blank."""
    number = cell.number.fill_null(0)
    return (number.floor() != number) | (number > LARGEST) | (number < 0) | (cell.number.is_null() & ~cell.blank)


def nobody_of(pointer: str, none: tuple[str, ...]) -> pl.Expr:
    """Boolean `_nobody`, never null: the pointer's code is one of `none`, so that it means nobody."""
    codes = pointer_codes(none)
    told = holds(Cell(pointer, compare_as_numbers(codes, None)), codes) if codes else pl.lit(False)
    return told.alias("_nobody")


def persons_pointed(rows: Rows, person: str, pointer: str, nobody: Group) -> Codes:
    """The same, NOBODY where the pointer means that there is no such person. nobody: see nobody_of."""
    rows.add([nobody])
    row, told = pointed_row(rows, person, pointer), rows.column("_nobody")
    assert told is not None  # two values are never too many
    mark(told.lookup.index, told.lookup.of(np.arange(len(told.values.cells)) == TRUE), row, NOBODY)
    return row


def category_pointed(rows: Rows, source: str, row: Codes, variable: Variable) -> Column:
    """The pointed persons' `source`, of the values of `variable`.

    A pointer that means nobody (a code of `none`, or blank when `none` lists it) gives not_applicable;
    one that finds nobody gives unknown.
    """
    unknown, absent = (variable.values.index(word) for word in (UNKNOWN, NOT_APPLICABLE))
    column = rows.column(source)
    assert column is not None  # nor are categories,
    assert column.values.cells.dtype == variable.dtype  # which are the same
    known = np.arange(len(column.values.cells), dtype=np.int32)
    known[-1] = unknown  # where it is null
    codes = np.empty(rows.height, np.int32)
    take_pointed(row, column.lookup.index, column.lookup.of(known), np.array([absent, unknown], np.int32), codes)
    return Column(column.values, Lookup(codes, count=len(known)))


def number_pointed(rows: Rows, source: str, row: Codes, variable: Variable) -> pl.Series:
    """The pointed persons' `source`, null where there is no such person."""
    values = rows.series(source)
    taken = values.gather(pl.Series(np.maximum(row, 0))) if len(values) else values
    parts = pl.DataFrame({"taken": taken.cast(variable.dtype), "found": row >= 0})
    return parts.select(pl.when("found").then("taken").alias(variable.name)).to_series()


def add_through(rows: Rows, harmoniser: Harmoniser) -> None:
    """Add the variables that are another person's. Whole households, source values filled."""
    told: dict[str, Codes] = {}  # several variables come through one pointer
    made: dict[str, pl.Series | Column] = {}
    for link in harmoniser.through:
        person, pointer = source_column(link.person), source_column(link.pointer)
        if pointer not in told:
            told[pointer] = persons_pointed(rows, person, pointer, harmoniser.nobody[link.pointer])
        take = category_pointed if VARIABLES[link.variable].values else number_pointed
        made[link.variable] = take(rows, link.source, told[pointer], VARIABLES[link.variable])
    for name, column in made.items():
        rows.put(name, column)
    if harmoniser.through:
        person = source_column(harmoniser.through[0].person)  # all links have the one key of persons
        shared = number_of_another(rows, person)
        rows.add(_NOBODYS) if shared is None else rows.put(SHARED, shared)
