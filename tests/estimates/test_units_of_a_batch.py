"""The units of a batch, where strata and clusters are texts or numbers that stand for them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from harmonize.errors import FitError
from harmonize.mapping.model import Design
from harmonize.readers.written import written
from harmonize.units import together, units_of

DESIGN = Design(stratum=("S",), cluster=("C",))
TYPES = [pl.String, pl.Int64]


def batch(dtype: Any, strata: list[int | None]) -> pl.DataFrame:
    households = pl.Series([0, 0, 0, 1, 1, 1], dtype=pl.UInt32)
    columns = {"_hh": households, "_sample": ["A"] * 6, "C": ["1"] * 6, "row": list(range(6))}
    return pl.DataFrame(columns).with_columns(S=pl.Series(strata, dtype=pl.Int64).cast(dtype))


@pytest.mark.parametrize("dtype", TYPES)
def test_a_unit_begins_where_household_or_stratum_change(dtype: Any) -> None:
    starts, heads = units_of(batch(dtype, [1, 1, 2, 2, 2, 2]), DESIGN, 1)
    assert starts.tolist() == [0, 2, 3, 6]
    assert written(heads["S"]).to_list() == ["1", "2", "2"]
    assert heads["_first"].to_list() == [True, False, True]


@pytest.mark.parametrize("dtype", TYPES)
def test_a_household_in_several_strata_is_in_the_same_order_whatever_they_are(dtype: Any) -> None:
    assert together(batch(dtype, [10, 9, 10, 1, 1, 1]), DESIGN)["row"].to_list() == [0, 2, 1, 3, 4, 5]


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize(
    ("strata", "row"), [([None] * 6, 101), ([1, None, 1, 1, 1, 1], 102), ([1, 1, 1, 1, None, None], 105)]
)
def test_a_blank_stratum_is_refused_with_its_row(dtype: Any, strata: list[int | None], row: int) -> None:
    with pytest.raises(FitError, match=f"S is blank in row {row}:"):
        units_of(batch(dtype, strata), DESIGN, 101)
