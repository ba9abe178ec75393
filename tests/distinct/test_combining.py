"""Rows are not gone through again for what their tables or other combinations tell."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from harmonize.distinct import combinations
from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows

ROWS = 1000
BOTH = grouped([pl.col("of_a").add(pl.col("a")).alias("from_one"), pl.col("b").add(pl.col("constant")).alias("also")])
THREE = grouped([(pl.col("a") + pl.col("b") + pl.col("c")).alias("three")])
TWO = grouped([(pl.col("a") * pl.col("b")).alias("two")])


@pytest.fixture
def gone_through(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of what combinations are looked up of."""
    lengths: list[int] = []
    known = combinations.known_places

    def counted(before: Any, codes: Any, *more: Any) -> bool:
        lengths.append(len(codes))
        return bool(known(before, codes, *more))

    monkeypatch.setattr(combinations, "known_places", counted)
    return lengths


def batch(memory: Memory, first: int) -> tuple[Rows, pl.DataFrame]:
    numbers = pl.select(pl.int_range(first, first + ROWS)).to_series()
    frame = pl.DataFrame({"a": numbers % 7, "b": numbers % 3, "c": numbers % (first + 5)}).cast(pl.Float64)
    rows = Rows(frame, memory)
    rows.add(grouped([(pl.col("a") * 2).alias("of_a"), pl.lit(1.0).alias("constant")]))
    return rows, frame.with_columns(of_a=pl.col("a") * 2, constant=pl.lit(1.0))


def test_columns_that_follow_from_one_or_are_constant_are_combined_in_their_tables(gone_through: list[int]) -> None:
    rows, frame = batch(Memory(), 0)
    rows.add(BOTH)
    assert rows.series("from_one").equals(frame["of_a"] + frame["a"])
    assert rows.series("also").equals(frame["b"] + 1)
    assert gone_through
    assert max(gone_through) < ROWS


def test_a_batch_after_the_first_goes_through_the_rows_for_the_widest_alone(gone_through: list[int]) -> None:
    memory, times = Memory(), []
    for _ in range(2):
        gone_through.clear()
        rows, frame = batch(memory, 0)
        rows.add(TWO)
        rows.add(THREE)
        assert rows.series("two").equals(frame["a"] * frame["b"])
        assert rows.series("three").equals(frame["a"] + frame["b"] + frame["c"])
        times.append(gone_through.count(ROWS))
    assert times == [2, 1]


def test_a_wider_column_that_is_not_there_yet_is_no_hindrance() -> None:
    memory = Memory()
    for first in (0, 1):
        rows, frame = batch(memory, first)
        rows.add(grouped([(pl.col("a") * pl.col("b")).alias("two")]))
        rows.add(grouped([(pl.col("two") + 1).alias("later")]))
        rows.add(grouped([(pl.col("a") + pl.col("b") + pl.col("later")).alias("all")]))
        assert rows.series("all").equals(frame["a"] + frame["b"] + frame["a"] * frame["b"] + 1)


def test_a_column_that_is_replaced_is_combined_anew() -> None:
    memory = Memory()
    for first in (0, 1):
        rows, frame = batch(memory, first)
        rows.add(grouped([(pl.col("a") * pl.col("b")).alias("two")]))
        rows.add(grouped([(pl.col("c") + 100).alias("c")]))
        rows.add(THREE)
        assert rows.series("two").equals(frame["a"] * frame["b"])
        assert rows.series("three").equals(frame["a"] + frame["b"] + frame["c"] + 100)


def test_columns_that_are_too_wide_together_are_combined_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combinations, "ROOM", 10)  # bits; each column of a has 3, a combination of them 3
    names = [f"a{i}" for i in range(5)]
    rows, frame = batch(Memory(), 0)
    rows.add(grouped([(pl.col("a") * (i + 1)).alias(name) for i, name in enumerate(names)]))
    group = grouped([pl.sum_horizontal(names).alias("all")])
    assert rows.outcomes(group[0]) is not None
    rows.add(group)
    assert rows.series("all").equals(frame["a"] * 15)
