"""Tables of what rows hold, told by as few columns of codes as may be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from harmonize.distinct.by_index import Wanted, by_index
from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from tests.distinct.made_rows import AGE, BATCHES, BOTH, OTHER, SEX

ALWAYS = pl.lit(True).alias("always")
HOUSEHOLD = (pl.col("_hh").cum_count() > 2).alias("late")


def read(rows: Rows, expressions: list[pl.Expr]) -> tuple[dict[str, list[int]], int]:
    """What each row holds by the tables, and how many columns of codes tell it."""
    wanted = [Wanted(group) for group in grouped(expressions)]
    found: dict[str, list[int]] = {}
    told = by_index(rows, wanted)
    for code, tables, which in told:
        for table, i in zip(tables, which, strict=True):
            assert len(code) == rows.height
            found |= {name: table[code, k].tolist() for k, name in enumerate(wanted[i].group.names)}
    return found, len(told)


@pytest.mark.parametrize(
    ("expressions", "columns"),
    [
        ([SEX, AGE, BOTH, OTHER, ALWAYS], 2),
        ([SEX, AGE], 2),
        ([ALWAYS, OTHER], 1),
        ([ALWAYS], 1),
        ([HOUSEHOLD, ALWAYS, SEX], 2),
        ([], 0),
    ],
)
def test_a_column_is_told_by_a_combination_it_is_in_and_a_constant_by_any(
    expressions: list[pl.Expr], columns: int
) -> None:
    memory = Memory()
    for batch in BATCHES:
        batch = batch.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("_hh"))
        found, told = read(Rows(batch, memory), expressions)
        expected = batch.with_columns(expressions).select(expr.meta.output_name() for expr in expressions)
        assert found == {name: expected[name].cast(pl.Int64).to_list() for name in expected.columns}
        assert told == columns


def test_an_empty_batch_has_tables_of_nothing() -> None:
    found, _ = read(Rows(BATCHES[0].clear(), Memory()), [SEX, BOTH, ALWAYS])
    assert found == {"sexf": [], "both": [], "always": []}


def test_outcomes_are_made_into_what_is_wanted() -> None:
    group = grouped([SEX, AGE, BOTH])[2]
    doubled = Wanted(group, lambda made: made.array * 2, lambda array: array * 2)
    ((code, (table,), _),) = by_index(Rows(BATCHES[0], Memory()), [doubled])
    assert np.array_equal(table[code, 0], [0, 2, 0, 0])
