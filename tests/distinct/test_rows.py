"""Columns worked out by distinct combinations of values are those that polars works out row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.distinct import combinations, values
from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.distinct.tally import Tally

KIND = pl.Enum(["a", "b", "unknown"])
SCHEMA = {
    "text": pl.String,
    "kind": KIND,
    "flag": pl.Boolean,
    "number": pl.Float64,
    "far": pl.Float64,
    "_hh": pl.UInt32,
}

FIRST = [
    pl.when(pl.col("flag")).then(pl.col("kind")).otherwise(pl.lit("unknown", KIND)).alias("kind"),
    (pl.col("number") + 1).alias("older"),
    pl.concat_str(pl.col("text").fill_null(""), pl.col("kind").cast(pl.String), separator="/").alias("both"),
    pl.lit("all").alias("constant"),
    (pl.col("far") > 10).alias("rich"),
    pl.col("number").max().over("_hh").alias("eldest"),
    (pl.col("flag").fill_null(False) & pl.struct("_hh", "flag").is_first_distinct()).alias("first_flag"),
    pl.col("kind").filter(pl.col("flag")).first().over("_hh").fill_null("unknown").alias("kind_of_flagged"),
]
SECOND = [
    (pl.col("older") > pl.col("eldest")).alias("is_eldest"),
    (pl.col("kind") == "a").alias("is_a"),
    (pl.col("rich") & (pl.col("both") != "") & (pl.col("older") > 3)).alias("many"),
    (pl.col("older") > pl.col("both").str.len_chars()).alias("long"),  # of columns that `many` has too
    (pl.col("number") < pl.col("older")).alias("grows"),  # of one column after all
    (pl.col("constant") > pl.concat_str(pl.col("kind").cast(pl.String), pl.col("both"))).alias("named"),
]

cells = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["", "x", "01", "1", None]),
        "kind": st.sampled_from(["a", "b", "unknown", None]),
        "flag": st.sampled_from([True, False, None]),
        "number": st.sampled_from([0.0, -3.0, 2.5, 90.0, float("inf"), None]),
        "far": st.floats(-1e12, 1e12),
        "_hh": st.integers(0, 3),
    }
)


@pytest.fixture(params=["all remembered", "few values", "few combinations", "little room"])
def limits(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """How much is remembered: what has more goes row by row."""
    if request.param == "few values":
        for name in ("MOST", "FEW", "SPAN"):
            monkeypatch.setattr(values, name, 2)
    elif request.param == "few combinations":
        monkeypatch.setattr(combinations, "MOST_MET", 3)
    elif request.param == "little room":
        monkeypatch.setattr(combinations, "ROOM", 3)
    return str(request.param)


def told(frame: pl.DataFrame) -> pl.DataFrame:
    """By polars; a blank text is empty, as it may be told by either."""
    return frame.with_columns(pl.col("text").fill_null("")).with_columns(FIRST).with_columns(SECOND)


@settings(max_examples=60)
@given(batches=st.lists(st.lists(cells, min_size=1, max_size=12), min_size=1, max_size=4))
def test_batch_after_batch_the_outcome_is_that_of_the_expressions(batches: list[list[dict[str, Any]]]) -> None:
    assert_equal(batches)


@pytest.mark.parametrize("seed", range(8))
def test_so_it_is_where_there_is_more_than_is_remembered(limits: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    some = [None, "", "x", "01", "1", "2", "3"]
    batches = [
        [
            {
                "text": some[random.integers(7)], "kind": ["a", "b", "unknown", None][random.integers(4)],
                "flag": [True, False, None][random.integers(3)], "number": float(random.integers(-5, 90)),
                "far": float(random.integers(0, 10**9)), "_hh": i // 3,
            }
            for i in range(int(random.integers(1, 30)))
        ]
        for _ in range(4)
    ]  # fmt: skip
    assert_equal(batches)


def assert_equal(batches: list[list[dict[str, Any]]]) -> None:
    memory, first, second, counts = Memory(), grouped(FIRST), grouped(SECOND), grouped(SECOND)
    for batch in batches:
        frame = pl.DataFrame(batch, schema=SCHEMA)
        expected = told(frame)
        rows = Rows(frame, memory)
        rows.add(first)
        rows.add(second)
        assert rows.frame(expected.columns).with_columns(pl.col("text").fill_null("")).equals(expected)

        keys, which = rows.numbered(("kind", "flag"))
        assert [keys[i] for i in which] == expected.select("kind", "flag").rows()
        times = np.arange(frame.height, dtype=np.int64)
        tally = Tally(rows, keys, which, times)
        sums = {name: found for group in counts for name, found in tally.of(group)}
        for name in ("is_eldest", "is_a", "many", "long", "grows", "named"):
            holds = expected[name].fill_null(False).to_numpy()
            assert sums[name].tolist() == [int((times * holds)[which == i].sum()) for i in range(len(keys))]
            assert rows.any(name) == bool(holds.any())
            assert rows.any_null(name) == bool(expected[name].null_count())

        at = np.flatnonzero(np.arange(frame.height) % 2 == 0).astype(np.int32)
        assert rows.some(at).frame(["kind", "older", "is_a"]).equals(expected[at].select("kind", "older", "is_a"))


def test_an_expression_is_evaluated_once_for_each_value_of_a_run() -> None:
    seen: list[int] = []

    def watched(column: pl.Series) -> pl.Series:
        seen.append(len(column))
        return column

    (group,) = grouped([pl.col("kind").cast(pl.String).alias("made")])
    memory = Memory()
    group.expressions = (pl.col("text").map_batches(watched, return_dtype=pl.String).alias("made"),)
    group.columns = ("text",)
    for batch in (["x", "y", "x"] * 100, ["y", "x"] * 100, ["z", "x"] * 100):
        rows = Rows(pl.DataFrame({"text": batch}), memory)
        rows.add([group])
        assert rows.series("made").to_list() == batch
    assert seen == [2, 1]


def test_a_batch_without_rows_has_the_columns_all_the_same() -> None:
    rows = Rows(pl.DataFrame(schema=SCHEMA), Memory())
    rows.add(grouped(FIRST))
    assert rows.series("kind").dtype == KIND
    assert rows.series("both").to_list() == []
