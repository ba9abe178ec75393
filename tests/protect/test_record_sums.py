"""Sums of record keys are those of a plain count, in whatever order, batches and parts the persons come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from harmonize.tabulate.kinds import Mean, kinds_of
from harmonize.tabulate.record_sums import RecordSums

SERIES = 67  # more than one word of a mask
CELLS = 9
SHARE, EVENTS, MEAN, UNASKED = 0, 64, 66, 3
TRIED = (SHARE, EVENTS, MEAN, UNASKED)
# events are counted by the first amount, the mean is of the second
KINDS = kinds_of(
    SERIES, 2, {EVENTS: Mean(decimals=0), MEAN: Mean(decimals=2)}, asked=[[s != UNASKED for s in range(SERIES)]] * 2
)


@dataclass(frozen=True)
class Row:
    """A person: who is in which masks, by series of TRIED, and what she adds."""

    sample: str
    codes: tuple[int, int]
    base: frozenset[int]
    universe: frozenset[int]
    numerator: frozenset[int]
    amounts: tuple[int, int]
    persons: int
    key: int


SETS = st.frozensets(st.sampled_from(TRIED))
ROWS = st.lists(
    st.builds(
        Row, st.sampled_from(["A", "B"]), st.tuples(st.integers(0, 3), st.integers(4, CELLS - 1)), SETS, SETS, SETS,
        st.tuples(st.integers(0, 2), st.integers(0, 500)), st.integers(0, 3), st.integers(0, 2**32 - 1),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


def mask(rows: list[Row], name: str) -> np.ndarray:
    bits = [sum(1 << s for s in getattr(row, name)) for row in rows]
    return np.array([[each & (2**64 - 1), each >> 64] for each in bits], np.uint64)


def add(sums: RecordSums, rows: list[Row], *, dwellings: bool = True) -> None:
    """Each row a unit of its own."""
    sums.add(
        np.arange(len(rows) + 1), pl.Series([row.sample for row in rows]),
        np.array([row.codes for row in rows], np.int32),
        [mask(rows, "base"), mask(rows, "base"), mask(rows, "universe"), mask(rows, "numerator")],
        np.array([row.persons for row in rows]) if dwellings else None,
        np.array([row.amounts for row in rows], np.uint64), np.array([row.key for row in rows], np.uint32),
    )  # fmt: skip


def sums_of(*batches: list[Row], dwellings: bool = True) -> RecordSums:
    found = RecordSums(CELLS, KINDS)
    for batch in batches:
        if batch:
            add(found, batch, dwellings=dwellings)
    return found


def numbers(sums: RecordSums) -> dict[tuple[str, int, int], tuple[int, int]]:
    """(sample, cell, series) -> the two sums, where one is not 0."""
    found = {}
    for sample in ("A", "B"):
        universe, numerator = sums.of(sample, np.arange(CELLS))
        assert universe.shape == numerator.shape == (CELLS, SERIES)
        for cell, s in np.argwhere((universe > 0) | (numerator > 0)):
            found[sample, int(cell), int(s)] = int(universe[cell, s]), int(numerator[cell, s])
    return found


def counted_plainly(rows: list[Row], *, dwellings: bool = True) -> dict[tuple[str, int, int], tuple[int, int]]:
    universe: dict[tuple[str, int, int], int] = defaultdict(int)
    numerator: dict[tuple[str, int, int], int] = defaultdict(int)
    for row in rows:
        if dwellings and row.persons == 0:
            continue
        for code in row.codes:
            for s in row.base & row.universe - {UNASKED}:
                there = row.amounts[0] > 0 if s == EVENTS else s in row.numerator
                universe[row.sample, code, s] += row.key
                numerator[row.sample, code, s] += row.key if there else 0
    both = {place: (universe[place] % 2**32, numerator[place] % 2**32) for place in universe}
    return {place: pair for place, pair in both.items() if any(pair)}


@given(ROWS, st.booleans())
def test_they_are_what_a_plain_count_gives(rows: list[Row], dwellings: bool) -> None:
    assert numbers(sums_of(rows, dwellings=dwellings)) == counted_plainly(rows, dwellings=dwellings)


@given(ROWS, st.randoms(use_true_random=False), st.lists(st.integers(0, 30), max_size=4))
def test_the_order_of_rows_and_batches_changes_nothing(rows: list[Row], random: object, cuts: list[int]) -> None:
    whole = sums_of(rows)
    other = list(rows)
    random.shuffle(other)  # type: ignore[attr-defined]
    ends = sorted({0, len(rows), *(cut % len(rows) for cut in cuts)})
    cut = sums_of(*(other[first:last] for first, last in pairwise(ends)))
    assert numbers(cut) == numbers(whole)
    assert [each.tolist() for each in cut.saved()[1:]] == [each.tolist() for each in whole.saved()[1:]]


@given(ROWS, st.integers(0, 30))
def test_parts_joined_are_the_whole(rows: list[Row], cut: int) -> None:
    joined = RecordSums(CELLS, KINDS)
    for part in (rows[cut:], rows[:cut]):
        joined.join(sums_of(part).saved())
    assert numbers(joined) == numbers(sums_of(rows))


def test_the_same_persons_have_the_same_sum_in_every_table_and_series() -> None:
    both = frozenset({SHARE, EVENTS})
    rows = [Row("A", (i % 2, 4 + i % 2), both, both, both, (1, 0), 1, 4_000_000_000 + i) for i in range(10)]
    found = numbers(sums_of(rows))
    assert found["A", 0, SHARE] == found["A", 4, SHARE] == found["A", 4, EVENTS] != found["A", 1, SHARE]
    assert found["A", 0, SHARE][0] == sum(4_000_000_000 + i for i in range(0, 10, 2)) % 2**32


def test_a_sample_and_a_cell_that_nobody_is_in_have_none() -> None:
    universe, numerator = RecordSums(CELLS, KINDS).of("A", np.array([0, 3]))
    assert universe.shape == (2, SERIES)
    assert not universe.any()
    assert not numerator.any()
