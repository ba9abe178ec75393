"""Batches that are prepared at once share what was met: each comes to what it comes to alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import polars as pl
import pytest

from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.distinct.tally import Tally

BATCHES, ROWS = 48, 300
FIRST = [
    (pl.col("age").cast(pl.Int64, strict=False) // 5).alias("age_group"),
    (pl.col("place") + "!").alias("named"),
    (pl.col("number") * 2).alias("double"),
    (pl.col("code").replace("", None)).alias("code_or_none"),
]
SECOND = [
    (pl.col("age_group") * 1000 + pl.col("double")).alias("sum"),
    (pl.concat_str("named", "age_group", "code_or_none", ignore_nulls=True)).alias("joined"),
]
THIRD = [(pl.col("sum") > 40_000).fill_null(False).alias("large"), pl.col("joined").str.len_chars().alias("length")]
COUNTED = [
    (pl.col("age_group") == 3).fill_null(False).alias("fifteen"),
    (pl.col("joined").str.len_chars() > 9).alias("long"),
    pl.col("large").alias("is_large"),
]


def batch(number: int) -> pl.DataFrame:
    """Later batches have values that no earlier one has; columns of numbers and of texts, with blanks."""
    random = Random(number)
    reach = 3 + 2 * number
    return pl.DataFrame(
        {
            "age": [str(random.randint(0, reach)) for _ in range(ROWS)],
            "place": [random.choice(["", f"p{random.randint(0, reach)}"]) for _ in range(ROWS)],
            "number": [float(random.randint(-reach, reach)) for _ in range(ROWS)],
            "code": pl.Series(
                [random.choice([None, random.randint(0, 7 * reach)]) for _ in range(ROWS)], dtype=pl.Int64
            ),
        }
    )


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that are switched between all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("turn", range(4))
def test_what_each_comes_to_is_what_the_expressions_say(turn: int) -> None:
    memory, groups = Memory(), [grouped(each) for each in (FIRST, SECOND, THIRD)]
    counted = grouped(COUNTED)

    def made(number: int) -> tuple[pl.DataFrame, dict[str, list[int]]]:
        rows = Rows(batch(number), memory)
        for group in groups:
            rows.add(group)
        part = np.arange(ROWS, dtype=np.int32) % 2
        tally = Tally(rows, [(0,), (1,)], part)
        counts = {name: found.tolist() for group in counted for name, found in tally.of(group)}
        arrays = {group.columns: group.names for group in counted}
        for group in counted:
            outcomes, lookup = rows.outcomes(group) or pytest.fail("all are remembered")
            by_row = lookup.of(outcomes.array)[lookup.index].sum(axis=0).tolist()
            assert by_row == [sum(counts[name]) for name in arrays[group.columns]]
        return rows.frame(rows.names), counts

    order = list(range(BATCHES))
    Random(turn).shuffle(order)
    with ThreadPoolExecutor(4) as threads:
        found = dict(zip(order, threads.map(made, order), strict=True))
    for number in range(BATCHES):
        source = batch(number).with_columns(pl.col("code").cast(pl.String).fill_null(""))
        expected = source.with_columns(FIRST).with_columns(SECOND).with_columns(THIRD)
        frame, counts = found[number]
        assert frame.select(expected.columns).equals(expected), number
        sums = expected.with_columns(COUNTED).with_columns(part=pl.int_range(pl.len()) % 2)
        for name, each in counts.items():
            assert each == sums.group_by("part").agg(pl.col(name).sum()).sort("part")[name].to_list(), (number, name)


def test_a_batch_is_counted_whatever_another_has_met_since() -> None:
    memory = Memory()
    older, younger = grouped([(pl.col("age") + 1).alias("older")]), grouped([(pl.col("age") - 1).alias("younger")])
    of_older = grouped([(pl.col("older") > 2).alias("a")])[0]
    of_younger = grouped([(pl.col("younger") > 0).alias("b")])[0]
    ours = Rows(pl.DataFrame({"age": [1.0, 2.0, 2.0]}), memory)
    ours.add(older)
    Rows(pl.DataFrame({"age": [3.0, 4.0, 5.0]}), memory).add(younger)
    ours.add(younger)  # of all five ages
    for first, second in ((of_older, of_younger), (of_younger, of_older)):
        tally = Tally(ours, [()], np.zeros(3, np.int32))
        found = {name: counts.tolist() for group in (first, second) for name, counts in tally.of(group)}
        assert found == {"a": [2], "b": [2]}
