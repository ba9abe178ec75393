"""Applies a compiled mapping to a batch by its distinct codes.

Census columns hold few distinct codes. Each column is encoded once (one hash a cell), the rules' expressions
are evaluated on the distinct values, or combinations of them, and the results are gathered. The outcome is
that of the expressions themselves, at about a tenth of the time; a column with many distinct values (an
income) is evaluated row by row of the batch, by the same expressions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

MOST_DISTINCT = 4  # rows a distinct value of a column must stand for, on average
MOST_COMBINED = 4_000_000  # cells of the table of combinations of several columns

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Expressions that read the same columns."""

    columns: tuple[str, ...]
    expressions: tuple[pl.Expr, ...]


@dataclass(frozen=True)
class Encoded:
    """A column as whole numbers from 0, and the cell (String) of each number."""

    codes: Codes
    cells: pl.Series


def group_by_columns(expressions: Sequence[pl.Expr]) -> list[Group]:
    """Groups in order of first appearance."""
    groups: dict[tuple[str, ...], list[pl.Expr]] = {}
    for expression in expressions:
        groups.setdefault(tuple(sorted(set(expression.meta.root_names()))), []).append(expression)
    return [Group(columns, tuple(listed)) for columns, listed in groups.items()]


def apply_expressions(batch: pl.DataFrame, groups: Sequence[Group]) -> pl.DataFrame:
    """The batch with the groups' columns added. Its source columns are String."""
    encoded: dict[str, Encoded | None] = {}
    results: list[pl.Series] = []
    plain: list[pl.Expr] = []
    for group in groups:
        parts = [_column(batch, name, encoded) for name in group.columns]
        known = [part for part in parts if part is not None]
        size = int(np.prod([len(part.cells) for part in known], dtype=np.float64)) if known else 0
        if not batch.height or not known or len(known) < len(parts) or size > MOST_COMBINED:
            plain += group.expressions
        else:
            results += _by_distinct(group, known, size)
    frame = batch.with_columns(results)
    return frame.lazy().with_columns(plain).collect() if plain else frame


def _column(batch: pl.DataFrame, name: str, encoded: dict[str, Encoded | None]) -> Encoded | None:
    if name not in encoded:
        encoded[name] = _encode(batch[name])
    return encoded[name]


def _encode(column: pl.Series) -> Encoded | None:
    """None where there are too many distinct values to gain anything. Null and "" are the same: blank."""
    if column.null_count():
        column = column.fill_null("")
    ours = pl.Categorical(pl.Categories.random())  # a dictionary of this batch alone, so that it ends with it
    codes = column.cast(ours).to_physical().to_numpy().astype(np.int64)
    if not len(codes):
        return None
    row_of = np.full(int(codes.max()) + 1, -1, dtype=np.int64)
    row_of[codes] = np.arange(len(codes))
    present = row_of >= 0
    if not present.all():
        codes, row_of = (np.cumsum(present) - 1)[codes], row_of[present]
    if len(row_of) * MOST_DISTINCT > len(column) and len(column) > 1000:
        return None
    return Encoded(codes, column.gather(pl.Series(row_of)))


def _by_distinct(group: Group, parts: list[Encoded], size: int) -> list[pl.Series]:
    """Evaluate on the values, or the combinations of values, that occur; then gather."""
    index = parts[0].codes
    if len(parts) == 1:
        small = pl.DataFrame({group.columns[0]: parts[0].cells})
    else:
        for part in parts[1:]:
            index = index * len(part.cells) + part.codes
        seen = np.zeros(size, dtype=np.bool_)
        seen[index] = True
        present = np.flatnonzero(seen)
        place = np.zeros(size, dtype=np.int64)
        place[present] = np.arange(len(present))
        index, rest, columns = place[index], present, {}
        for name, part in reversed(list(zip(group.columns, parts, strict=True))):
            rest, code = np.divmod(rest, len(part.cells))
            columns[name] = part.cells.gather(pl.Series(code))
        small = pl.DataFrame(columns)
    rows = pl.Series(index)
    done = small.select(group.expressions)
    if done.height == 1 < small.height:  # a constant of the columns
        done = pl.concat([done] * small.height)
    return done.select(pl.all().gather(rows)).get_columns()
