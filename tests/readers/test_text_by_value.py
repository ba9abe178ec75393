"""A number is written the same way, whether every cell is written out or each value once."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.readers.text import by_value, cell, number_as_text

WHOLE = st.one_of(st.none(), st.integers(-3, 40))
CELLS = {
    pl.Int64: WHOLE,
    pl.Int8: WHOLE,
    pl.UInt16: st.one_of(st.none(), st.integers(0, 40)),
    pl.UInt64: st.one_of(st.none(), st.integers(2**64 - 4, 2**64 - 1)),
    pl.Float64: st.one_of(WHOLE.map(lambda x: x if x is None else float(x)), st.sampled_from([-0.0, math.nan])),
    pl.Float32: st.one_of(st.none(), st.sampled_from([1.0, 2.0, 0.1, math.inf, -math.inf, math.nan, 1e20])),
}


@pytest.mark.parametrize("dtype", CELLS)
@settings(max_examples=60)
@given(data=st.data())
def test_each_cell_is_as_it_would_be_alone(dtype: type[pl.DataType], data: st.DataObject) -> None:
    few = data.draw(st.lists(CELLS[dtype], max_size=6))
    column = pl.Series("X", few * 40, dtype=dtype)
    text = cell(number_as_text(pl.col("X"), dtype()), ("", "3", "-1"), strip=False)
    assert by_value(column, text).to_list() == pl.DataFrame([column]).select(text).to_series().to_list()
