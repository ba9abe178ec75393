"""Strata and clusters as numbers, however their names come."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize.distinct import combinations
from harmonize.readers.written import FILLED
from harmonize.tabulate.strata import Numbers

BATCHES = [[("A", "17"), ("A", "9"), ("A", "17"), ("B", "017")], [("B", "9"), ("A", "9"), ("A", "0")]]
INDEX = {("A", "17"): 0, ("A", "9"): 1, ("B", "017"): 2, ("A", "0"): 3, ("B", "9"): 4}
NUMBERS = {"17": 17, "9": 9, "0": 0, "017": 3 * FILLED + 17}


def frame(batch: list[tuple[str, str]], dtype: type[pl.DataType]) -> pl.DataFrame:
    names = [name if dtype == pl.String else NUMBERS[name] for _, name in batch]
    return pl.DataFrame({"_sample": [sample for sample, _ in batch], "S": pl.Series(names, dtype=dtype)})


@pytest.mark.parametrize("most", [1 << 18, 2])
@pytest.mark.parametrize("dtypes", [(pl.String, pl.String), (pl.UInt64, pl.UInt64), (pl.UInt64, pl.String)])
def test_a_name_has_one_number_whether_it_comes_as_text_or_as_a_number(
    dtypes: tuple[type[pl.DataType], ...], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(combinations, "MOST_MET", most)
    numbers = Numbers()
    for batch, dtype in zip(BATCHES, dtypes, strict=True):
        assert numbers.of(frame(batch, dtype)).tolist() == [INDEX[name] for name in batch]
    assert numbers.index == INDEX, "in the order of their first batch, there by their texts"


def test_no_unit_is_no_number() -> None:
    assert Numbers().of(frame([], pl.String)).tolist() == []
