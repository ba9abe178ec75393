"""Persons and weight that hold what expressions say: counted by combinations, told of all batches together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from harmonize.distinct import tallies as module
from harmonize.distinct.group import HOUSEHOLD, Group, grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.distinct.tallies import Tallies, Told
from tests.distinct.made_rows import AGE, BATCHES, BOTH, OTHER, SEX, watched

ALL = pl.lit(True).alias("all")
CODE = pl.col("other").replace_strict({"x": 3, "y": 1}, default=7, return_dtype=pl.Int64).alias("code")
EXPRESSIONS = [BOTH, SEX, AGE, OTHER, ALL, CODE]
Sums = Counter[tuple[str, str, int]]  # part, expression, persons or weight


class Book:
    """What is told, and how often."""

    def __init__(self) -> None:
        self.sums: Sums = Counter()
        self.told = 0

    def note(self, told: Told[str]) -> None:
        """Add what is told."""
        self.told += 1
        for part, of_part in zip(told.parts, told.sums().tolist(), strict=True):
            for kind, of_kind in enumerate(of_part):
                for name, value in zip(told.names, of_kind, strict=True):
                    self.sums[part, name, kind] += value


def counting(batch: pl.DataFrame) -> tuple[list[str], npt.NDArray[np.int32], list[npt.NDArray[np.int64]]]:
    """Parts by the first letter that a row has, with what each row counts for."""
    letters = batch["other"].to_list()
    parts = sorted(set(letters), reverse=batch.height % 2 == 1)  # in another order in each of BATCHES
    number = np.arange(batch.height, dtype=np.int64)
    return parts, np.array([parts.index(each) for each in letters], np.int32), [number % 3, (number + 1) * 2**40]


def add(tallies: Tallies[str], batch: pl.DataFrame, memory: Memory) -> None:
    parts, part, (persons, weight) = counting(batch)
    tallies.add(Rows(batch, memory), parts, part, persons, weight)


def expected(batches: Sequence[pl.DataFrame], expressions: Sequence[pl.Expr]) -> Sums:
    found: Sums = Counter()
    for batch in batches:
        parts, part, kinds = counting(batch)
        made = batch.with_columns(expressions)
        for name in (expr.meta.output_name() for expr in expressions):
            outcome = made[name].cast(pl.Int64).fill_null(0).to_numpy()
            for p, each in enumerate(parts):
                for kind, times in enumerate(kinds):
                    found[each, name, kind] += int((outcome * times)[part == p].sum())
    return found


def told_of(batches: Sequence[pl.DataFrame], groups: Sequence[Group]) -> Book:
    book, memory = Book(), Memory()
    tallies = Tallies(groups, book.note)
    for batch in batches:
        add(tallies, batch, memory)
    tallies.tell_all()
    return book


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each go through a batch had."""
    return watched(monkeypatch, module, "_counted")


def test_persons_and_weight_of_all_batches_are_told_once(passes: list[int]) -> None:
    groups = grouped(EXPRESSIONS)
    book = told_of(BATCHES, groups)
    assert book.sums == expected(BATCHES, EXPRESSIONS)
    assert book.told == len(groups)
    assert passes == [batch.height for batch in BATCHES for _ in "ab"], "sex and age together, and the other"


@pytest.mark.parametrize("most", [0, 3, 8, 20])
def test_what_would_be_too_much_to_keep_is_told_before(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", most)
    groups = grouped(EXPRESSIONS)
    book = told_of([*BATCHES, *BATCHES], groups)
    assert book.sums == expected([*BATCHES, *BATCHES], EXPRESSIONS)
    assert book.told > len(groups)


def test_what_is_too_much_of_one_batch_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 0)
    book = Book()
    add(Tallies(grouped(EXPRESSIONS), book.note), BATCHES[0], Memory())
    assert book.sums == expected(BATCHES[:1], EXPRESSIONS)


def test_what_looks_at_other_rows_is_counted_row_by_row() -> None:
    eldest = (pl.col("age") == pl.col("age").max().over(HOUSEHOLD)).alias("eldest")
    more = ((pl.col("age").cast(pl.Int64) - 1).sum().over(HOUSEHOLD)).alias("more")
    batches = [batch.with_columns(pl.Series(HOUSEHOLD, [i // 2 for i in range(batch.height)])) for batch in BATCHES]
    assert told_of(batches, grouped([eldest, more, SEX])).sums == expected(batches, [eldest, more, SEX])


def test_columns_that_come_to_have_too_many_values_are_counted_row_by_row_from_then_on() -> None:
    few = pl.DataFrame({"income": [1.0, 2.0, None], "other": ["x", "y", "x"]})
    many = pl.DataFrame({"income": [i / 7 for i in range(70)], "other": ["y", "x"] * 35})
    high, known, both = (
        (pl.col("income") > 2).alias("high"),
        pl.col("income").is_not_null().alias("known"),
        ((pl.col("income") > 5) & (pl.col("other") == "x")).alias("both"),
    )
    for batches in ([few, many, few], [many, few], [few, few, many]):
        assert told_of(batches, grouped([high, known, both, OTHER])).sums == expected(
            batches, [high, known, both, OTHER]
        )


def test_texts_that_come_as_numbers_later_are_counted_together_with_those_before() -> None:
    texts = pl.DataFrame({"code": ["2", "1", "2"], "other": ["x", "y", "x"]})
    numbers = texts.with_columns(pl.col("code").cast(pl.Int64))
    second = (pl.col("code") == "2").alias("second")
    book, memory = Book(), Memory()
    tallies = Tallies(grouped([second]), book.note)
    for batch in (texts, numbers, texts):
        add(tallies, batch, memory)
    tallies.tell_all()
    assert book.sums == expected([texts] * 3, [second])


def test_a_batch_is_counted_whatever_another_has_met_since() -> None:
    older, younger = grouped([(pl.col("age") + 1).alias("older")]), grouped([(pl.col("age") - 1).alias("younger")])
    of_older = grouped([(pl.col("older") > 2).alias("a")])[0]
    of_younger = grouped([(pl.col("younger") > 0).alias("b")])[0]
    for groups in ([of_older, of_younger], [of_younger, of_older]):
        memory, book = Memory(), Book()
        ours = Rows(pl.DataFrame({"age": [1.0, 2.0, 2.0]}), memory)
        ours.add(older)
        Rows(pl.DataFrame({"age": [float(age) for age in range(3, 2000)]}), memory).add(younger)
        ours.add(younger)  # of all ages, where `older` is of two
        tallies = Tallies(groups, book.note)
        tallies.add(ours, ["all"], np.zeros(3, np.int32), np.ones(3, np.int64), np.full(3, 5))
        tallies.tell_all()
        assert book.sums == {("all", "a", 0): 2, ("all", "b", 0): 2, ("all", "a", 1): 10, ("all", "b", 1): 10}


def test_a_part_of_which_nobody_counts_is_told() -> None:
    book, nobody = Book(), np.zeros(4, np.int64)
    tallies = Tallies(grouped(EXPRESSIONS), book.note)
    tallies.add(Rows(BATCHES[0], Memory()), ["a", "b"], np.array([0, 1, 1, 0], np.int32), nobody, nobody)
    tallies.tell_all()
    names = [expression.meta.output_name() for expression in EXPRESSIONS]
    assert book.sums.keys() == {(part, name, kind) for part in "ab" for name in names for kind in (0, 1)}
    assert not any(book.sums.values())


def test_nothing_is_told_of_no_rows() -> None:
    book = Book()
    Tallies(grouped(EXPRESSIONS), book.note).tell_all()
    assert not book.told
