"""Runs of rows of one household: where they begin, whatever their key comes as, and what tells two of them apart."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.readers.runs import changes, run_hashes, run_numbers, run_starts
from harmonize.readers.written import FILLED, written

NAMES = [
    "17",
    "017",
    "0017",
    "0",
    "00",
    "-5",
    "-05",
    "9" * 15,
    "9" * 16,
    "1" + "0" * 15,
    "A17",
    "1.0",
    "+17",
    " 17",
    "١٧",
]


def frame(household: list[str], person: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"H": household, "P": person}, schema={"H": pl.String, "P": pl.String})


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), min_size=1, max_size=12))
def test_a_run_ends_where_any_column_of_the_key_changes(rows: list[tuple[str, str]]) -> None:
    batch = frame([h for h, _ in rows], [p for _, p in rows])
    expected = [i for i, row in enumerate(rows) if i == 0 or row != rows[i - 1]]
    starts = run_starts(batch, ["H", "P"])
    assert starts.tolist() == expected
    assert run_numbers(starts, len(rows)).to_list() == [sum(at <= i for at in expected) - 1 for i in range(len(rows))]
    numbers = batch.select(pl.col("H", "P").replace_strict({"a": 1, "b": 2, "x": 1, "y": 2}, return_dtype=pl.Int64))
    assert run_starts(numbers, ["H", "P"]).tolist() == expected


@given(st.lists(st.sampled_from([None, 1, 2]), min_size=1, max_size=8))
def test_a_blank_is_a_value_like_others_where_changes_are_told(values: list[int | None]) -> None:
    expected = [i == 0 or value != values[i - 1] for i, value in enumerate(values)]
    for dtype in (pl.Int64, pl.UInt64, pl.UInt32, pl.String):
        assert changes(pl.DataFrame({"a": values}).cast(dtype), ["a"]).tolist() == expected


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [
        (pl.Int64, [17, 0, -5, 10**15, 2**62, -FILLED]),
        (pl.Int64, [17, -FILLED - 1, -(3 * FILLED + 17), -(2**63)]),
        (pl.UInt64, [17, 0, FILLED - 1, 2 * FILLED, 3 * FILLED + 17, 19 * FILLED + 17, 1000 * FILLED]),
    ],
)
def test_a_household_is_the_same_whether_its_name_comes_as_a_number_or_as_text(
    dtype: pl.DataType, numbers: list[int]
) -> None:
    batch = pl.DataFrame({"H": numbers}, schema={"H": dtype})
    texts = pl.DataFrame([written(batch["H"])])
    assert texts["H"].dtype == pl.String
    found = run_hashes(batch, ["H"], run_starts(batch, ["H"])).tolist()
    assert found == run_hashes(texts, ["H"], run_starts(texts, ["H"])).tolist()
    assert len(set(found)) == len(numbers)


def test_names_filled_with_zeros_are_told_apart_as_numbers() -> None:
    rows = ["017", "017", "17", "0017", "17", "17"]
    numbers = pl.Series("H", [3 * FILLED + 17, 3 * FILLED + 17, 17, 4 * FILLED + 17, 17, 17], dtype=pl.UInt64)
    assert written(numbers).to_list() == rows
    assert run_starts(pl.DataFrame([numbers]), ["H"]).tolist() == [0, 2, 3, 4]


def test_names_that_are_written_in_another_way_are_other_households() -> None:
    batch = frame(NAMES, ["1"] * len(NAMES))
    assert len(set(run_hashes(batch, ["H", "P"], run_starts(batch, ["H", "P"])).tolist())) == len(NAMES)


def test_which_column_has_which_part_of_a_name_matters() -> None:
    batch = frame(["1", "2", "12", "1"], ["2", "1", "", "2"])
    first, second, third, fourth = run_hashes(batch, ["H", "P"], run_starts(batch, ["H", "P"])).tolist()
    assert len({first, second, third}) == 3
    assert first == fourth
