"""A condition holds for the rows for which DuckDB, which reads the same text as SQL, says so."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.mapping.located import Text
from harmonize.rules.cells import Cell
from harmonize.rules.condition_expr import condition_expr
from harmonize.rules.condition_parser import parse_condition

COLUMNS = ("A", "B", "C")
number = st.integers(-3, 6).map(str)
term = st.one_of(st.sampled_from(COLUMNS), number)


def summed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, st.sampled_from([" + ", " - ", " * "]), inner)
    return st.one_of(pairs.map("".join), inner.map("({})".format), inner.map(lambda x: f"- {x}" if x[0] != "-" else x))


operand = st.recursive(term, summed, max_leaves=4)
sign = st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">="])
column = st.sampled_from(COLUMNS)
maybe_not = st.sampled_from(["", "NOT "])
listed = st.lists(number, min_size=1).map(", ".join)


def upside_down(between: str) -> bool:
    """The higher end first: SQL takes it, and nothing is between; a mapping's condition is refused."""
    ends = between.split("BETWEEN ")[1].split(" AND ")
    numbers = [eval(end) for end in ends if re.fullmatch(r"[-+*()\d ]+", end)]  # of numbers alone
    return len(numbers) == 2 and numbers[0] > numbers[1]


comparison = st.one_of(
    st.tuples(column, sign, operand).map(" ".join),
    st.tuples(operand, sign, column).map(" ".join),
    st.builds("{} {}IN ({})".format, column, maybe_not, listed),
    st.builds("{} {}BETWEEN {} AND {}".format, column, maybe_not, operand, operand).filter(
        lambda it: not upside_down(it)
    ),
    st.builds("{} IS {}NULL".format, column, maybe_not),
)


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, st.sampled_from([" AND ", " OR "]), inner)
    return st.one_of(pairs.map("".join), inner.map("({})".format), inner.map("NOT {}".format))


rows = st.lists(st.fixed_dictionaries({c: st.one_of(st.none(), st.integers(-3, 6)) for c in COLUMNS}), min_size=1)


@settings(max_examples=300)
@given(st.recursive(comparison, joined, max_leaves=8), rows)
def test_a_condition_means_what_sql_means_by_it(condition: str, people: list[dict[str, Any]]) -> None:
    parsed, findings = parse_condition(Text(condition), "made.yaml", COLUMNS)
    assert parsed is not None, (condition, findings)
    frame = pl.DataFrame(people, schema=dict.fromkeys(COLUMNS, pl.Int64), orient="row").with_row_index()
    as_text = frame.with_columns(pl.col(COLUMNS).cast(pl.String))
    ours = as_text.filter(condition_expr(parsed, lambda name: Cell(name, numeric=True)))["index"].to_list()
    theirs = duckdb.sql(f"SELECT index FROM frame WHERE {condition} ORDER BY index").fetchall()
    assert ours == [index for (index,) in theirs], condition
